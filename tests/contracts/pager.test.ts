/** What paging comes to: the same with every service, over its own API, and with the phones of the local world. */
import { expect } from 'chai';
import { instant } from '../../bot/core/ids.ts';
import type { Pager, PhoneMessage } from '../../bot/features/ports.ts';
import { createLocalPhone } from '../../bot/local/phone.ts';
import type { Log, LogFields } from '../../bot/log.ts';
import { createAzure } from '../../bot/paging/azure.ts';
import { createElks } from '../../bot/paging/elks.ts';
import { createWebhook } from '../../bot/paging/webhook.ts';
import { fakePager } from '../world/fakePager.ts';
import { people as everyone } from '../world/instance.ts';
import {
  type Fault,
  type PhoneService,
  startAzureService,
  startElksService,
  startWebhookService,
} from '../world/phoneServices.ts';

const message: PhoneMessage = {
  number: '+46701740621',
  text: 'Larm H26-7KQ-4MP. Öppna Teams.',
  locale: 'sv',
};
const secret = 'SECRET-51f0';
const key = Buffer.from(`${secret} of thirty-two bytes or more.`).toString('base64');

const logged: [string, LogFields | undefined][] = [];
const note = (event: string, fields?: LogFields) => void logged.push([event, fields]);
const log: Log = { info: note, warn: note, error: note };

/** Long enough for a busy machine; only what hangs is given less. */
const patient = { log, limit: 5_000 };

interface Kind {
  start: () => Promise<PhoneService>;
  pager: (url: string, options?: { limit?: number; wrong?: boolean }) => Pager;
  /** A 200 whose body says nothing does not tell that the service has taken it. */
  readsBody: boolean;
}

const pace = { look: 5, follow: 1_000, speak: 20 };
const voice = {
  from: '+46846500499',
  speech: 'https://speech.example.com',
  callback: 'https://x.example.com',
};
const elks = (options: Partial<Parameters<typeof createElks>[1]>): Kind => ({
  start: () => startElksService('u1', secret),
  pager: (base, { limit = patient.limit, wrong } = {}) =>
    createElks({ log, limit }, { username: 'u1', password: wrong ? 'x' : secret, base, ...options }),
  readsBody: true,
});
const azure = (options: Partial<Parameters<typeof createAzure>[1]>): Kind => ({
  start: () => startAzureService(key),
  pager: (endpoint, { limit = patient.limit, wrong } = {}) =>
    createAzure({ log, limit }, { endpoint, key: wrong ? btoa('another') : key, pace, ...options }),
  readsBody: true,
});
const services: Record<string, Kind> = {
  'a webhook': {
    start: () => startWebhookService(secret),
    pager: (url, { limit = patient.limit, wrong } = {}) =>
      createWebhook({ log, limit }, { url, token: wrong ? 'x' : secret }),
    readsBody: false,
  },
  '46elks, SMS': elks({ sms: { from: 'Larm' } }),
  '46elks, voice': elks({ voice: { from: '+46846500499' } }),
  'Azure, SMS': azure({ sms: { from: '+46846500499' } }),
  'Azure, voice': azure({ voice }),
};

interface Rings {
  pager: Pager;
  numbers(): string[];
  stop(): Promise<void>;
}
const inMemory: Record<string, () => Promise<Rings>> = {
  'the phones of the tests': async () => {
    const pager = fakePager();
    return { pager, numbers: () => pager.rung.map(({ number }) => number), stop: async () => undefined };
  },
  'the phone of the local world': async () => {
    const pager = createLocalPhone(everyone, () => instant(0));
    const numbers = () => pager.show('n').match(/\+46\d+/g) ?? [];
    return { pager, numbers, stop: async () => undefined };
  },
};
const overHttp = Object.entries(services).map(([name, { start, pager }]) => {
  const rings = async (): Promise<Rings> => {
    const service = await start();
    return {
      pager: pager(service.url),
      numbers: () => service.rung.map(({ number }) => number),
      stop: service.stop,
    };
  };
  return [name, rings] as const;
});

for (const [name, start] of [...Object.entries(inMemory), ...overHttp]) {
  describe(`paging: ${name}`, () => {
    let rings: Rings;
    beforeEach(async () => {
      rings = await start();
    });
    afterEach(() => rings.stop());

    it('a page makes one phone ring, and as often as it is sent', async () => {
      expect(await rings.pager.page(message)).to.deep.equal({ outcome: 'sent' });
      expect(rings.numbers()).to.deep.equal([message.number]);
      await rings.pager.page({ ...message, locale: 'en' });
      expect(rings.numbers()).to.deep.equal([message.number, message.number]);
    });
    it('what is no number rings nowhere, and is said to be so', async () => {
      for (const number of ['112', '070-174 06 21', '']) {
        expect(await rings.pager.page({ ...message, number })).to.deep.equal({ outcome: 'gone' });
      }
      expect(rings.numbers()).to.deep.equal([]);
    });
  });
}

for (const [name, { start, pager, readsBody }] of Object.entries(services)) {
  describe(`paging when something is wrong: ${name}`, () => {
    let service: PhoneService;
    beforeEach(async () => {
      service = await start();
      logged.length = 0;
    });
    afterEach(async () => {
      const told = JSON.stringify(logged);
      for (const canary of [secret, key, message.number, '70174', 'Larm', btoa(`u1:${secret}`)]) {
        expect(told, canary).not.to.include(canary);
      }
      await service.stop();
    });
    const paged = (answer: Fault, done = false, limit?: number) => {
      service.fault = { answer, done };
      return pager(service.url, limit ? { limit } : {}).page(message);
    };

    it('429 and 503: later, when the service says', async () => {
      for (const status of [429, 503]) {
        expect(await paged({ status })).to.deep.equal({ outcome: 'later' });
        expect(await paged({ status, headers: { 'retry-after': '7' } })).to.deep.equal({
          outcome: 'later',
          after: 7_000,
        });
        for (const odd of ['-1', '0', 'soon', 'Wed, 25 Nov 2026 12:00:00 GMT']) {
          expect(await paged({ status, headers: { 'retry-after': odd } }), odd).to.deep.equal({
            outcome: 'later',
          });
        }
      }
    });
    it('a service that asks for a pause without end is asked again all the same', async () => {
      const { after } = (await paged({ status: 429, headers: { 'retry-after': '1e9' } })) as {
        after?: number;
      };
      expect(after).to.equal(10 * 60_000);
    });
    it('500, 502, 504: nobody knows', async () => {
      for (const status of [500, 502, 504]) {
        expect(await paged({ status, body: '<html>' }, true)).to.deep.equal({ outcome: 'unknown' });
      }
    });
    it('400, 401, 402, 403, 404: not for us, or not this number', async () => {
      for (const status of [400, 401, 402, 403, 404]) {
        expect(await paged({ status, body: 'Not enough credits' })).to.deep.equal({ outcome: 'gone' });
      }
    });
    it('the wrong secret: gone, and no phone rings', async () => {
      expect(await pager(service.url, { wrong: true }).page(message)).to.deep.equal({ outcome: 'gone' });
      expect(service.rung).to.deep.equal([]);
    });
    it('a redirection is not followed: neither text nor secret goes to another place', async () => {
      const elsewhere = await startWebhookService(secret);
      for (const status of [301, 302, 307, 308]) {
        const location = `${elsewhere.url}/a1/sms`;
        expect(await paged({ status, headers: { location } })).to.deep.equal({ outcome: 'gone' });
      }
      expect(elsewhere.asked).to.deep.equal([]);
      await elsewhere.stop();
    });
    it('hangs, or never ends its answer: given up within its time', async () => {
      const started = performance.now();
      expect(await paged('hang', true, 200)).to.deep.equal({ outcome: 'unknown' });
      expect(await paged('trickle', true, 200)).to.deep.equal({ outcome: 'unknown' });
      expect(performance.now() - started).to.be.lessThan(3_000);
    });
    it('a cut line: nobody knows', async () => {
      expect(await paged('cut', true)).to.deep.equal({ outcome: 'unknown' });
    });
    it('nobody listens: definitely not sent', async () => {
      await service.stop();
      expect(await pager(service.url).page(message)).to.deep.equal({ outcome: 'later' });
    });
    it('an answer that says nothing', async () => {
      const bodies = ['', '<html>', '[]', 'null', '{"value":[]}', `"${'x'.repeat(100_000)}"`];
      for (const body of bodies) {
        expect(await paged({ status: 200, body }), body.slice(0, 20)).to.deep.equal({
          outcome: readsBody ? 'unknown' : 'sent',
        });
      }
    });
  });
}

describe('46elks, as its API is', () => {
  let service: PhoneService;
  beforeEach(async () => {
    service = await startElksService('u1', secret);
  });
  afterEach(() => service.stop());
  const both = (sound?: string) =>
    createElks(patient, {
      username: 'u1',
      password: secret,
      base: service.url,
      sms: { from: 'Larm' },
      voice: { from: '+46846500499', sound },
    });

  it('an SMS says the text to the letter; a call says it three times, after the recording', async () => {
    await both('https://sound.example.com/x.mp3').page(message);
    const sms = service.rung.find(({ way }) => way === 'sms');
    expect(sms?.text).to.equal(message.text);
    const call = service.rung.find(({ way }) => way === 'voice');
    const play = `en_US/${message.text}`;
    expect(JSON.parse(call?.text ?? '')).to.deep.equal({
      play: 'https://sound.example.com/x.mp3',
      next: { play, next: { play, next: { play } } },
    });
  });
  it('one of two ways is enough; both are tried', async () => {
    service.fault = { answer: { status: 503 }, done: false };
    expect(await both().page(message)).to.deep.equal({ outcome: 'later' });
    expect(service.asked).to.have.members(['POST /a1/sms', 'POST /a1/calls']);
    service.fault = undefined;
    const odd = createElks(patient, {
      username: 'u1',
      password: secret,
      base: service.url,
      sms: { from: 'a name that is too long' },
      voice: { from: '+46846500499' },
    });
    expect(await odd.page(message)).to.deep.equal({ outcome: 'sent' });
  });
  it('what has failed already is not sent', async () => {
    service.fault = { answer: { status: 200, body: '{"id":"s1","status":"failed"}' }, done: false };
    expect(await both().page(message)).to.deep.equal({ outcome: 'gone' });
  });
});

describe('Azure Communication Services, as its API is', () => {
  let service: Awaited<ReturnType<typeof startAzureService>>;
  beforeEach(async () => {
    service = await startAzureService(key);
  });
  afterEach(() => service.stop());
  const caller = (follow = pace.follow) =>
    createAzure(patient, { endpoint: service.url, key, voice, pace: { ...pace, follow } });
  const until = async (holds: () => boolean, what: string) => {
    for (let tries = 0; !holds(); tries++) {
      if (tries > 500) throw new Error(`did not happen within 5 s: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it('says the text when somebody answers, in its language, and hangs up', async () => {
    await caller().page(message);
    await until(() => service.call.ended, 'the call ends');
    expect(service.call.said).to.deep.equal([
      {
        playSources: [
          { kind: 'text', text: { text: message.text, sourceLocale: 'sv-SE', voiceKind: 'female' } },
        ],
        playOptions: { loop: true },
      },
    ]);
  });
  it('nobody answers: hangs up, so that the next page can ring', async () => {
    service.call.answeredAfter = Infinity;
    await caller(50).page(message);
    await until(() => service.call.ended, 'the call ends');
    expect(service.call.said).to.deep.equal([]);
  });
  it('declined on the phone: nothing more is asked', async () => {
    service.call.answeredAfter = Infinity;
    service.call.hungUpAfter = 2;
    await caller().page(message);
    await until(() => service.asked.length >= 3, 'the call is looked at twice');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(service.asked.filter((asked) => asked.startsWith('GET'))).to.have.length(2);
    expect(service.call.ended).to.equal(false);
  });
  it('a status inside the answer counts: a number that has opted out is gone, one too many is later', async () => {
    const pager = createAzure(patient, { endpoint: service.url, key, sms: { from: '+46846500499' } });
    const inside = (httpStatusCode: number) => {
      const value = [{ to: message.number, httpStatusCode, successful: false }];
      service.fault = { answer: { status: 202, body: JSON.stringify({ value }) }, done: false };
      return pager.page(message);
    };
    expect(await inside(400)).to.deep.equal({ outcome: 'gone' });
    expect(await inside(429)).to.deep.equal({ outcome: 'later' });
    expect(await inside(500)).to.deep.equal({ outcome: 'unknown' });
    expect(await inside(202)).to.deep.equal({ outcome: 'gone' });
  });
});
