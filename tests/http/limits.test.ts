/** Who sends too much, too deep, too slowly or two things at once is cut off; everyone else is answered meanwhile. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { begun } from '../world/begun.ts';
import { activityOf, type Gated, startGated } from '../world/gated.ts';
import { people } from '../world/instance.ts';

describe('limits of HTTP', function () {
  this.timeout(60_000);
  let bot: Gated;
  before(async () => {
    bot = await startGated();
  });
  after(() => bot.stop());
  const said = { errorId: /^[0-9a-f]{8}$/ };
  const json = (text: string) => bot.post(text);
  const isRefused = (answer: { status?: number | undefined; text: string }, status: number) => {
    expect(answer.status).to.equal(status);
    const read = JSON.parse(answer.text);
    expect(Object.keys(read)).to.deep.equal(['errorId']);
    expect(read.errorId).to.match(said.errorId);
  };
  const from = { aadObjectId: people.people[0]?.oid };
  const click = { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'x' } } };
  /** Good but for what stands in it besides; the text of that is given as it is. */
  const holding = (more: string) =>
    JSON.stringify(activityOf(from, { ...click, more: '?' })).replace('"?"', () => more);
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const wide = (keys: number) => `{${Array.from({ length: keys }, (_, n) => `"k${n}":1`).join(',')}}`;
  const spread = (keys: number) => `[${Array.from({ length: keys }, () => '{"k":1}').join(',')}]`;

  const bodies: [what: string, body: string, status: number][] = [
    ['33 levels', holding(nested(32)), 400],
    ['100,000 levels', holding(nested(100_000)), 400],
    ['2,001 keys', holding(wide(2_001)), 400],
    ['2,001 keys, spread', holding(spread(2_001)), 400],
    ['not an object', '5', 400],
  ];
  for (const [what, body, status] of bodies) {
    it(`${what}: ${status}, with an error id and nothing else`, async () => {
      isRefused(await json(body), status);
    });
  }
  it('more than a megabyte, announced or not: 413, with an error id and nothing else', async () => {
    const { authorization } = bot;
    isRefused(await begun(bot.url, '{', { authorization, 'content-length': 1024 * 1024 + 1 }), 413);
    isRefused(await begun(bot.url, 'x'.repeat(1024 * 1024 + 1), { authorization }), 413);
  });
  it('32 levels, 2,000 keys and most of a megabyte are read', async () => {
    for (const more of [nested(31), wide(1_970), spread(1_970), `"${'x'.repeat(1_000_000)}"`]) {
      expect((await bot.post(holding(more))).status, more.slice(0, 20)).to.equal(200);
    }
  });

  /** What comes back when these bytes are sent as they are. */
  async function raw(text: string, patience = 2_000): Promise<string> {
    const socket = connect(bot.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('error', () => undefined);
    socket.write(text);
    await Promise.race([once(socket, 'close'), wait(patience)]);
    socket.destroy();
    return answer;
  }
  const head = `POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
  const smuggled: [what: string, text: string][] = [
    ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}`],
    ['a length and chunks', `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a length below nothing', `${head}Content-Length: -1\r\n\r\n{}`],
    ['a header with two ends', `${head}X: a\r\nContent-Length: 2\r\n Content-Length: 9\r\n\r\n{}`],
    ['20 KB of headers', `${head}X: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['no HTTP', 'HELO example.org\r\n\r\n'],
  ];
  for (const [what, text] of smuggled) {
    it(`${what}: refused`, async () => {
      const answer = await raw(text);
      expect(answer).to.match(/^HTTP\/1\.1 4\d\d /);
      expect(answer.match(/HTTP\/1\.1/g)).to.have.length(1);
      expect(answer).not.to.match(/Error|\.ts|node:/);
    });
  }

  it('500 slow senders: someone real is answered within 1 s, and the slow are cut off in time', async () => {
    const slow: Socket[] = [];
    const began = performance.now();
    const trickle = setInterval(() => {
      for (const socket of slow) socket.write('X');
    }, 1_000);
    try {
      for (let n = 0; n < 500; n++) {
        const socket = connect(bot.port, '127.0.0.1');
        socket.on('error', () => undefined);
        // Half stop in their headers, half in their body.
        const rest =
          n % 2 === 0
            ? 'X-Slow: '
            : `Authorization: ${bot.authorization}\r\nContent-Length: 5000\r\n\r\n{"a":"`;
        socket.write(head + rest);
        slow.push(socket);
      }
      await wait(300);
      for (let n = 0; n < 5; n++) {
        const { status, ms } = await bot.post(
          activityOf({ aadObjectId: people.people[0]?.oid }, { type: 'typing' }),
        );
        expect(status).to.equal(200);
        expect(ms).to.be.lessThan(1_000);
      }
      while (slow.some((socket) => !socket.closed)) {
        expect(performance.now() - began).to.be.lessThan(20_000);
        await wait(100);
      }
    } finally {
      clearInterval(trickle);
      for (const socket of slow) socket.destroy();
    }
    expect(performance.now() - began).to.be.greaterThan(9_000);
    expect(bot.alive()).to.equal(true);
    expect(bot.output()).not.to.include('request failed');
  });
  it('a connection that says nothing more is closed after 5 s', async () => {
    const socket = connect(bot.port, '127.0.0.1');
    const closed = once(socket, 'close');
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    const began = performance.now();
    socket.resume();
    await closed;
    expect(performance.now() - began).to.be.within(4_000, 9_000);
  });
});
