import { once } from 'node:events';
import { Agent, request as sendRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, inflateSync } from 'node:zlib';
import { startOrgProcess } from '../../../support/org.ts';
import { alex, defaultRedirectUri, morgan, requestToken } from '../../../support/orgBrowser.ts';
import { objects } from './names.ts';
import type { FuzzRequest } from './requests.ts';

/** What came back for a request. */
export interface FuzzAnswer {
  status: number;
  contentType: string;
  text: string;
}

export interface FuzzedOrg {
  /** Ids of rows that the org had at the start, some of each object. */
  ids: readonly string[];
  /** @throws Error when the org does not answer at all, or not within a minute. */
  send(request: FuzzRequest): Promise<FuzzAnswer>;
  /** What the org has said of its own faults. */
  complaints(): string;
  stop(): Promise<void>;
}

/** Only to find out that an answer never comes; no promise about speed. */
const LONGEST_MS = 60_000;
const ROWS_PER_OBJECT = 6;

/** The real org as a process of its own, asked over kept connections by an administrator and a banker. */
export async function startFuzzedOrg(): Promise<FuzzedOrg> {
  const apps = { administrator: morgan, banker: alex } as const;
  const org = await startOrgProcess({
    contacts: 50,
    clients: Object.entries(apps).map(([key, { username }]) => ({
      consumerKey: key,
      secret: key,
      redirectUris: [defaultRedirectUri],
      clientCredentialsUser: username,
    })),
    allowedOrigins: ['https://app.example'],
    dailyApiRequests: 1_000_000_000,
  });
  const authorizationOf = async (key: string): Promise<string> => {
    const { body } = await requestToken(org.url, {
      grant_type: 'client_credentials',
      client_id: key,
      client_secret: key,
    });
    return `Bearer ${String(body['access_token'])}`;
  };
  const authorizations = {
    administrator: await authorizationOf('administrator'),
    banker: await authorizationOf('banker'),
  };
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });

  async function send(request: FuzzRequest, isAgain = false): Promise<FuzzAnswer> {
    const { asker, method, target, headers, body: sent } = request;
    const length = sent && { 'Content-Length': sent.length };
    const outgoing = sendRequest({
      agent,
      host: '127.0.0.1',
      port: org.port,
      method,
      path: target,
      timeout: LONGEST_MS,
      headers: { Host: `localhost:${org.port}`, Authorization: authorizations[asker], ...headers, ...length },
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error(`No answer within ${LONGEST_MS} ms`)));
    outgoing.end(sent);
    const incoming = await once(outgoing, 'response').then(
      ([response]) => response as IncomingMessage,
      (error: unknown) => {
        // The org closes a connection that was idle for long, perhaps just as it is used again.
        if (outgoing.reusedSocket && !isAgain) return undefined;
        throw error;
      },
    );
    if (!incoming) return send(request, true);
    const bytes = await buffer(incoming);
    return {
      status: incoming.statusCode ?? 0,
      contentType: incoming.headers['content-type'] ?? '',
      text: decoded(bytes, incoming.headers['content-encoding']),
    };
  }

  const ids: string[] = [];
  for (const { name } of objects) {
    const target = `/services/data/v66.0/query?q=${encodeURIComponent(`SELECT Id FROM ${name} LIMIT ${ROWS_PER_OBJECT}`)}`;
    const { text } = await send({ asker: 'administrator', method: 'GET', target, headers: {}, body: undefined });
    ids.push(...(JSON.parse(text) as { records: { Id: string }[] }).records.map(({ Id }) => Id));
  }
  return {
    ids,
    send: (request) => send(request),
    complaints: org.complaints,
    async stop() {
      agent.destroy();
      await org.stop();
    },
  };
}

function decoded(bytes: Buffer, encoding: string | undefined): string {
  if (bytes.length === 0 || encoding === undefined) return bytes.toString('utf8');
  return (encoding === 'gzip' ? gunzipSync(bytes) : inflateSync(bytes)).toString('utf8');
}
