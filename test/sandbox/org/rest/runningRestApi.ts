import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createOrgDatabase, type SeededOrgDatabase } from '../../../../sandbox/org/database/createOrgDatabase.ts';
import type { OrgUser } from '../../../../sandbox/org/database/orgUser.ts';
import { createRestApi, type RestApiOptions } from '../../../../sandbox/org/rest/createRestApi.ts';
import { demoUsers } from '../../../../sandbox/org/seed/demoUsers.ts';

export const organizationId = '00DNB0000000001EAA';
export const administratorToken = '00DNB0000000001!administrator';
export const bankerToken = '00DNB0000000001!banker';

/** A REST API on 127.0.0.1 with a seeded org of its own, and a clock that tests move. */
export interface RunningRestApi {
  url: string;
  database: SeededOrgDatabase;
  administrator: OrgUser;
  banker: OrgUser;
  unexpected: unknown[];
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

export async function startRestApi(options: Partial<RestApiOptions> = {}): Promise<RunningRestApi> {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const database = await createOrgDatabase({ size: { contacts: 300 }, now });
  const administrator = findUser(database, 'administrator');
  const banker = findUser(database, 'banker');
  const unexpected: unknown[] = [];
  const app = new Koa();
  app.use(
    createRestApi({
      database,
      organizationId,
      dailyApiRequests: 15_000,
      publicUrl: (ctx) => `http://${ctx.host}`,
      findTokenGrant: async (token) => {
        if (token === administratorToken) return { user: administrator, clientId: 'test', scopes: ['api'] };
        if (token === bankerToken) return { user: banker, clientId: 'test', scopes: ['api'] };
        if (token === 'identity-only') return { user: banker, clientId: 'test', scopes: ['openid'] };
        return undefined;
      },
      onUnexpectedError: (error) => unexpected.push(error),
      ...options,
    }),
  );
  const server = createServer(app.callback());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    database,
    administrator,
    banker,
    unexpected,
    advance: (milliseconds) => (ahead += milliseconds),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Calls the API as the administrator unless `headers` say otherwise; a body is sent as JSON. */
export async function call(
  api: RunningRestApi,
  path: string,
  { method = 'GET', body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Headers; text: string; body: unknown }> {
  const response = await fetch(`${api.url}/services/data${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${administratorToken}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const value: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, body: value };
}

function findUser(database: SeededOrgDatabase, profile: 'administrator' | 'banker'): OrgUser {
  const { username } = demoUsers.find((user) => user.profile === profile && !user.locked) ?? { username: '' };
  const everybody = { user: { id: '005000000000000AAA', username: 'setup', seesAll: true }, apiVersion: '66.0' };
  const [row] = database.query(`SELECT Id FROM User WHERE Username = '${username}'`, everybody).records;
  return { id: String(row?.['Id']), username, seesAll: profile === 'administrator' };
}
