/** The phone list over plain HTTP: what a telephone gets by the links of its card. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { openWire, type Wire } from '../storage/wire.ts';
import { emptyAccount } from '../world/azurite.ts';
import { type RunningBot, startBot } from '../world/bot.ts';

const t = texts('sv').phoneList;

/** The links to save of the newest card in a chat. */
const linksIn = (bot: RunningBot, who: string): string[] => {
  const bodies = [...bot.connector.standing.values()].filter(
    ({ conversation }) => conversation === `a:${who}`,
  );
  const found = JSON.stringify(bodies.at(-1)?.body ?? {}).matchAll(/"url":"(http:[^"]+)"/g);
  return [...found].map(([, url = '']) => url);
};

describe('the phone list over HTTP', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  let wire: Wire;
  before(async () => {
    const account = await emptyAccount();
    wire = await openWire(account.port);
    bot = await startBot(account.connection(wire.port));
    for (const who of ['Alva', 'Greta']) await bot.installs(who);
  });
  after(async () => {
    await bot.stop();
    await wire.close();
  });

  const asks = async (who: string, said: string): Promise<string[]> => {
    const before = bot.reads(who).length;
    await bot.writes(who, said);
    await bot.connector.until(() => bot.reads(who).length > before, `${who} reads an answer to "${said}"`);
    return linksIn(bot, who);
  };

  it('a link of a card gives the contact, as a file, with strict headers', async () => {
    const links = await asks('Greta', 'Karin');
    expect(links).to.have.length(1);
    const [url = ''] = links;
    expect(url.startsWith(`${bot.url}/contact/`)).to.equal(true);
    const answer = await fetch(url);
    expect(answer.status).to.equal(200);
    const {
      date: _date,
      connection: _connection,
      'keep-alive': _alive,
      'content-length': length,
      ...headers
    } = Object.fromEntries(answer.headers);
    const text = await answer.text();
    expect(Number(length)).to.equal(Buffer.byteLength(text));
    expect(headers).to.deep.equal({
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="kontakt.vcf"',
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'content-type': 'text/vcard; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
    });
    expect(text).to.match(/^BEGIN:VCARD\r\nVERSION:3\.0\r\nN:Sand;Karin;;;\r\n/);
    expect(text).to.include('TEL;TYPE=WORK,VOICE:+46701740622\r\n');
  });

  it('what everyone may see names nobody', async () => {
    for (const url of await asks('Alva', 'telefonlista')) {
      const text = await (await fetch(url)).text();
      expect(text).to.match(/^BEGIN:VCARD\r\n(.+\r\n)+END:VCARD\r\n$/);
      expect(text).not.to.match(/Karin|Omid|Britt|Greta|Tove|Lo Hed/);
    }
  });

  it('says kindly that a link is changed or old, in both languages, with no number', async () => {
    const [url = ''] = await asks('Greta', 'Karin');
    const changed = await fetch(url.replace('.1.', '.0.'));
    expect(changed.status).to.equal(410);
    await fetch(`${bot.url}/local/clock?minutes=16`, { method: 'POST' });
    const old = await fetch(url);
    expect(old.status).to.equal(410);
    expect(old.headers.get('content-type')).to.equal('text/plain; charset=utf-8');
    const said = await old.text();
    expect(said).to.equal(await changed.text());
    expect(said).to.include(t.linkIsOld).and.include(texts('en').phoneList.linkIsOld);
    expect(said).not.to.match(/\d/);
  });

  it('answers from memory while the storage hangs', async () => {
    wire.writes = 'hang';
    wire.reads = 'hang';
    for (const said of ['telefonlista', 'beredskapschef', 'tib']) {
      await asks('Alva', said);
      expect(bot.reads('Alva').at(-1), said).to.include('08-465 004 00');
      expect(bot.reads('Alva').at(-1), said).not.to.include('Felnummer');
    }
    wire.writes = 'none';
    wire.reads = 'none';
  });

  it('its log holds no number, name or link', () => {
    for (const canary of ['70174', '070-174', 'Karin', '/contact/', 'VCARD'])
      expect(bot.output().includes(canary), canary).to.equal(false);
  });
});
