/** Whether an alarm reaches anybody outside Teams, in true words: what the one who waits must know first. */
import type { PageTarget } from '../core/page.ts';
import type { DutyFunction, Rung } from '../core/people.ts';
import { internationalNumber } from '../core/phone.ts';
import { texts } from '../text/index.ts';
import type { Reader } from './view.ts';

export interface Phones {
  /** Said right after 112 where a Teams message is all that goes. */
  first?: string;
  /** Said where phones ring too. */
  also: string[];
}

/**
 * @param asked who is asked by this alarm
 * @param rung on which they stand
 */
export function phonesOf(reader: Reader, asked: readonly PageTarget[], rung: Rung | undefined): Phones {
  const { call } = texts(reader.locale);
  const { directory, now } = reader;
  const duty: DutyFunction = directory.dutyFunction();
  const numbers = asked.map((one) =>
    one === 'dutyFunction' ? duty.number : (directory.person(one)?.number ?? ''),
  );
  const rings = numbers.some((number) => internationalNumber(number));
  if (!rings || !directory.alsoByPhone(now)) {
    return { first: call.teamsWakesNobody(duty.name, duty.number), also: [] };
  }
  const isDuty = !rung || rung.role === 'dutyOfficer';
  return { also: [call.alsoByPhone(isDuty ? duty.name : call.whoAnswers)] };
}

/** Who would be asked first by an alarm sent now. */
export function phonesNow(reader: Reader): Phones {
  const [rung] = reader.directory.ladder(reader.now);
  const people: readonly PageTarget[] = rung?.people ?? [];
  return phonesOf(reader, !rung || rung.dutyFunction ? ['dutyFunction', ...people] : people, rung);
}
