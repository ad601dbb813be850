/** Why nothing is posted in the coordinators' channel, and when it is again. */
export const channel = {
  /** To everyone in the channel: says nothing of what would have been written there. */
  outsider: {
    summary: 'Jag skriver inget här nu',
    title: 'Jag skriver inget här nu',
    why: 'Någon är med här som inte finns i min lista.',
  },
  closed: {
    summary: 'Jag skriver inget i kanalen nu',
    title: 'Jag skriver inget i kanalen nu',
    outsider: 'Någon är med i kanalen som inte får läsa om ärenden.',
    unread: 'Jag kan inte se vilka som är med i kanalen.',
    instead: 'Ärenden kommer hit i stället, till var och en av er.',
    act: {
      outsider: 'Gå igenom vilka som är med. Ta bort den som inte ska vara där.',
      unread: 'Se efter att jag är med i kanalen. Säg till dem som sköter systemet.',
    },
  },
  open: {
    summary: 'Jag skriver här igen',
    title: 'Jag skriver här igen',
    all: 'Alla som är med får läsa. Skriv ”läge” för att se det som kom under tiden.',
  },
};
export type Channel = typeof channel;
