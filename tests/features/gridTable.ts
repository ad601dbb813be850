/**
 * What was agreed: for every relation to a case, and every role, what may be done to it and what may be read of it (DOMAIN
 * E1). A role that does not stand in a row may do nothing and read nothing: to it there is no such case. `*`: only what
 * they gave themselves.
 */
import type { Relation } from './gridCases.ts';

export const agreed: Record<Relation, Record<string, readonly [verbs: string, reads: string]>> = {
  other: {
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'acknowledge assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  own: {
    'elected deputy staff groupLeader dutyOfficer preparednessManager auditor hr admin': [
      'supplement company details share readers readings withdraw',
      'report name number* place* words* followUp log',
    ],
    coordinator: [
      'acknowledge assess assign details note link close categorise restrict readings supplement company share readers withdraw',
      'report name number place words factors followUp log',
    ],
  },
  ownClosed: {
    'elected deputy staff groupLeader dutyOfficer preparednessManager auditor hr admin': [
      'details readers readings',
      'report name number* place* words* followUp log',
    ],
    coordinator: [
      'reopen details restrict readings erase readers',
      'report name number place words factors followUp log',
    ],
  },
  victim: {
    'elected deputy staff groupLeader dutyOfficer preparednessManager auditor hr admin': [
      'supplement details share readers readings',
      'report name number* place* words followUp log',
    ],
    coordinator: [
      'acknowledge assess assign details note link close categorise restrict readings supplement share readers',
      'report name number place words factors followUp log',
    ],
  },
  victimClosed: {
    'elected deputy staff groupLeader dutyOfficer preparednessManager auditor hr admin': [
      'details readers readings',
      'report name number* place* words followUp log',
    ],
    coordinator: [
      'reopen details restrict readings erase readers',
      'report name number place words factors followUp log',
    ],
  },
  asked: {
    'dutyOfficer preparednessManager': [
      'acknowledge decline details',
      'report name number place words factors followUp',
    ],
    coordinator: [
      'acknowledge decline details assess assign note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  askedAndTaken: {
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'reached unreached assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  askedAndClosed: {
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'reopen details restrict readings erase',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  askedAndLeftToTheDay: {
    'dutyOfficer preparednessManager': ['acknowledge details', 'report name followUp'],
    coordinator: [
      'acknowledge details assess assign note link close categorise restrict readings',
      'report name followUp number place words factors log',
    ],
    auditor: ['readings', 'log'],
  },
  assignee: {
    'dutyOfficer preparednessManager': [
      'reached unreached decline details note',
      'report name number place words factors followUp',
    ],
    coordinator: [
      'reached unreached decline details note assess assign link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  assigneeOfAQuietOne: {
    'dutyOfficer preparednessManager': [
      'reached unreached decline details note handOver',
      'report name number place words factors followUp',
    ],
    coordinator: [
      'reached unreached decline details note handOver assess assign link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  assigneeWhoReached: {
    'dutyOfficer preparednessManager': [
      'details note handOver',
      'report name number place words factors followUp',
    ],
    coordinator: [
      'details note handOver assess assign link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  assigneeClosed: {
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'reopen details restrict readings erase',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  excluded: {},
  excludedClosed: {},
  restricted: {},
  named: {
    'dutyOfficer coordinator preparednessManager': [
      'acknowledge assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  shared: {
    groupLeader: ['details talked', 'name number'],
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'acknowledge assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  sharedAndTalked: {
    groupLeader: ['details', 'name number'],
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'acknowledge assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  sharedClosed: {
    groupLeader: ['details', 'name number'],
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'reopen details restrict readings erase',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  employee: {
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'acknowledge assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
    hr: ['details', 'report name number place followUp'],
  },
  employeeShared: {
    groupLeader: ['details talked', 'name number'],
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'acknowledge assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
    hr: ['details', 'report name number place words followUp'],
  },
  overridden: {
    'dutyOfficer preparednessManager': [
      'override details',
      'report name number place words factors followUp',
    ],
    coordinator: [
      'reached unreached assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  overriddenLongAgo: {
    'dutyOfficer preparednessManager': ['override details', ''],
    coordinator: [
      'reached unreached assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  closed: {
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'reopen details restrict readings erase',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  erased: { 'coordinator auditor': ['readings', 'log'] },
};
