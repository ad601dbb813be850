/** Checklists and numbers in the real clients: opened by a word, ticked by a press, there again on another screen. */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { texts } from '../../bot/text/index.ts';
import { launchBrowser, PlaygroundWindow } from './playground.ts';
import { type Product, startProduct } from './product.ts';

const { buttons, checklist, dutyRota, labels, report } = texts('sv');

describe('checklists in the real clients', function () {
  this.timeout(120_000);
  let product: Product;
  let browser: Browser;
  let official: PlaygroundWindow;
  let coordinator: PlaygroundWindow;

  before(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    const [first = '', , third = ''] = product.windows;
    [official, coordinator] = await Promise.all([
      PlaygroundWindow.open(browser, first),
      PlaygroundWindow.open(browser, third),
    ]);
    await official.seesCard(buttons.report);
  });
  after(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('a number is on the screen within 1 s of the word "tib"', async () => {
    const said = performance.now();
    await official.say('tib');
    const card = await official.seesCard(dutyRota.someone);
    expect(await card.textContent()).to.include('08-465 004 00');
    const seconds = (performance.now() - said) / 1_000;
    process.stdout.write(`      number on screen after ${seconds.toFixed(2)} s\n`);
    expect(seconds).to.be.at.most(1);
  });

  it('a list opens by its words; a pressed row is ticked, and stays so', async () => {
    await official.say('inför möte');
    await official.seesCard(checklist.leave);
    await official.press(checklist.press('Håll tomma rum låsta.'));
    await official.sees(checklist.progress(1, 13));
    await official.say('checklistor');
    await official.seesCard(checklist.begun);
    await official.sees(checklist.phases.during);
  });

  it('the confirmation opens the list that fits, and coordinators tick theirs in the channel', async () => {
    await official.say('rapportera');
    await official.choose(report.dangerNow, labels.dangerNow.no);
    await official.choose(report.channel, labels.channel.email);
    await official.press(report.send);
    await official.press(checklist.ofCase.receipt);
    await official.seesCard('Efter hot i mejl, SMS eller sociala medier');
    await coordinator.openChannel('Ärenden');
    await coordinator.seesCard(labels.channel.email);
  });
});
