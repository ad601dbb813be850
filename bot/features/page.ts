/** Paging: the alarm outside Teams, to the phones of those who are asked. */
import { instant } from '../core/ids.ts';
import type { Incident } from '../core/incident.ts';
import { type Page, type PageTarget, pageEvery, stillPaged } from '../core/page.ts';
import type { Directory, Locale } from '../core/people.ts';
import { internationalNumber } from '../core/phone.ts';
import type { Log } from '../log.ts';
import { texts } from '../text/index.ts';
import type { Clock, DueRow, Paged, Pager } from './ports.ts';

export interface PagePorts {
  /** Absent where nothing but Teams carries an alarm. */
  pager?: Pager | undefined;
  directory: Directory;
  clock: Clock;
  log: Log;
}

/** A page that could not be sent is tried again after so many ms, when the service says nothing else. */
const retryAfter = 10_000;

/**
 * Pages one person, or the duty function, if it still matters. The same row comes back a minute later, so that there
 * is one for each who is asked, however long the night is. A page whose fate is unknown is simply followed by the next.
 *
 * @returns the rows that follow
 */
export async function page(
  { clock, directory, log, pager }: PagePorts,
  incident: Incident,
  row: DueRow,
  wanted: Page,
): Promise<DueRow[]> {
  if (!pager || !stillPaged(incident, wanted, row.repeat)) return [];
  const { number, locale } = phoneOf(directory, wanted.to);
  const paged: Paged = number
    ? await pager.page({ number, text: texts(locale).page.alarm(incident.id), locale })
    : { outcome: 'gone' };
  log.info('page', { incident: row.id, outcome: paged.outcome, count: row.tries });
  const next = (wait: number) => instant(Date.parse(clock()) + wait);
  if (paged.outcome === 'later') {
    return [{ ...row, at: next(paged.after ?? retryAfter), tries: row.tries + 1 }];
  }
  return [{ ...row, at: next(pageEvery), tries: 0, repeat: true }];
}

/** An alarm is stuck: the duty function and the coordinators are told by phone, for Teams may be what is broken. */
export async function pageOfStuck({ directory, log, pager }: PagePorts): Promise<void> {
  const targets: PageTarget[] = ['dutyFunction', ...directory.holding('coordinator').map(({ id }) => id)];
  await Promise.all(
    targets.map(async (to) => {
      const { number, locale } = phoneOf(directory, to);
      if (!number || !pager) return;
      const { outcome } = await pager.page({ number, text: texts(locale).page.stuck, locale });
      log.info('page', { outcome });
    }),
  );
}

/** The number as it stands in the directory at this moment, however long ago the alarm went out. */
function phoneOf(directory: Directory, to: PageTarget): { number: string | undefined; locale: Locale } {
  if (to === 'dutyFunction') {
    return { number: internationalNumber(directory.dutyFunction().number), locale: 'sv' };
  }
  const person = directory.person(to);
  return { number: internationalNumber(person?.number ?? ''), locale: person?.locale ?? 'sv' };
}
