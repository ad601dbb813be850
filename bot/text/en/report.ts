import type { DraftWords, FreeText, Report, Unsent } from '../sv/report.ts';

export const report: Report = {
  summary: 'Report',
  title: 'Report',
  intro: 'Two answers are enough. You may skip the rest.',
  dangerNow: 'Is anyone in danger now?',
  dangerNowMissing: 'Say if anyone is in danger. “Not sure” is fine.',
  channel: 'How did it happen?',
  channelMissing: 'Choose how it happened. “Something else” is fine.',
  text: 'What happened? Write it, or paste the threat',
  textPlaceholder: 'You may skip this',
  more: 'Add more',
  affected: 'Who is it about?',
  affectedWho: 'What is the name of the person, if not you?',
  whenRough: 'When did it happen?',
  where: 'Where did it happen, or where are you?',
  callback: 'Do you want us to call?',
  weCall: (number) => `We call ${number}. Another number: “Add more”.`,
  noNumber: 'We have no number for you. Write it under “Add more”.',
  number: 'Number to call',
  otherNumber: 'Another number',
  exclude: 'Is there someone who must not know?',
  excludeNobody: 'No, nobody',
  draftFollows: (characters) => `Your text (${characters} characters) goes with it.`,
  send: 'Send the report',
};

export const freeText: FreeText = {
  summary: 'Do you want to send what you wrote?',
  title: 'Do you want to send what you wrote?',
  notSent: 'It has not been sent to anyone yet.',
  alarm: (dutyFunction) => `“Alarm now” sends the text to ${dutyFunction} at once.`,
  form: '“Report” brings the text and asks two questions.',
  staysInChat: 'I could not keep the text. It is still in the chat.',
  sendAnyway: 'Alarm first. You can send the text afterwards.',
  teamsKeeps: 'What you wrote stays in the Teams chat.',
  teamsRemove: 'To remove it: hold the message, choose Delete.',
};

export const unsent: Unsent = {
  summary: 'What you wrote has not been sent.',
  title: 'What you wrote has not been sent.',
  goesTo: (dutyFunction) => `If you send it, it goes as an alarm to ${dutyFunction}.`,
  send: 'Send',
  notNow: 'Not now',
};

export const draft: DraftWords = {
  dismissed: 'The text has been removed. Nothing has been sent.',
  gone: 'The text is already sent, or no longer kept. Please write it again.',
};
