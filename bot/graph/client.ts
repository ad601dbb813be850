/**
 * Asks Microsoft Graph v1.0 who is in a group. Of its SDK only the request and its address are used: its own retries
 * wait for minutes, and its own fetch never gives up and follows redirects with the token.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { type PersonId, personId } from '../core/ids.ts';
import type { Found } from '../core/known.ts';
import { within } from '../within.ts';

export interface GraphOptions {
  /** An access token for Graph that is good right now. */
  token: () => Promise<string>;
  /** Address of Graph, without version. */
  url?: string;
  /** Whether a guest holds the role of a group. */
  guests: boolean;
  /** A try that has not ended after this many ms is given up. */
  limit?: number;
  /** Waits so many ms between tries. */
  pause?: (milliseconds: number) => Promise<unknown>;
}

export interface Graph {
  /**
   * Everyone in a security group, those of groups in it included. Background work: tries three times, and waits
   * between as Graph says, a minute at most.
   *
   * @throws {GraphError} when there is no answer that can be believed
   */
  members(group: string): Promise<Found[]>;
  /**
   * One person, and which of these groups they are in; `undefined` when there is nobody with that id. One try.
   *
   * @throws {GraphError} when there is no answer that can be believed
   */
  person(id: PersonId, groups: readonly string[]): Promise<{ found: Found; groups: string[] } | undefined>;
}

/** Graph gave no answer that can be believed. Its message holds a status or a word of our own, nothing of Graph's. */
export class GraphError extends Error {
  override name = 'GraphError';
  /** The HTTP status; absent when there was none. */
  readonly status: number | undefined;
  /** Graph asks not to be asked again before so many ms. */
  readonly after: number | undefined;
  constructor(what: string, { status, after }: { status?: number; after?: number } = {}) {
    super(what);
    this.status = status;
    this.after = after;
  }
}

const mostTries = 3;
const longestWait = 60_000;
/** Members of one group: more than any municipality has, and a bound for a server that never ends its list. */
const mostPages = 60;
/** A page of 999 people takes about 400 KB. */
const mostBytes = 4 * 1024 * 1024;
const transient = [408, 429, 500, 502, 503, 504];
const fields = 'id,displayName,businessPhones,mobilePhone,preferredLanguage,userType,accountEnabled';

/**
 * A user as Graph shows them. Without the right to read users it shows ids alone, all else `null`: that is no answer,
 * for whose account is closed could not be told.
 */
const user = z.object({
  id: z.guid().transform(personId),
  displayName: z.string().trim().min(1).max(256),
  businessPhones: z.array(z.string().max(64)).max(50).nullish(),
  mobilePhone: z.string().max(64).nullish(),
  preferredLanguage: z.string().max(64).nullish(),
  userType: z.string().nullish(),
  accountEnabled: z.boolean(),
});
const page = z.object({ value: z.array(user).max(999), '@odata.nextLink': z.string().max(8_000).optional() });
const memberOf = z.object({ value: z.array(z.guid()).max(20) });

export function createGraph({
  token,
  url = 'https://graph.microsoft.com',
  guests,
  limit = 3_000,
  pause = (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
}: GraphOptions): Graph {
  const root = `${url}/v1.0`;
  const client = Client.initWithMiddleware({
    baseUrl: `${url}/`,
    defaultVersion: 'v1.0',
    middleware: {
      async execute(context) {
        const { request, options } = context;
        if (typeof request !== 'string' || !request.startsWith(`${root}/`)) {
          throw new GraphError('led to another address');
        }
        const authorization = `Bearer ${await token()}`;
        const headers = { ...(options?.headers as Record<string, string>), authorization };
        context.response = await fetch(request, { ...options, headers, redirect: 'error' });
      },
    },
  });

  const foundOf = (read: z.infer<typeof user>): Found => ({
    id: read.id,
    name: read.displayName,
    // A page is an SMS or a call that must wake someone: the phone in the pocket first.
    number: read.mobilePhone?.trim() || read.businessPhones?.find((one) => one.trim())?.trim() || undefined,
    locale: localeOf(read.preferredLanguage),
    active: read.accountEnabled && (guests || read.userType?.toLowerCase() !== 'guest'),
  });

  /** One try. @returns `undefined` for a thing that is not there */
  async function once<T>(path: string, schema: z.ZodType<T>, body?: object): Promise<T | undefined> {
    const asked = async (signal: AbortSignal): Promise<T | undefined> => {
      const request = client
        .api(path)
        .header('ConsistencyLevel', 'eventual')
        .option('signal', signal)
        .responseType(ResponseType.RAW);
      const answer: unknown = await (body ? request.post(body) : request.get());
      if (!(answer instanceof Response)) throw new GraphError('no answer');
      if (!answer.ok) {
        await answer.body?.cancel();
        if (answer.status === 404) return undefined;
        throw refusal(answer);
      }
      const parsed = schema.safeParse(await jsonOf(answer));
      if (!parsed.success) throw new GraphError('not of the shape that was asked for');
      return parsed.data;
    };
    try {
      return await within(limit, asked);
    } catch (error) {
      throw error instanceof GraphError ? error : new GraphError('no answer');
    }
  }

  /** Until it is answered, as long as it makes sense to ask again. */
  async function patiently<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        return await once(path, schema);
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        const { status, after = tries * 1_000 } = error;
        const again = status === undefined || transient.includes(status);
        if (!again || tries === mostTries || after > longestWait) throw error;
        await pause(after);
      }
    }
  }

  /** The path of a next page: only of Graph itself, for the token goes with it. */
  function nextOf(link: string): string {
    if (!link.startsWith(`${root}/`)) throw new GraphError('the next page is somewhere else');
    return link.slice(root.length);
  }

  return {
    async members(group) {
      const found = new Map<PersonId, Found>();
      const first = `/groups/${group}/transitiveMembers/microsoft.graph.user`;
      let path: string | undefined = `${first}?$count=true&$select=${fields}&$top=999`;
      for (let pages = 0; path; pages++) {
        if (pages === mostPages) throw new GraphError('a list without end');
        const read: z.infer<typeof page> | undefined = await patiently(path, page);
        if (!read) throw new GraphError('no such group', { status: 404 });
        for (const one of read.value) found.set(one.id, foundOf(one));
        const next: string | undefined = read['@odata.nextLink'];
        path = next && nextOf(next);
      }
      return [...found.values()];
    },
    async person(id, groups) {
      const [read, within] = await Promise.all([
        once(`/users/${id}?$select=${fields}`, user),
        once(`/users/${id}/checkMemberGroups`, memberOf, { groupIds: groups }),
      ]);
      if (!read || !within) return undefined;
      if (read.id !== id) throw new GraphError('an answer about somebody else');
      return { found: foundOf(read), groups: groups.filter((group) => within.value.includes(group)) };
    },
  };
}

function localeOf(language: string | null | undefined): Found['locale'] {
  if (language?.toLowerCase().startsWith('sv')) return 'sv';
  return language?.toLowerCase().startsWith('en') ? 'en' : undefined;
}

function refusal({ status, headers }: Response): GraphError {
  const seconds = Number(headers.get('retry-after'));
  return new GraphError(`status ${status}`, { status, ...(seconds > 0 && { after: seconds * 1_000 }) });
}

/** `undefined`, which no schema takes, for what is not JSON. */
async function jsonOf(answer: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new GraphError('an answer without end');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
