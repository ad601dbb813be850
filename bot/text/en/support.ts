import type { Support } from '../sv/support.ts';

export const support: Support = {
  summary: 'Someone in your group may need support.',
  title: 'Someone in your group may need support.',
  wish: 'The person wants you to know.',
  press: 'Press “Show who”. Call today.',
  talked: (name, moment) => `${name} talked to the person ${moment}.`,
  whom: 'Call the person',
  checklist: [
    'Listen. Do not question.',
    'Ask if someone is with the person tonight.',
    'Offer company on the way home.',
    'Talk to relatives only if the person wants it.',
    'Decide when you talk again.',
    'The security coordinators help you if you wonder.',
  ],
  moved: 'This has been moved and is no longer shown here.',
  caseOf: (id) => `Number ${id}`,
  emergencyOnly: 'You do not work with this. In an emergency you can open it.',
};
