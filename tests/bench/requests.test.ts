/** What a report and a click cost the storage does not grow with what is stored, and no query spans cases. */
import { expect } from 'chai';
import { emptyAccount } from '../world/azurite.ts';
import { type RunningBot, startBot } from '../world/bot.ts';
import { type Counter, openCounter } from './counter.ts';
import { fill, patternOf } from './fill.ts';
import { type Cost, costs } from './operations.ts';
import { formOf, isThere, send } from './people.ts';

describe('what the storage is asked', function () {
  this.timeout(60_000);
  const cases = Number(process.env.BENCH_CASES ?? 300);
  let bot: RunningBot;
  let counter: Counter;
  let connection: string;
  let few: Cost[];
  let many: Cost[];
  const measure = () =>
    costs(counter, bot.url, bot.connector.url, (nonce) => {
      bot.connector.standing.set(formOf(nonce), { conversation: 'a:Alva', body: {} });
    });

  before(async () => {
    const account = await emptyAccount();
    connection = account.connection();
    counter = await openCounter(account.port);
    bot = await startBot(account.connection(counter.port));
    for (const who of ['Alva', 'Tove']) await send(bot.url, bot.connector.url, isThere(who));
    await send(bot.url, bot.connector.url, isThere('Karin', 'channel'));
    few = await measure();
    const summaries = bot.connector.calls.map(({ body }) => (body.activity ?? body).summary ?? '');
    const [id] = /H\d\d-[0-9A-Z]{3}-[0-9A-Z]{3}/.exec(summaries.join(' ')) ?? [];
    if (!id) throw new Error('no case to copy');
    await fill(connection, await patternOf(connection, 'incidents', id), cases);
    many = await measure();
    process.stdout.write(`      ${few.map(asWords).join('; ')}\n`);
  });
  after(async () => {
    await bot?.stop();
    await counter?.close();
  });

  it('is the same, request by request and row by row, with many cases stored', () => {
    expect(many.map(asWords)).to.deep.equal(few.map(asWords));
  });
  it('no range is asked for but the rows of the one case', () => {
    for (const { operation, filters } of [...few, ...many]) {
      for (const filter of filters) {
        expect(filter, operation).to.match(/RowKey ge '\w+\|(H[^|']+)' and RowKey lt '\w+\|\1\}'/);
      }
    }
  });
});

const asWords = ({ operation, gets, writes, lists, rows }: Cost): string =>
  `${operation}: ${gets} gets, ${writes} writes, ${lists} lists, ${rows} rows read`;
