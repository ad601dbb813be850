import { expect } from 'chai';
import fc from 'fast-check';
import { parseActivity } from '../../bot/teams/activity.ts';

const message = {
  type: 'message',
  text: 'hej',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:1', aadObjectId: 'ABCD' },
  recipient: { id: '28:b' },
  conversation: { id: 'a:1', conversationType: 'personal' },
};

describe('what Teams sends', () => {
  it('a person is who Entra says, in one spelling', () => {
    expect(parseActivity(message)?.person).to.equal('abcd');
  });
  it('English by an English client, Swedish by any other and when nothing is said', () => {
    const locale = (said: unknown) => parseActivity({ ...message, locale: said })?.locale;
    expect(['en-US', 'en', 'EN-gb'].map(locale)).to.deep.equal(['en', 'en', 'en']);
    expect(['sv-SE', 'fi', 'de-DE', undefined, 5, ''].map(locale)).to.deep.equal(Array(6).fill('sv'));
  });
  it('a button is the same whether a new client executes it or an old one submits it', () => {
    const data = { verb: 'acknowledge', incident: 'H26-7KQ-4MP' };
    const submitted = parseActivity({ ...message, text: undefined, value: data, replyToId: '1' });
    const executed = parseActivity({
      ...message,
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: '1',
      value: { action: { type: 'Action.Execute', verb: 'acknowledge', data, title: 'x' }, trigger: 'manual' },
    });
    for (const click of [submitted, executed]) {
      expect(click).to.include({ kind: 'click', verb: 'acknowledge', clicked: '1' });
      expect(click?.kind === 'click' && click.input).to.deep.equal(data);
    }
  });
  it('a file is told from text; the HTML twin of a text is no file', () => {
    const kinds = (...types: string[]) =>
      parseActivity({ ...message, attachments: types.map((contentType) => ({ contentType })) });
    expect(kinds('text/html')).to.include({ attachments: false });
    expect(kinds('text/html', 'image/png')).to.include({ attachments: true });
  });
  it('added is welcomed; upgraded and removed are not', () => {
    const kind = (action: string) => parseActivity({ ...message, type: 'installationUpdate', action })?.kind;
    expect(['add', 'add-upgrade', 'remove'].map(kind)).to.deep.equal(['installed', 'other', 'other']);
  });
  it('half a character in an id that becomes part of an address: no activity', () => {
    expect(parseActivity({ ...message, conversation: { id: 'a:\ud800' } })).to.equal(undefined);
    expect(parseActivity({ ...message, value: { verb: 'x' }, replyToId: '\udc00' })).to.include({
      clicked: undefined,
    });
  });
  it('whatever comes, it is an activity or it is not: nothing is thrown', () => {
    const twisted = fc.record(
      Object.fromEntries(
        Object.entries(message).map(([key, value]) => [key, fc.oneof(fc.constant(value), fc.anything())]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(twisted, fc.anything()), (raw) => {
        parseActivity(raw);
      }),
      { seed: 20261122, numRuns: 5_000 },
    );
  });
});
