/** A stand-in for Microsoft Graph v1.0: users, security groups, their members in pages, and all that goes wrong with it. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GraphUser {
  id: string;
  displayName: string | null;
  businessPhones?: string[] | null;
  mobilePhone?: string | null;
  preferredLanguage?: string | null;
  userType?: string | null;
  accountEnabled?: boolean | null;
}

/** What goes wrong with one request: an answer, a line that is cut, or one that hangs before it or in the middle of it. */
export type GraphFault =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'cut'
  | 'hang'
  | 'hangHalfway';

export interface FakeGraph {
  url: string;
  token: string;
  users: Map<string, GraphUser>;
  /** Ids of the users and groups that are in a group. */
  groups: Map<string, Set<string>>;
  /** Everything that was asked, as method and path with query. */
  asked: string[];
  /** Asked for every request; nothing goes wrong when it has nothing to say. */
  fault: ((request: { method: string; path: string; nth: number }) => GraphFault | undefined) | undefined;
  /** Changes a page before it is sent. */
  lie: ((page: GraphPage) => object) | undefined;
  stop(): Promise<void>;
}

interface GraphPage {
  '@odata.context': string;
  '@odata.count'?: number;
  '@odata.nextLink'?: string;
  value: object[];
}

export async function startGraph(): Promise<FakeGraph> {
  const users: FakeGraph['users'] = new Map();
  const groups: FakeGraph['groups'] = new Map();
  const asked: string[] = [];

  function membersOf(group: string, seen = new Set<string>()): GraphUser[] {
    if (seen.has(group)) return [];
    seen.add(group);
    const found = new Map<string, GraphUser>();
    for (const id of groups.get(group) ?? []) {
      const user = users.get(id);
      if (user) found.set(id, user);
      else for (const one of membersOf(id, seen)) found.set(one.id, one);
    }
    return [...found.values()];
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers } = request;
      const address = new URL(request.url ?? '', graph.url);
      const path = address.pathname + decodeURIComponent(address.search);
      asked.push(`${method} ${path}`);
      const fault = graph.fault?.({ method, path, nth: asked.length });
      if (fault) return void fail(response, fault);
      if (headers.authorization !== `Bearer ${graph.token}`)
        return void refuse(response, 401, 'InvalidAuthenticationToken');
      const [, version, kind, id = '', what, cast] = address.pathname.split('/');
      if (version !== 'v1.0') return void refuse(response, 400, 'BadRequest');
      if (kind === 'groups' && what === 'transitiveMembers' && cast === 'microsoft.graph.user') {
        return void sendMembers(response, id, address, headers.consistencylevel === 'eventual');
      }
      const user = users.get(id);
      if (kind !== 'users' || !user) return void refuse(response, 404, 'Request_ResourceNotFound');
      if (what === 'checkMemberGroups' && method === 'POST') {
        const { groupIds }: { groupIds: string[] } = JSON.parse(Buffer.concat(chunks).toString());
        if (groupIds.length > 20) return void refuse(response, 400, 'Request_BadRequest');
        const within = groupIds.filter((group) => membersOf(group).some((one) => one.id === id));
        return void send(response, { '@odata.context': `${graph.url}/v1.0/$metadata`, value: within });
      }
      return void send(response, selected(user, address));
    });
  });

  /** An advanced query: both the header and `$count=true`, or it is refused, as Graph does. */
  function sendMembers(response: ServerResponse, id: string, address: URL, eventual: boolean): void {
    const { searchParams } = address;
    if (!eventual || searchParams.get('$count') !== 'true')
      return void refuse(response, 400, 'Request_UnsupportedQuery');
    const size = Number(searchParams.get('$top') ?? 100);
    if (size > 999) return void refuse(response, 400, 'Request_BadRequest');
    if (!groups.has(id)) return void refuse(response, 404, 'Request_ResourceNotFound');
    const all = membersOf(id);
    const from = Number(searchParams.get('$skiptoken') ?? 0);
    const next = new URL(address);
    next.searchParams.set('$skiptoken', String(from + size));
    const page: GraphPage = {
      '@odata.context': `${graph.url}/v1.0/$metadata#users`,
      ...(from === 0 && { '@odata.count': all.length }),
      ...(from + size < all.length && { '@odata.nextLink': next.href }),
      value: all.slice(from, from + size).map((user) => selected(user, address)),
    };
    return void send(response, graph.lie?.(page) ?? page);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const graph: FakeGraph = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'local',
    users,
    groups,
    asked,
    fault: undefined,
    lie: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return graph;
}

/** Only what was asked for. */
function selected(user: GraphUser, { searchParams }: URL): object {
  const fields = searchParams.get('$select')?.split(',') ?? ['id', 'displayName', 'mobilePhone'];
  const whole: Record<string, unknown> = {
    businessPhones: [],
    accountEnabled: true,
    userType: 'Member',
    ...user,
  };
  return Object.fromEntries(fields.map((field) => [field, whole[field] ?? null]));
}

function send(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json;odata.metadata=minimal' });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const error = { code, message: 'Refused.', innerError: { 'request-id': 'none' } };
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error }));
}

function fail(response: ServerResponse, fault: GraphFault): void {
  if (fault === 'cut') response.destroy();
  else if (fault === 'hangHalfway') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"value":[');
  } else if (fault !== 'hang') {
    response.writeHead(fault.status, fault.headers);
    response.end(fault.body ?? '{}');
  }
}
