import { jest } from '@jest/globals';
import { failure } from '../../src/channel/failure.ts';
import { configure, connect, disableLogging, enableLogging } from '../../src/client/index.ts';
import { ChannelBus } from './channelBus.ts';
import { startProvider } from './scriptedProvider.ts';

let lines: string[];

beforeEach(async () => {
  lines = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, level).mockImplementation((...parts: unknown[]) => { lines.push(parts.map(String).join(' ')); });
  }
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  await startProvider(bus, { execute: () => failure('REQUEST_FAILED', 'secret-message', { status: 400, data: 'secret-data' }) });
});

afterEach(() => {
  disableLogging();
  jest.restoreAllMocks();
});

async function failingRequest(): Promise<void> {
  const connection = await connect('https://acme.my.salesforce.com', 'secret-key');
  await connection.executeApiRequest('/secret-path', 'POST', 'secret-body', { Authorization: 'secret-header' }).catch(() => undefined);
}

it('is silent until it is enabled, and after it is disabled', async () => {
  await failingRequest();
  enableLogging();
  disableLogging();
  await failingRequest();
  expect(lines).toEqual([]);
});

it('names calls and the codes of failures, and nothing that is secret', async () => {
  enableLogging();
  await failingRequest();
  expect(lines).toContainEqual(expect.stringMatching(/^\[salesforce-interop\] execute \w+ failed: REQUEST_FAILED$/));
  expect(lines.join('\n')).not.toContain('secret');
});
