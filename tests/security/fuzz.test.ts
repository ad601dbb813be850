/**
 * The door and everything behind it under input that no client sends: it stays up, answers in time, and says nothing of
 * its inside. `npm run test:fuzz` is the same in full size (`FUZZ_CASES`, `FUZZ_SEED`).
 */
import { Agent, request as httpRequest } from 'node:http';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Gated, startGated } from '../world/gated.ts';
import { type Known, type Request, requests } from './twisted.ts';

const cases = Number(process.env.FUZZ_CASES ?? 20_000);
const seed = Number(process.env.FUZZ_SEED ?? 20261126);
const perRound = 2_000;
const atOnce = 24;
/** Nothing of ours that ends a person's wait for an answer lasts longer. */
const longest = 5_000;

/** What would tell of the inside: a stack, a path, a name of an error, a value that no one chose to say. */
const inside =
  /\bat (async )?[\w.<>]+ \(|\bat file:|\.ts:\d|\.js:\d|node_modules|node:internal|\b[A-Z]\w+Error\b|\[object |\bundefined\b|AccountKey|canary|\$\{(?!x\})/;
const alone = /^\{"errorId":"[0-9a-f]{8}"\}$/;

const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
interface Answer {
  status: number;
  text: string;
  ms: number;
}
const post = ({ url }: Gated, headers: Record<string, string>, body: string) =>
  new Promise<Answer>((resolve, reject) => {
    const began = performance.now();
    const sending = httpRequest(`${url}/api/messages`, { method: 'POST', agent, headers, timeout: 20_000 });
    sending.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, ms: performance.now() - began }),
      );
    });
    sending.on('timeout', () => sending.destroy(new Error('no answer in 20 s')));
    sending.on('error', reject);
    sending.end(body);
  });

describe('twisted activities', function () {
  this.timeout(0);
  let bot: Gated;
  before(async () => {
    bot = await startGated({ quiet: true });
  });
  after(async () => {
    agent.destroy();
    await bot.stop();
  });

  it(`${cases} of them: no exit, no hang, no 5xx, nothing of the inside (seed ${seed})`, async () => {
    const known: Known = { incidents: [], nonces: [] };
    const statuses = new Map<number, number>();
    const numbers = new Set<string>();
    let slowest = 0;
    const authorizations: Record<Request['authorization'], string | undefined> = {
      good: bot.authorization,
      none: undefined,
      forged: `${bot.authorization.slice(0, -20)}${'A'.repeat(20)}`,
      odd: 'Bearer a.b.c',
    };
    const send = async ({ body, authorization, type }: Request): Promise<void> => {
      const token = authorizations[authorization];
      const headers = { 'content-type': type, ...(token && { authorization: token }) };
      let answer: Answer;
      try {
        answer = await post(bot, headers, body);
      } catch (error) {
        // A refused body is not read, so the line may be cut while it is still being sent.
        if (bot.alive() && error instanceof Error && /ECONNRESET|EPIPE/.test(String(Object(error).code)))
          return;
        throw new Error(`no answer to ${body.slice(0, 2_000)}`, { cause: error });
      }
      const { status, text, ms } = answer;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      slowest = Math.max(slowest, ms);
      const told = `${status} after ${Math.round(ms)} ms: ${text.slice(0, 1_000)}\nto ${body.slice(0, 2_000)}`;
      if (ms > longest || status >= 500 || inside.test(text)) throw new Error(told);
      if (status >= 400 && !alone.test(text)) throw new Error(told);
      if (status === 200 && authorization !== 'good') throw new Error(`let in: ${told}`);
      for (const [number] of text.matchAll(/H\d\d-\w{3}-\w{3}/g)) {
        known.incidents.push(number);
        numbers.add(number);
      }
      for (const [, nonce = ''] of text.matchAll(/"nonce":"([^"]+)"/g)) known.nonces.push(nonce);
    };
    for (let done = 0, round = 0; done < cases; round++) {
      known.incidents = [...new Set(known.incidents)].slice(-40);
      known.nonces = known.nonces.slice(-40);
      const size = Math.min(perRound, cases - done);
      const queue = fc.sample(requests(known), { numRuns: size, seed: seed + round });
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (let next = queue.pop(); next; next = queue.pop()) await send(next);
        }),
      );
      done += size;
      expect(bot.alive(), bot.output().slice(-2_000)).to.equal(true);
    }
    const told = [...statuses].sort().map(([status, count]) => `${count} × ${status}`);
    process.stdout.write(`      ${told.join(', ')}; the slowest answer ${Math.round(slowest)} ms\n`);
    // So that a door that is shut, or one that stands open, is not taken for a good one.
    for (const status of [200, 400, 401, 403])
      expect(statuses.get(status) ?? 0, `${status}`).to.be.greaterThan(cases / 200);
    // So is that reports were made, and their cards opened.
    expect(numbers.size).to.be.greaterThan(10);
    const failed = bot
      .output()
      .split('\n')
      .filter(
        (line) =>
          line.includes('"turn failed"') ||
          line.includes('"turn error"') ||
          line.includes('"request failed"'),
      );
    expect(failed.slice(0, 3)).to.deep.equal([]);
  });
});
