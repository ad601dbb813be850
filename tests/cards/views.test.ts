import { expect } from 'chai';
import { allowedVerbs, type Relation, relationsOf } from '../../bot/core/policy.ts';
import { later, minutes } from '../../bot/core/time.ts';
import { largestCard } from '../../bot/teams/render.ts';
import { receipt, reportForm, supplementForm } from '../../bot/views/index.ts';
import type { Face, View } from '../../bot/views/view.ts';
import { alva, night, noon, victor } from '../world/given.ts';
import { byType, drawn, faultsOf, type Node, stringsOf, verbsOf } from './drawing.ts';
import { everyView, readerAt, states } from './everyView.ts';

const reader = readerAt('sv', later(noon, minutes(1)));
const nonce = 'n-1';
const textOf = (view: View): string =>
  byType(drawn(view), 'TextRun')
    .map(({ text }) => text)
    .join('\n');

for (const locale of ['sv', 'en'] as const) {
  describe(`every card, ${locale}`, () => {
    const all = everyView(locale).map((each) => ({ ...each, card: drawn(each.view) }));

    it('is drawn in every state, for everybody', () => {
      expect(all.length).to.be.greaterThan(1_000);
    });
    it('is valid and small enough for every client', () => {
      for (const { name, card } of all) {
        expect(faultsOf(card), name).to.deep.equal([]);
        expect(Buffer.byteLength(JSON.stringify(card)), name).to.be.lessThan(largestCard);
      }
    });
    it('has every name of its template filled in', () => {
      for (const { name, card } of all) {
        expect(
          stringsOf(card).filter((text) => text.includes('${')),
          name,
        ).to.deep.equal([]);
      }
    });
    it('says something, in its summary and in plain words too', () => {
      for (const { name, view } of all) {
        expect(view.summary, name).to.match(/\S/);
        expect(view.fallback, name).to.match(/\S/);
      }
    });
    it('holds six buttons in view at most, and fills one of them', () => {
      for (const { name, card } of all) {
        const sets = byType(card, 'ActionSet').map(({ actions }) => actions as Node[]);
        for (const set of sets) expect(set.length, name).to.be.greaterThan(0);
        const buttons = sets.flat().filter(({ type }) => type === 'Action.Execute');
        const inView = buttons.filter(({ mode }) => mode === 'primary');
        if (name.startsWith('triage') || name.startsWith('alarm'))
          expect(inView.length, name).to.be.at.most(6);
        expect(
          buttons.every(({ style }) => style === 'positive' || style === 'default'),
          name,
        ).to.equal(true);
      }
    });
  });
}

describe('buttons of a case', () => {
  const asWhom: Record<Face, Relation[]> = {
    receipt: ['reporter', 'victim'],
    alarm: ['assignee', 'asked'],
    triage: ['coordinator'],
    support: ['supporter'],
    file: ['standby', 'overrider', 'hr', 'auditor'],
  };
  for (const { name, view, case: of } of everyView('sv')) {
    if (!of) continue;
    it(`${name}: exactly what is allowed`, () => {
      const { incident, actor, face } = of;
      // A coordinator's card is the same for all of them.
      const own = relationsOf(incident, actor).filter((relation) => asWhom[face].includes(relation));
      const relations = face === 'triage' ? asWhom.triage : own;
      const allowed = allowedVerbs(incident, actor, relations);
      const offered = verbsOf(drawn(view));
      const shown = offered.filter((verb) => verb !== 'checklist' && verb !== 'callCard');
      const asksForCall = face === 'receipt' && incident.answers.channel === 'phone' && !incident.call;
      expect(offered.includes('callCard')).to.equal(asksForCall && allowed.includes('supplement'));
      const twice = shown.filter((verb, at) => shown.indexOf(verb) !== at);
      expect(twice.filter((verb) => verb !== 'company' && verb !== 'callTold')).to.deep.equal([]);
      expect([...new Set(shown)]).to.have.members(allowed);
      const questions = ['alarm', 'company', 'callTold'];
      expect(shown.filter((verb) => !questions.includes(String(verb)))).to.deep.equal(
        allowed.filter((verb) => !questions.includes(verb)),
      );
    });
  }
  it('carry the case, its face and the nonce', () => {
    const view = receipt(reader, { incident: states.waiting, actor: alva, nonce });
    for (const { verb, data } of byType(drawn(view), 'Action.Execute')) {
      expect(data).to.deep.equal({ verb, incident: 'H26-7KQ-4MP', face: 'receipt', nonce });
    }
  });
  it('ask about company with two answers', () => {
    const view = receipt(reader, { incident: states.alarmed, actor: alva, nonce });
    const answers = byType(drawn(view), 'Action.Execute').filter(({ verb }) => verb === 'company');
    expect(answers.map(({ title, data }) => [title, (data as { company: string }).company])).to.deep.equal([
      ['Ja', 'yes'],
      ['Nej', 'no'],
    ]);
  });
});

describe('the confirmation', () => {
  const says = (incident: Parameters<typeof receipt>[1]['incident'], now = reader.now) =>
    textOf(receipt(readerAt('sv', now), { incident, actor: alva, nonce }));

  it('names who has taken the report', () => {
    expect(says(states.acknowledged)).to.include('Tove Lind tog rapporten kl. 12:02.');
  });
  it('promises the day behind which a deadline stands, and no longer than it stands', () => {
    expect(says(states.waiting)).to.include('Ingen läser förrän torsdag 26 november.');
    expect(says(states.waiting, later(noon, minutes(60 * 24 * 3)))).not.to.match(/förrän|senast/);
  });
  it('asks about the night, at night only', () => {
    const incident = states.waitingForMorning;
    const asked = (now: typeof noon) =>
      JSON.stringify(drawn(receipt(readerAt('sv', now), { incident, actor: alva, nonce }))).includes(
        'i natt?',
      );
    expect(asked(later(night, minutes(1)))).to.equal(true);
    expect(asked(later(night, minutes(60 * 12)))).to.equal(false);
  });
  it('does not say that the reporter was reached when it is about another', () => {
    const title = (incident: typeof states.reached, actor: typeof alva) =>
      byType(drawn(receipt(reader, { incident, actor, nonce })), 'TextBlock').map(({ text }) => text);
    expect(title(states.reached, alva)).to.include('Vi har fått tag på dig.');
    expect(title(states.linkedAndReached, alva)).to.include('Vi har fått tag på personen.');
    expect(title(states.linkedAndReached, victor)).to.include('Vi har fått tag på dig.');
  });
  it('does not promise contact to someone who asked for none', () => {
    expect(says(states.acknowledgedQuietly)).not.to.include('hör av sig');
  });
});

describe('the quick report', () => {
  const visible = (node: unknown): Node[] =>
    typeof node !== 'object' || node === null || (node as Node).isVisible === false
      ? []
      : [...(Array.isArray(node) ? [] : [node as Node]), ...Object.values(node).flatMap(visible)];
  const inputs = (nodes: Node[]) => nodes.filter(({ type }) => String(type).startsWith('Input.'));
  const fresh = drawn(reportForm(reader, { nonce, number: '070-1' }));

  it('shows three inputs, two of them mandatory', () => {
    const shown = inputs(visible(fresh));
    expect(shown.map(({ id }) => id)).to.deep.equal(['dangerNow', 'channel', 'text']);
    expect(shown.filter(({ isRequired }) => isRequired).map(({ id }) => id)).to.deep.equal([
      'dangerNow',
      'channel',
    ]);
  });
  it('has a label on every input, and an error text on the mandatory', () => {
    for (const view of everyView('sv')) {
      for (const { label, isRequired, errorMessage } of inputs(visible(drawn(view.view)))) {
        expect(label, view.name).to.match(/\S/);
        if (isRequired) expect(errorMessage, view.name).to.match(/\S/);
      }
    }
  });
  it('opens what is folded away when something in it was filled in', () => {
    const back = reportForm(reader, { nonce, values: { where: 'Torget', affected: 'self' }, errors: ['!'] });
    expect(inputs(visible(drawn(back))).find(({ id }) => id === 'where')).to.include({ value: 'Torget' });
    const same = reportForm(reader, { nonce, values: { affected: 'self', callback: 'today', number: '' } });
    expect(inputs(visible(drawn(same)))).to.have.length(3);
  });
  it('carries a long draft beside the form, and a short one in its field', () => {
    const long = reportForm(reader, { nonce, draft: { id: 'd-1', text: 'x'.repeat(2_001) } });
    expect(textOf(long)).to.include('2001 tecken');
    expect(byType(drawn(long), 'Input.Text')[0]).to.include({ value: '' });
    const short = reportForm(reader, { nonce, draft: { id: 'd-1', text: 'x'.repeat(2_000) } });
    expect(byType(drawn(short), 'Input.Text')[0]).to.include({ value: 'x'.repeat(2_000) });
    for (const view of [long, short]) {
      expect(byType(drawn(view), 'Action.Execute')[0]).to.deep.include({
        data: { verb: 'report', nonce, draft: 'd-1' },
      });
    }
  });
});

describe('forms', () => {
  it('let one leave without answering', () => {
    for (const { name, view } of everyView('sv')) {
      const card = drawn(view);
      if (view.card !== 'form') continue;
      const back = byType(card, 'Action.Execute').find(({ verb }) =>
        ['hide', 'onDuty', 'checklist', 'actions'].includes(String(verb)),
      );
      expect(back, name).to.include({ associatedInputs: 'none' });
    }
  });
  it('confirm the alarm before they ask where one is', () => {
    const view = supplementForm(reader, { incident: states.alarmed, face: 'receipt', nonce, what: 'where' });
    expect(textOf(view)).to.include('Larmet är skickat.');
    expect(byType(drawn(view), 'Action.Execute')[0]?.data).to.include({ what: 'where' });
  });
});
