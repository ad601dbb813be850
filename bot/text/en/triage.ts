import type { Triage } from '../sv/triage.ts';

export const triage: Triage = {
  summary: (id) => `Case ${id}`,
  title: (id, urgency) => `${id} · ${urgency}`,
  risk: 'Risk',
  assessedRisk: (riskClass) => `${riskClass}, assessed`,
  why: 'Why',
  channel: 'How',
  received: 'Received',
  state: 'State',
  assignee: 'Has the case',
  deadline: 'Read by',
  alarmAt: 'Alarm goes out',
  alarmed: 'Alerted',
  handedOver: 'Left to the day',
  follows: 'Belongs with',
  withdrawn: 'Withdrawn by the reporter',
  closedBecause: (reason) => `Closed: ${reason.toLowerCase()}`,
};
