/** This client with a provider of each earlier minor version that is kept in `test/fixtures/protocol`. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { channelName, protocolVersion } from '../../src/channel/channelVersion.ts';
import { success, type Outcome } from '../../src/outcomes/failure.ts';
import {
  ApiRequestError,
  configure,
  connect,
  getConnection,
  onStateChange,
  type SalesforceStateEvent,
} from '../../src/client/index.ts';
import { z } from '../../src/zod.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
interface KeptProtocol {
  protocol: { major: number; minor: number };
  /** Of each action: what a client may send, and what it was answered, without a member that came later. */
  requests: Record<string, JsonSchema>;
  replies: Record<string, JsonSchema>;
}

const folder = path.resolve(import.meta.dirname, '../fixtures/protocol');
const kept = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as KeptProtocol,
);

/** Answers by the schemas of its version, and knows no other action. */
async function startOldProvider(bus: ChannelBus, { protocol, requests, replies }: KeptProtocol) {
  const channel = await bus
    .runtime({ uuid: 'provider', name: 'provider' })
    .InterApplicationBus.Channel.create(channelName);
  const session = {
    sessionId: 'session-1',
    orgUrl: 'https://acme.my.salesforce.com',
    consumerKey: 'key',
    scopes: ['api'],
    currentUser: { Id: '005xx0000012345AAA', Name: 'John Doe' },
  };
  const states = [
    { state: 'signedIn', sessionId: 'session-1', orgUrl: session.orgUrl, consumerKey: 'key', userName: 'John Doe' },
  ];
  const answers: Record<string, (request: Record<string, unknown>) => Outcome<unknown>> = {
    hello: () => success({ protocol, identification: { kind: 'runtime' } }),
    connect: () => success(session),
    getConnection: () => success(session),
    execute: ({ endpoint }) =>
      endpoint === '/nothing'
        ? { ok: false, error: { code: 'REQUEST_FAILED', name: 'ApiRequestError', message: 'Not found.', status: 404 } }
        : success({ status: 200, type: 'application/json', body: { kind: 'json', value: { records: [] } } }),
    states: () => success(states),
  };
  const asked: string[] = [];
  for (const [action, schema] of Object.entries(requests)) {
    channel.register(action, (payload) => {
      asked.push(action);
      const request = z.fromJSONSchema(schema).parse(payload) as Record<string, unknown>;
      const outcome = answers[action]?.(request) ?? success(null);
      if (outcome.ok) z.fromJSONSchema(replies[action]!).parse(outcome.data);
      return outcome;
    });
  }
  return { asked, tell: (event: object) => Promise.allSettled(channel.publish('state', event)) };
}

it('keeps the protocol of the last minor version', () => {
  const { major, minor } = protocolVersion;
  expect(kept.map(({ protocol }) => protocol)).toContainEqual({ major, minor: minor - 1 });
});

it.each(kept.map((one) => [`${one.protocol.major}.${one.protocol.minor}`, one] as const))(
  'connects, reads, fails and signs out with a provider of %s',
  async (_version, protocol) => {
    const bus = new ChannelBus();
    configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
    const provider = await startOldProvider(bus, protocol);
    const seen: SalesforceStateEvent[] = [];
    const salesforce = await connect();
    const stop = onStateChange((event) => seen.push(event));
    expect((await getConnection())?.currentUser.Name).toBe('John Doe');
    expect(
      await salesforce.executeApiRequest('/services/data/vXX.X/limits', 'POST', { a: 1 }, { 'If-Match': 'x' }),
    ).toMatchObject({ status: 200, data: { records: [] } });
    const error: unknown = await salesforce.executeApiRequest('/nothing').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiRequestError);
    expect(error).toMatchObject({ status: 404 });
    await provider.tell({
      state: 'signedOut',
      sessionId: 'session-1',
      orgUrl: 'https://acme.my.salesforce.com',
      consumerKey: 'key',
    });
    expect(seen.map(({ state }) => state)).toEqual(['signedIn', 'signedOut']);
    stop();
    await salesforce.disconnect();
    expect(new Set(provider.asked)).toEqual(
      new Set(['hello', 'connect', 'getConnection', 'states', 'execute', 'disconnect']),
    );
  },
);
