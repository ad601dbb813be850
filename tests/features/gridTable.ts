/**
 * What was agreed: for every relation to a case, and every role, what may be done to it and what may be read of it (DOMAIN
 * E1). A role that does not stand in a row may do nothing and read nothing: to it there is no such case. `*`: only what
 * they gave themselves.
 */
import type { Status } from '../../bot/core/incident.ts';
import type { FieldGroup, Right } from '../../bot/core/needToKnow.ts';
import type { Relation as Tie, Verb } from '../../bot/core/policy.ts';
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
  called: {
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'acknowledge assess traced assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  calledAndTraced: {
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'acknowledge assess assign details note link close categorise restrict readings',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  ownCalled: {
    'elected deputy staff groupLeader dutyOfficer preparednessManager auditor hr admin': [
      'supplement callTold company details share readers readings withdraw',
      'report name number* place* words* followUp log',
    ],
    coordinator: [
      'acknowledge assess traced assign details note link close categorise restrict readings supplement callTold company share readers withdraw',
      'report name number place words factors followUp log',
    ],
  },
  closed: {
    'dutyOfficer preparednessManager': ['override', ''],
    coordinator: [
      'reopen details restrict readings erase',
      'report name number place words factors followUp log',
    ],
    auditor: ['readings', 'log'],
  },
  deleted: {
    'coordinator auditor': ['readings', 'log'],
  },
  ownDeleted: {
    'elected deputy staff groupLeader dutyOfficer preparednessManager auditor hr admin': [
      'readers readings',
      'log',
    ],
    coordinator: ['readings readers', 'log'],
  },
  erased: {},
};

/** Relation x status -> verbs, as it was agreed; the one in the core must say the same, word for word and in order. */
export const agreedPolicy: Record<Tie, Record<Status, readonly Verb[]>> = {
  reporter: {
    new: [
      'alarm',
      'supplement',
      'callTold',
      'company',
      'details',
      'share',
      'unshare',
      'readers',
      'readings',
      'withdraw',
    ],
    acknowledged: [
      'supplement',
      'callTold',
      'company',
      'details',
      'share',
      'unshare',
      'readers',
      'readings',
      'withdraw',
    ],
    reached: [
      'supplement',
      'callTold',
      'company',
      'details',
      'share',
      'unshare',
      'readers',
      'readings',
      'withdraw',
    ],
    closed: ['details', 'unshare', 'readers', 'readings'],
  },
  victim: {
    new: ['alarm', 'supplement', 'details', 'share', 'unshare', 'readers', 'readings'],
    acknowledged: ['supplement', 'details', 'share', 'unshare', 'readers', 'readings'],
    reached: ['supplement', 'details', 'share', 'unshare', 'readers', 'readings'],
    closed: ['details', 'unshare', 'readers', 'readings'],
  },
  asked: {
    new: ['acknowledge', 'decline', 'details'],
    acknowledged: ['override'],
    reached: ['override'],
    closed: ['override'],
  },
  assignee: {
    new: [],
    acknowledged: ['reached', 'unreached', 'decline', 'details', 'note', 'handOver'],
    reached: ['details', 'note', 'handOver'],
    closed: ['override'],
  },
  coordinator: {
    new: [
      'acknowledge',
      'assess',
      'traced',
      'assign',
      'details',
      'note',
      'link',
      'close',
      'categorise',
      'restrict',
      'readings',
    ],
    acknowledged: [
      'reached',
      'unreached',
      'assess',
      'traced',
      'assign',
      'details',
      'note',
      'link',
      'close',
      'categorise',
      'restrict',
      'readings',
    ],
    reached: [
      'assess',
      'traced',
      'assign',
      'details',
      'close',
      'note',
      'link',
      'categorise',
      'restrict',
      'readings',
    ],
    closed: ['reopen', 'details', 'restrict', 'readings', 'erase'],
  },
  supporter: {
    new: ['details', 'talked'],
    acknowledged: ['details', 'talked'],
    reached: ['details', 'talked'],
    closed: ['details'],
  },
  standby: {
    new: ['override'],
    acknowledged: ['override'],
    reached: ['override'],
    closed: ['override'],
  },
  overrider: {
    new: ['details'],
    acknowledged: ['details'],
    reached: ['details'],
    closed: ['details'],
  },
  hr: {
    new: ['details'],
    acknowledged: ['details'],
    reached: ['details'],
    closed: ['details'],
  },
  auditor: {
    new: ['readings'],
    acknowledged: ['readings'],
    reached: ['readings'],
    closed: ['readings'],
  },
};

/** DOMAIN E1, as it was agreed. */
export const agreedAccess: Record<Tie, Record<FieldGroup, Right>> = {
  reporter: {
    report: 'all',
    name: 'all',
    number: 'own',
    place: 'own',
    words: 'own',
    factors: 'none',
    followUp: 'all',
    log: 'all',
  },
  victim: {
    report: 'all',
    name: 'all',
    number: 'own',
    place: 'own',
    words: 'all',
    factors: 'none',
    followUp: 'all',
    log: 'all',
  },
  asked: {
    report: 'all',
    name: 'all',
    number: 'acute',
    place: 'acute',
    words: 'acute',
    factors: 'acute',
    followUp: 'all',
    log: 'none',
  },
  assignee: {
    report: 'all',
    name: 'all',
    number: 'all',
    place: 'all',
    words: 'all',
    factors: 'all',
    followUp: 'all',
    log: 'none',
  },
  coordinator: {
    report: 'all',
    name: 'all',
    number: 'all',
    place: 'all',
    words: 'all',
    factors: 'all',
    followUp: 'all',
    log: 'all',
  },
  supporter: {
    report: 'none',
    name: 'all',
    number: 'all',
    place: 'none',
    words: 'none',
    factors: 'none',
    followUp: 'none',
    log: 'none',
  },
  standby: {
    report: 'none',
    name: 'none',
    number: 'none',
    place: 'none',
    words: 'none',
    factors: 'none',
    followUp: 'none',
    log: 'none',
  },
  overrider: {
    report: 'hour',
    name: 'hour',
    number: 'hour',
    place: 'hour',
    words: 'hour',
    factors: 'hour',
    followUp: 'hour',
    log: 'none',
  },
  hr: {
    report: 'all',
    name: 'all',
    number: 'all',
    place: 'all',
    words: 'consent',
    factors: 'none',
    followUp: 'all',
    log: 'none',
  },
  auditor: {
    report: 'none',
    name: 'none',
    number: 'none',
    place: 'none',
    words: 'none',
    factors: 'none',
    followUp: 'none',
    log: 'all',
  },
};
