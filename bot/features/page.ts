/** Paging: the alarm outside Teams, to the phones of those who are asked. */
import { paged as pagedEvents } from '../core/decide.ts';
import { instant, system } from '../core/ids.ts';
import type { Incident } from '../core/incident.ts';
import { type Page, type PageTarget, pageEvery, stillPaged } from '../core/page.ts';
import type { Directory, Locale } from '../core/people.ts';
import { internationalNumber } from '../core/phone.ts';
import { faultOf, type Log } from '../log.ts';
import { texts } from '../text/index.ts';
import { happen, type IncidentPorts } from './incident.ts';
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
  ports: PagePorts & IncidentPorts,
  incident: Incident,
  row: DueRow,
  wanted: Page,
): Promise<DueRow[]> {
  const { clock, directory, log, pager } = ports;
  if (!pager || !stillPaged(incident, wanted, row.repeat)) return [];
  const { number, locale } = phoneOf(directory, wanted.to);
  const paged: Paged = number
    ? await pager.page({ number, text: textOf(incident, locale), locale })
    : { outcome: 'gone' };
  log.info('page', { incident: row.id, outcome: paged.outcome, count: row.tries });
  const next = (wait: number) => instant(Date.parse(clock()) + wait);
  if (paged.outcome === 'later') {
    return [{ ...row, at: next(paged.after ?? retryAfter), tries: row.tries + 1 }];
  }
  if (incident.exercise && !row.repeat)
    await keepPaged(ports, row, { to: wanted.to, outcome: paged.outcome });
  return [{ ...row, at: next(pageEvery), tries: 0, repeat: true }];
}

/** How the first page went, for the report of an exercise. It has gone: that this cannot be kept changes nothing. */
async function keepPaged(
  ports: PagePorts & IncidentPorts,
  { id, what }: DueRow,
  page: Parameters<typeof pagedEvents>[1],
): Promise<void> {
  const now = ports.clock();
  const operation = { what: `${what}.paged`, actor: { person: system, roles: [] }, now };
  await happen(ports, id, operation, (current) => pagedEvents(current, page, now)).catch((error: unknown) =>
    ports.log.warn('page not kept', { incident: id, error: faultOf(error) }),
  );
}

function textOf({ id, exercise }: Incident, locale: Locale): string {
  const { page, exercise: say } = texts(locale);
  return exercise ? say.mark(page.alarm(id)) : page.alarm(id);
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
