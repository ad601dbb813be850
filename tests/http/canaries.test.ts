/**
 * A thousand words that nobody else would write, through every field and surface that takes words: none of them is
 * readable in the storage's files, the log, an error, a message, a lock screen's summary or a page.
 */
import { expect } from 'chai';
import { temporaryFolder } from '../contracts/storages.ts';
import { azuriteOnDisk } from '../world/azuriteOnDisk.ts';
import { type Answered, type RunningBot, startBot, wordsIn } from '../world/bot.ts';

const mark = 'kaninjakt';
const rounds = 40;

/** The mark in every writing in which it could stand. */
const writings = [
  mark,
  Buffer.from(mark).toString('hex'),
  ...[0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + mark)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, 12),
  ),
].map((text) => Buffer.from(text));
const everywhere = [...writings, Buffer.from(mark, 'utf16le')];
const holds = (where: string | Buffer): boolean => {
  const bytes = Buffer.from(where);
  return everywhere.some((form) => bytes.includes(form));
};

describe('a thousand canaries', function () {
  this.timeout(180_000);
  let bot: RunningBot;
  let azurite: Awaited<ReturnType<typeof azuriteOnDisk>>;
  before(async () => {
    azurite = await azuriteOnDisk(await temporaryFolder());
    bot = await startBot(azurite.connection);
    for (const who of ['Alva', 'Tove', 'Karin']) await bot.installs(who);
    await bot.installs('Karin', 'channel');
  });

  it('are read by whoever may open the case, and by nobody and nothing else', async () => {
    let written = 0;
    const fresh = () => `${mark}-${String(++written).padStart(4, '0')}`;
    const leaks: string[] = [];
    /** What no click of someone with a right to read has asked for says none of it. */
    const quiet = (where: string, { text }: Pick<Answered, 'text'>) => {
      if (holds(text)) leaks.push(where);
    };
    let read = 0;
    let proposed = 0;
    let decided = 0;

    const round = async (n: number) => {
      const confirmed = await bot.clicks('Alva', 'report', {
        nonce: `2026-canary-${n}`,
        dangerNow: n % 8 === 0 ? 'yes' : 'no',
        channel: 'email',
        ...{
          text: fresh(),
          where: fresh(),
          number: `070 ${fresh()}`,
          affectedWho: fresh(),
          unknown: fresh(),
        },
      });
      quiet('the confirmation', confirmed);
      const [incident = ''] = /H\d\d-\w{3}-\w{3}/.exec(wordsIn(confirmed.body).join('\n')) ?? [];
      expect(incident, 'the report is confirmed').not.to.equal('');
      const on = (face: string, more: object) => ({ incident, face, nonce: `n-${n}`, ...more });
      const click = (who: string, verb: string, data: object) => bot.clicks(who, verb, data);
      quiet(
        'supplement',
        await click('Alva', 'supplement', on('receipt', { text: fresh(), where: fresh(), number: fresh() })),
      );
      await click('Karin', 'acknowledge', on('triage', { unknown: fresh() }));
      quiet('note', await click('Karin', 'note', on('triage', { text: fresh(), visibleTo: 'reporter' })));
      quiet('note', await click('Karin', 'note', on('triage', { nonce: `m-${n}`, text: fresh() })));
      quiet('hand over', await click('Karin', 'handOver', on('alarm', { text: fresh() })));
      // What was filled in comes back in the form, to the one who filled it in.
      for (const verb of ['assign', 'link']) await click('Karin', verb, on('triage', { query: fresh() }));
      await click('Karin', 'close', on('triage', { reason: fresh() }));
      quiet('an unknown verb', await click('Karin', fresh(), on('triage', { text: fresh() })));
      quiet(
        'a broken button',
        await click('Alva', 'note', { incident: fresh(), face: fresh(), text: fresh() }),
      );
      quiet('free text', await bot.writes('Alva', `han skrev ${fresh()}`));
      quiet('free text', await bot.writes('Tove', fresh()));
      quiet('in the channel', await bot.writes('Karin', fresh(), 'channel'));
      quiet('not JSON', await bot.post(`{"text":"${fresh()}`));
      quiet('no activity', await bot.post(JSON.stringify({ type: fresh(), text: fresh() })));
      quiet('a number as text', await bot.send({ type: 'message', text: { a: fresh() }, from: fresh() }));
      for (const path of [`/local/clock?minutes=${mark}`, `/local/phone?${mark}`]) {
        quiet(path, {
          text: await (
            await fetch(`${bot.url}${path}`, { method: path.includes('clock') ? 'POST' : 'GET' })
          ).text(),
        });
      }
      const talk = { list: 'disk.larm', talk: `t-${n}`, at: '0' };
      quiet('a proposal', await click('Alva', 'propose', { ...talk, text: fresh(), unknown: fresh() }));
      if (n % 8 === 0) {
        const listed = await click('Karin', 'actions', { state: 'new' });
        proposed += Number(holds(listed.text));
        const [, proposal = '', tag = ''] =
          /"proposal":"([^"]+)","tag":"((?:[^"\\]|\\.)*)"/.exec(listed.text) ?? [];
        const place = { state: 'new', page: '9', proposal, tag: JSON.parse(`"${tag}"`) };
        await click('Karin', 'decide', { ...place, as: 'declined', sent: 'yes', reason: fresh() });
        const declined = await click('Karin', 'actions', { state: 'declined' });
        decided += Number(holds(declined.text));
        const opened = await click('Karin', 'details', on('triage', {}));
        read += Number(holds(opened.text));
      }
    };
    const numbers = Array.from({ length: rounds }, (_, n) => n);
    for (; numbers.length > 0; ) await Promise.all(numbers.splice(0, 8).map(round));
    for (const page of ['healthz', 'readyz', 'alarmz', 'local/phone', 'local/clock']) {
      quiet(page, { text: await (await fetch(`${bot.url}/${page}`)).text() });
    }
    expect(written).to.be.at.least(1_000);
    expect(read, 'they were stored, and are read by who may').to.equal(rounds / 8);
    expect([proposed, decided], 'proposals and decisions too').to.deep.equal([rounds / 8, rounds / 8]);
    expect(leaks).to.deep.equal([]);

    const { calls, standing } = bot.connector;
    expect(calls.length).to.be.greaterThan(rounds);
    expect(holds(JSON.stringify(calls)), 'messages, and summaries on a lock screen').to.equal(false);
    expect(holds(JSON.stringify([...standing])), 'what stands in the chats').to.equal(false);
    await bot.stop();
    expect(holds(bot.output()), 'the log').to.equal(false);
    await azurite.stop();
    const files = await azurite.files();
    expect(files.includes('state|H'), 'the files are those of this storage').to.equal(true);
    expect(holds(files), 'the files of the storage').to.equal(false);
    process.stdout.write(
      `      ${JSON.stringify({ canaries: written, calls: calls.length, storedBytes: files.length, logBytes: bot.output().length })}\n`,
    );
  });
});
