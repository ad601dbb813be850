import type { DutyFunction } from '../core/people.ts';
import type { Clock, Settings } from '../features/ports.ts';
import { faultOf, type Log } from '../log.ts';
import { createContent, filledBy, type KeptContent } from './content.ts';
import { readFiles } from './files.ts';
import { readContactsSource, readSources } from './load.ts';

/** Checklists and contacts as the product comes with them. Files that cannot be read are told of, and the rest works. */
export async function openContent({
  settings,
  dutyFunction,
  clock,
  log,
}: {
  settings: Settings;
  dutyFunction: () => DutyFunction;
  clock: Clock;
  log: Log;
}): Promise<KeptContent> {
  const unread = (what: string) => (error: unknown) => {
    log.error('content cannot be read', { target: what, error: faultOf(error) });
    return [];
  };
  const sources = await Promise.all([
    readSources().catch(unread('checklists')),
    readContactsSource().catch(unread('contacts')),
  ]);
  return createContent({
    settings,
    defaults: readFiles(sources.flat()),
    filled: () => filledBy(dutyFunction()),
    clock,
    onProblem: ({ file, line, weight }) =>
      log.warn('content to mend', { target: `${file}:${line}`, outcome: weight }),
  });
}
