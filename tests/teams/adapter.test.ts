import { expect } from 'chai';
import type { Log } from '../../bot/log.ts';
import { createReceive, type Entrance } from '../../bot/teams/adapter.ts';

const local: Entrance = { gate: undefined, isServiceUrl: () => true };
const click = {
  type: 'invoke',
  name: 'adaptiveCard/action',
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1/',
  from: { id: '29:Alva', aadObjectId: '00000000-0000-4000-8000-000000000020' },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:Alva', conversationType: 'personal' },
  value: { action: { verb: 'menu', data: {} } },
};

describe('what comes in over HTTP', () => {
  let logged: string[];
  const note = (event: string) => void logged.push(event);
  const log: Log = { info: note, warn: note, error: note };
  const noCards = () => ({ attachment: undefined, summary: '', text: '' });
  const sends = (answer: Parameters<typeof createReceive>[1]) =>
    createReceive(
      local,
      answer,
      noCards,
      log,
    )({ authorization: undefined, body: () => Promise.resolve(click) });

  beforeEach(() => {
    logged = [];
  });

  it('a click is answered through botbuilder, with what it is answered', async () => {
    const answer = await sends(() => Promise.resolve({ said: 'Sparat.' }));
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Sparat.',
    });
    expect(logged).to.deep.equal([]);
  });

  it('an answer that fails before botbuilder asks for it is told of once, and stops nothing', async () => {
    const unhandled: unknown[] = [];
    const heard = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', heard);
    const answer = await sends(() => Promise.reject(new Error('broken')));
    process.off('unhandledRejection', heard);
    expect(unhandled).to.deep.equal([]);
    expect(logged).to.deep.equal(['turn error']);
    expect(answer).to.deep.equal({ status: 500 });
  });
});
