/** The bot's own token, which proves to Teams who writes. */

/** Gives tokens: asked for a new one each time, whatever it remembers itself. */
export type FetchToken = (signal: AbortSignal) => Promise<{ token: string; expiresAt: number }>;

export interface TokenSource {
  /** One that is good, from memory when there is one. @throws when none can be had in time */
  token(): Promise<string>;
  /** One in place of that which Teams has just refused. @throws when none can be had in time */
  instead(refused: string): Promise<string>;
}

/** Fetched anew when so little of its life is left, in ms: an outage of the login host of less is not noticed. */
const renewBefore = 20 * 60_000;
/** Not given out when it ends so soon, in ms. */
const margin = 60_000;
const limit = 3_000;
/** A login host that is down is asked no more often than so, in ms, while there is a token that is good. */
const pause = 30_000;

/** @param now wall clock in ms */
export function createTokenSource(fetchToken: FetchToken, now: () => number = Date.now): TokenSource {
  let held: { token: string; expiresAt: number } | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<string> | undefined;

  const renew = (): Promise<string> => {
    triedAt = now();
    fetching ??= fetchToken(AbortSignal.timeout(limit))
      .then((fetched) => {
        held = fetched;
        return fetched.token;
      })
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };
  return {
    async token() {
      if (!held || held.expiresAt - now() < margin) return renew();
      if (held.expiresAt - now() < renewBefore && now() - triedAt >= pause)
        void renew().catch(() => undefined);
      return held.token;
    },
    instead: async (refused) => (held && held.token !== refused ? held.token : renew()),
  };
}
