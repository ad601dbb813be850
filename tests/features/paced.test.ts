import { expect } from 'chai';
import { answerPace } from '../../bot/core/pace.ts';
import { paced } from '../../bot/features/paced.ts';
import type { Lanes } from '../../bot/features/ports.ts';
import { menu } from '../../bot/views/index.ts';
import { readerAt } from '../cards/everyView.ts';
import { fakeMessenger } from '../world/fakeMessenger.ts';
import { noon } from '../world/given.ts';

const conversation = { serviceUrl: 'http://127.0.0.1/', id: 'a:Alva' };
const view = menu(readerAt('sv', noon), { roles: [] });
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const silent: Lanes = { take: () => new Promise<number>(() => {}) };
const full: Lanes = { take: () => Promise.resolve(250) };

describe('a message and its lane', () => {
  it('where somebody waits for it, goes when the lane says nothing in time', async () => {
    const messenger = fakeMessenger();
    const sent = await paced(messenger, silent, answerPace, quiet, 5).post(conversation, view);
    expect(sent.outcome).to.equal('sent');
    expect(messenger.messages).to.have.length(1);
  });
  it('does not go when there is no room, and says when there may be', async () => {
    const messenger = fakeMessenger();
    const sent = await paced(messenger, full, answerPace, quiet, 10_000).post(conversation, view);
    expect(sent).to.deep.equal({ outcome: 'later', after: 250, full: true });
    expect(messenger.messages).to.deep.equal([]);
  });
});
