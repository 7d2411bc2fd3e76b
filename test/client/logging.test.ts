import { jest } from '@jest/globals';
import { failure } from '../../src/outcomes/failure.ts';
import { configure, connect, disableLogging, enableLogging } from '../../src/client/index.ts';
import { clientVersion } from '../../src/client/version.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { startProvider } from './scriptedProvider.ts';

let lines: string[];

beforeEach(async () => {
  lines = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, level).mockImplementation((...parts: unknown[]) => {
      lines.push(parts.map(String).join(' '));
    });
  }
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  await startProvider(bus, {
    execute: () => failure('REQUEST_FAILED', 'secret-message', { status: 400, data: 'secret-data' }),
  });
});

afterEach(() => {
  disableLogging();
  jest.restoreAllMocks();
});

async function failingRequest(): Promise<void> {
  const connection = await connect('https://acme.my.salesforce.com', 'secret-key');
  await connection
    .executeApiRequest('/secret-path', 'POST', 'secret-body', { Authorization: 'secret-header' })
    .catch(() => undefined);
}

it('is silent until it is enabled, which it says with its version, and after it is disabled', async () => {
  await failingRequest();
  expect(lines).toEqual([]);
  enableLogging();
  disableLogging();
  await failingRequest();
  expect(lines).toEqual([`[salesforce-interop] v${clientVersion}`]);
});

it('names calls and the codes of failures, and nothing that is secret', async () => {
  enableLogging();
  await failingRequest();
  expect(lines).toContainEqual(expect.stringMatching(/^\[salesforce-interop\] execute \w+ failed: REQUEST_FAILED$/));
  expect(lines.join('\n')).not.toContain('secret');
});

/** Where `@openfin/salesforce` puts both functions, for a person at the console of a page. */
describe('fin.Integrations.Salesforce', () => {
  type Integrations = Record<string, { enableLogging(): void; disableLogging(): void }>;

  it('turns logging on and off from the console, beside other integrations', async () => {
    const bus = new ChannelBus();
    const other = { enableLogging: () => undefined, disableLogging: () => undefined };
    const fin: ReturnType<ChannelBus['runtime']> & { Integrations: Integrations } = {
      ...bus.runtime({ uuid: 'app', name: 'app' }),
      Integrations: { Other: other },
    };
    configure({ fin });
    expect(fin.Integrations).toEqual({
      Other: other,
      Salesforce: { enableLogging: expect.any(Function), disableLogging: expect.any(Function) },
    });
    await startProvider(bus);
    fin.Integrations.Salesforce!.enableLogging();
    await connect();
    expect(lines).toContainEqual(expect.stringMatching(/^\[salesforce-interop\] connect \w+ succeeded$/));
    fin.Integrations.Salesforce!.disableLogging();
    lines = [];
    await connect();
    expect(lines).toEqual([]);
  });

  it('is there once a page that gets its fin later connects', async () => {
    const bus = new ChannelBus();
    configure({});
    const fin: { Integrations?: Integrations } = bus.runtime({ uuid: 'app', name: 'app' }) as object;
    Object.assign(globalThis, { fin });
    try {
      await startProvider(bus);
      await connect();
      expect(fin.Integrations?.Salesforce?.enableLogging).toBe(enableLogging);
    } finally {
      Reflect.deleteProperty(globalThis, 'fin');
    }
  });

  it('may be missing on a runtime that lets nothing be added to it', async () => {
    const bus = new ChannelBus();
    configure({ fin: Object.freeze(bus.runtime({ uuid: 'app', name: 'app' })) });
    await startProvider(bus);
    await expect(connect()).resolves.toMatchObject({ consumerKey: 'key' });
  });
});
