/** Nobody answers in Teams: the phone rings, and the backup gets the card. In the real clients, with the clock moved. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { texts } from '../../bot/text/index.ts';
import { launchBrowser, PlaygroundWindow } from './playground.ts';
import { type Product, startProduct } from './product.ts';

const { buttons, call, emergency, notices, receipt } = texts('sv');

describe('nobody takes the alarm, in the real clients', function () {
  this.timeout(120_000);
  let product: Product;
  let browser: Browser;
  let official: PlaygroundWindow;
  let dutyOfficer: PlaygroundWindow;
  let backup: PlaygroundWindow;
  let phone: Page;
  let number = '';

  before(async () => {
    // The third window is the backup's, not the coordinator's.
    product = await startProduct((world) => {
      const samir = world.people.find(({ name }) => name === 'Samir Holm');
      const clients = world.clients.map((client) =>
        client.team && samir ? { ...client, person: samir.oid } : client,
      );
      return { ...world, clients };
    });
    browser = await launchBrowser();
    const windows = product.windows.map((address) => PlaygroundWindow.open(browser, address));
    [official, dutyOfficer, backup] = (await Promise.all(windows)) as [
      PlaygroundWindow,
      PlaygroundWindow,
      PlaygroundWindow,
    ];
    phone = await browser.newPage({ viewport: { width: 320, height: 640 } });
    await phone.goto(product.phone);
  });
  after(async () => {
    await browser?.close();
    await product?.stop();
  });

  const rings = (who: string, times: number) =>
    phone
      .getByRole('listitem')
      .filter({ hasText: who })
      .nth(times - 1)
      .waitFor();

  it('the official is told truly that the duty officer is alerted by phone too', async () => {
    await official.say('akut');
    const also = call.alsoByPhone('Tjänsteperson i beredskap');
    await official.sees(also);
    await official.press(emergency.send, { card: emergency.whereAfter });
    await official.sees(receipt.alarmSent);
    number = (await official.text()).match(/H\d\d-\w{3}-\w{3}/g)?.at(-1) ?? 'no number';
    await dutyOfficer.seesCard(buttons.acknowledge);
  });
  it('the phone rings: the number of the case and nothing else, on a screen of 320 px', async () => {
    await rings('Tove Lind', 1);
    expect(await phone.getByText(`Larm ${number}. Öppna Teams.`, { exact: true }).count()).to.equal(1);
    const [content, screen] = (await phone.evaluate(
      '[document.documentElement.scrollWidth, innerWidth]',
    )) as [number, number];
    expect(content).to.be.at.most(screen);
  });
  it('it rings again after a minute', async () => {
    await product.pass(1);
    await rings('Tove Lind', 2);
  });
  it('the backup gets the card, and the backup’s phone rings', async () => {
    await product.pass(4);
    await backup.seesCard(buttons.acknowledge);
    await rings('Samir Holm', 1);
  });
  it('taken: the official is told by whom, and the phones are silent', async () => {
    await backup.press(buttons.acknowledge);
    await official.sees(notices.taken.by('Samir Holm'));
    const before = await phone.getByRole('listitem').count();
    await product.pass(3);
    await phone.waitForTimeout(3_000);
    await phone.reload();
    expect(await phone.getByRole('listitem').count()).to.equal(before);
  });
});
