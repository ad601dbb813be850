/** A threat on the telephone in the real client: what to do at once, and the card that is filled in during the call. */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { instant } from '../../bot/core/ids.ts';
import { pastTime, traceBy } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { launchBrowser, PlaygroundWindow } from './playground.ts';
import { type Product, startProduct } from './product.ts';

const { buttons, callCard, labels, notices, report, time } = texts('sv');

describe('a threat on the telephone, in the real client', function () {
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
    await coordinator.openChannel('Ärenden');
  });
  after(async () => {
    await browser?.close();
    await product?.stop();
  });

  const value = (label: string) =>
    official.page
      .getByRole('textbox', { name: new RegExp(`^${label}`) })
      .last()
      .inputValue();

  it('"hot på telefon": the first instruction is on the screen within 2 s, with no tap', async () => {
    await official.sees(texts('sv').call.danger);
    const said = performance.now();
    await official.say('hot på telefon');
    await official.sees('Ring 112 om det gäller en bomb');
    const seconds = (performance.now() - said) / 1_000;
    process.stdout.write(`      first instruction on screen after ${seconds.toFixed(2)} s, 0 taps\n`);
    expect(seconds).to.be.at.most(2);
  });

  it('the card filled in during the call becomes a report with the exact time', async () => {
    await official.press(callCard.fillIn);
    await official.seesCard(callCard.now);
    await official.fill(callCard.wording, 'ORD-e2e jag vet var du bor');
    await official.tick(callCard.choices.hoarse);
    const pressed = Date.now();
    await official.press(callCard.now);
    await official.seesCard(callCard.endsNow);
    const at = await value(callCard.callStart);
    const began = pastTime(at, instant(Date.now() + 1_000));
    if (!began) throw new Error(`no time: ${at}`);
    const late = Date.parse(began) - pressed;
    process.stdout.write(`      "Nu" wrote ${at}, ${late} ms from the press\n`);
    expect(Math.abs(late)).to.be.lessThan(2_000);
    expect(await value(callCard.wording)).to.equal('ORD-e2e jag vet var du bor');

    await official.press(callCard.more);
    await official.choose(callCard.fields.caller, callCard.choices.man);
    await official.choose(report.dangerNow, labels.dangerNow.no);
    await official.press(callCard.send);
    await official.sees(callCard.isTimeRight(at));
    await official.press(callCard.right);
    await official.sees(callCard.screenshot);
    await official.press(callCard.done);
    await official.sees(callCard.whose);
    await official.press(callCard.telephone.own);
    await official.sees(callCard.traceBy(time.day(traceBy(began))));
    const number = (await official.text()).match(/H\d\d-\w{3}-\w{3}/g)?.at(-1) ?? 'no number';
    await coordinator.sees(notices.traceable.title(number));
    await coordinator.press(buttons.traced);
    await official.sees(callCard.traced);
  });

  it('the log and the channel hold none of what was written', async () => {
    for (const all of [await product.log(), await coordinator.text()]) expect(all).not.to.include('ORD-e2e');
  });
});
