import type { Channel } from '../sv/channel.ts';

export const channel: Channel = {
  outsider: {
    summary: 'I write nothing here now',
    title: 'I write nothing here now',
    why: 'Someone is here who is not in my list.',
  },
  closed: {
    summary: 'I write nothing in the channel now',
    title: 'I write nothing in the channel now',
    outsider: 'Someone is in the channel who may not read about cases.',
    unread: 'I cannot see who is in the channel.',
    instead: 'Cases come here instead, to each of you.',
    act: {
      outsider: 'Look through who is there. Remove whoever should not be.',
      unread: 'See that I am in the channel. Tell those who look after the system.',
    },
  },
  open: {
    summary: 'I write here again',
    title: 'I write here again',
    all: 'Everyone here may read. Write “board” to see what came meanwhile.',
  },
};
