/** A report from its first word to its end, in the real clients: three windows, three people, one bot. */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { texts } from '../../bot/text/index.ts';
import { launchBrowser, PlaygroundWindow } from './playground.ts';
import { type Product, startProduct } from './product.ts';

const { buttons, emergency, forms, labels, notices, receipt, report } = texts('sv');

describe('in the real clients', function () {
  this.timeout(120_000);
  let product: Product;
  let browser: Browser;
  let official: PlaygroundWindow;
  let dutyOfficer: PlaygroundWindow;
  let coordinator: PlaygroundWindow;

  before(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    const windows = product.windows.map((address) => PlaygroundWindow.open(browser, address));
    [official, dutyOfficer, coordinator] = (await Promise.all(windows)) as [
      PlaygroundWindow,
      PlaygroundWindow,
      PlaygroundWindow,
    ];
    await coordinator.openChannel('Ärenden');
  });
  after(async () => {
    await browser?.close();
    await product?.stop();
  });

  /** The number of the newest case on an official's screen. */
  const number = async () => (await official.text()).match(/H\d\d-\w{3}-\w{3}/g)?.at(-1) ?? 'no number';

  it('welcomes with 112 first', async () => {
    await official.sees(texts('sv').call.danger);
    await official.seesCard(buttons.report);
  });

  it('two mandatory answers, and the alarm is on the duty officer’s screen within 3 s', async () => {
    await official.say('rapportera');
    await official.choose(report.dangerNow, labels.dangerNow.yes);
    await official.choose(report.channel, labels.channel.phone);
    await official.fill(report.text, 'ORD-e2e han vet var jag bor');
    const sent = performance.now();
    await official.press(report.send);
    await dutyOfficer.seesCard(buttons.acknowledge);
    const seconds = (performance.now() - sent) / 1_000;
    process.stdout.write(`      alarm on screen after ${seconds.toFixed(2)} s\n`);
    expect(seconds).to.be.lessThan(3);
    await official.sees(receipt.alarmSent);
    await coordinator.seesCard(await number());
  });

  it('where one is reaches the duty officer, who has taken it in one tap with name, number and words', async () => {
    await dutyOfficer.press(buttons.acknowledge);
    await dutyOfficer.sees('ORD-e2e han vet var jag bor');
    await dutyOfficer.sees('Alva Ek');
    await dutyOfficer.seesCard('070-174 06 20');
    await official.sees(notices.taken.by('Tove Lind'));
    await official.fill(forms.supplement.where, 'Parkeringen bakom stadshuset');
    await official.press(forms.supplement.send);
    await dutyOfficer.sees(notices.where.title(await number()));
    await coordinator.seesCard('Tove Lind');
  });

  it('reached: the confirmation says so', async () => {
    await dutyOfficer.press(buttons.reached);
    await official.sees(receipt.reachedYou);
    await coordinator.sees(labels.status.reached);
  });

  it('the coordinator opens, assesses, assigns, notes and closes in the channel; every window follows', async () => {
    await coordinator.press(buttons.details);
    await coordinator.sees('Parkeringen bakom stadshuset');
    await coordinator.press(buttons.hide);
    await coordinator.press(buttons.assess);
    await coordinator.choose(forms.assess.method, forms.assess.matrix);
    await coordinator.choose(forms.assess.likelihood, labels.likelihood[3]);
    await coordinator.choose(forms.assess.consequence, labels.consequence[4]);
    await coordinator.press(forms.assess.send);
    await coordinator.sees(labels.riskClass.veryHigh);
    await coordinator.press(buttons.assign);
    await coordinator.choose(forms.assign.to, forms.assign.me);
    await coordinator.press(forms.assign.send);
    await official.sees(notices.taken.by('Karin Sand'));
    await coordinator.press(buttons.note);
    await coordinator.fill(forms.note.text, 'INTERNT-e2e polisen är kontaktad');
    await coordinator.press(forms.note.send);
    await coordinator.press(buttons.close);
    await coordinator.choose(forms.close.reason, labels.closeReason.handled);
    await coordinator.press(forms.close.send);
    await official.sees(receipt.closed);
    await coordinator.sees(labels.status.closed);
    await dutyOfficer.seesCard(texts('sv').alarm.closed('').split(' ')[0] ?? '');
    expect(await official.text()).not.to.include('INTERNT-e2e');
  });

  it('akut to alarm: two taps', async () => {
    const before = (await dutyOfficer.cards()).length;
    await official.say('akut');
    await official.press(emergency.send, { card: emergency.whereAfter });
    await dutyOfficer.seesCard(buttons.acknowledge);
    expect((await dutyOfficer.cards()).length).to.be.greaterThan(before);
  });

  it('nobody answers: the official is told after three minutes, and the alarm goes down the ladder to the coordinator', async () => {
    const unanswered = await number();
    await product.pass(3.1);
    await official.sees(notices.nobodyYet.danger);
    await product.pass(2);
    await coordinator.sees(notices.passedOn.title(unanswered));
    await coordinator.openChat();
    await product.pass(5);
    await coordinator.seesCard(buttons.decline);
    await coordinator.press(buttons.acknowledge);
    await official.sees(notices.taken.by('Karin Sand'));
  });

  it('the log holds none of what people wrote', async () => {
    const log = await product.log();
    for (const canary of ['ORD-e2e', 'INTERNT-e2e', 'Parkeringen', 'Alva Ek', '070-174 06 20']) {
      expect(log).not.to.include(canary);
    }
  });
});
