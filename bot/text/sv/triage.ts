/** The coordinators' thin card. */
export const triage = {
  summary: (id: string): string => `Ärende ${id}`,
  title: (id: string, urgency: string): string => `${id} · ${urgency}`,
  risk: 'Risk',
  assessedRisk: (riskClass: string): string => `${riskClass}, bedömd`,
  why: 'Varför',
  channel: 'Hur',
  received: 'Kom in',
  state: 'Läge',
  assignee: 'Har ärendet',
  deadline: 'Läses senast',
  alarmAt: 'Larm går',
  alarmed: 'Larmat',
  handedOver: 'Lämnat till dagen',
  follows: 'Hör ihop med',
  withdrawn: 'Återkallat av rapportören',
  closedBecause: (reason: string): string => `Avslutat: ${reason.toLowerCase()}`,
};
export type Triage = typeof triage;
