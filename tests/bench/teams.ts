/** Teams' side of the wire as a process of its own: takes the connector's calls, and tells what came when. */
import { limited, startConnector } from '../world/connector.ts';

/** A message that was posted or drawn anew, at a time that all processes of this machine share. */
export interface Came {
  /** Milliseconds since 1970, with fractions. */
  at: number;
  kind: 'alarm' | 'other';
  /** Every case number in it. */
  numbers: string[];
  conversation: string;
}

export interface Told {
  came: Came[];
  /** Calls that were answered with 429. */
  refused: number;
}

export type Asked = { forms: string[] } | { limits: boolean } | 'tell';

let limits = false;
const limit = limited();
const { url, calls, standing } = await startConnector((call) => (limits ? limit.faultOf(call) : undefined));

process.on('message', (asked: Asked) => {
  if (asked === 'tell') {
    process.send?.({
      came: calls.splice(0).map(({ method, at, path, body }): Came => {
        const message = body.activity ?? body;
        return {
          at: performance.timeOrigin + at,
          kind: method === 'POST' && path.includes('/a:Tove/') ? 'alarm' : 'other',
          numbers: JSON.stringify(message).match(/H\d\d-[0-9A-Z]{3}-[0-9A-Z]{3}/g) ?? [],
          conversation: /conversations\/([^/]*)/.exec(path)?.[1] ?? 'channel',
        };
      }),
      refused: limit.refused(),
    } satisfies Told);
  } else if ('limits' in asked) {
    limits = asked.limits;
  } else {
    for (const form of asked.forms) standing.set(form, { conversation: 'a:Alva', body: {} });
  }
});
process.send?.(url);
