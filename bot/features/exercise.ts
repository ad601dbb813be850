/** `provlarm`: a coordinator starts an exercise, which goes the way of every alarm. */
import { z } from 'zod';
import { exerciseAnswers } from '../core/exercise.ts';
import type { Incident } from '../core/incident.ts';
import { isNight } from '../core/time.ts';
import { texts } from '../text/index.ts';
import { exerciseQuestion, exerciseStarted, receipt, words } from '../views/index.ts';
import { deniedHere } from './denied.ts';
import type { Feature } from './feature.ts';
import { fileReport, reportMade } from './report.ts';
import type { Answer, Ports, Turn } from './turn.ts';

const input = z
  .object({
    nonce: z.string().min(1).max(100).optional().catch(undefined),
    sure: z.literal('yes').optional().catch(undefined),
    stop: z.literal('yes').optional().catch(undefined),
  })
  .catch({});

/** Without a nonce it asks; with one it is the answer: no, or a yes that is asked for once more at night. */
export const exercise: Feature = {
  where: 'anywhere',
  async run(ports, turn, raw) {
    const { reader, actor, now } = turn;
    const t = texts(reader.locale);
    if (!actor.roles.includes('coordinator')) {
      await deniedHere(ports, turn, 'exercise');
      return { card: words(reader, { paragraphs: [t.refusals.notAllowed] }) };
    }
    const { nonce, sure, stop } = input.parse(raw);
    if (!nonce) return { card: question(ports, turn, ports.nonce()) };
    const report = { operation: nonce, nonce, exercise: true } as const;
    const made = await reportMade(ports, turn, report);
    if (made) return started(ports, turn, made);
    if (stop) return { card: words(reader, { paragraphs: [t.exercise.stopped] }), settle: true };
    if (isNight(now) && !sure) return { card: question(ports, turn, nonce, true) };
    const answers = exerciseAnswers;
    const sealed = {
      reporterName: turn.person?.name,
      number: turn.person?.number,
      text: t.exercise.words,
    };
    // In the channel the question does not become anybody's confirmation: that goes to their own chat.
    const asked = turn.personal ? turn : { ...turn, clicked: undefined };
    return fileReport(ports, asked, { ...report, answers, sealed }, (incident) =>
      started(ports, turn, incident),
    );
  },
};

const question = ({ pager }: Ports, { reader, now }: Turn, nonce: string, sure = false) =>
  exerciseQuestion(reader, {
    ladder: reader.directory.ladder(now),
    phones: pager !== undefined,
    nonce,
    sure,
  });

const started = (ports: Ports, { reader, actor, now, personal }: Turn, incident: Incident): Answer =>
  personal
    ? {
        card: receipt(reader, {
          incident,
          actor,
          nonce: ports.nonce(),
          justSent: incident.reportedAt === now,
        }),
      }
    : { card: exerciseStarted(reader, { incident }), settle: true };
