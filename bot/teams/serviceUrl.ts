/** Where Teams may be answered. A token that is sent to any other place is given away (THREATS S6). */

/**
 * The Bot Connector of Teams: worldwide, and for the United States' public sector. Whole names, never an ending: any
 * customer of Azure can register a name under `trafficmanager.net` (learn.microsoft.com, send-proactive-messages).
 */
const hosts: ReadonlySet<string> = new Set(['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com']);

/** Only on this machine: the clients of the local world. */
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Tells whether messages, and the bot's own token with them, may go to this address. */
export type IsServiceUrl = (url: string) => boolean;

/** Https, a host of the list and a path. Written as a parser would write it, so that no two readers see two hosts in it. */
export const isTeams: IsServiceUrl = (url) => {
  const parsed = plain(url);
  return parsed?.protocol === 'https:' && hosts.has(parsed.host);
};

/** The same for the local world, where clients have any port of this machine. */
export const isLoopback: IsServiceUrl = (url) => {
  const parsed = plain(url);
  return parsed !== undefined && /^https?:$/.test(parsed.protocol) && loopback.has(parsed.hostname);
};

/** `undefined` for anything with a user, a query, a fragment, or another spelling than its own. */
function plain(url: string): URL | undefined {
  const parsed = URL.parse(url);
  if (!parsed || parsed.username || parsed.password || parsed.search || parsed.hash) return undefined;
  return parsed.href === url || parsed.href === `${url}/` ? parsed : undefined;
}
