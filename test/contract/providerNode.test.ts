import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { confidentialApp } from '../../sandbox/org/oauth/defaultClients.ts';
import { channelName } from '../../src/channel/channelVersion.ts';
import { configure, connect, type SalesforceConnection } from '../../src/client/index.ts';
import { connectRuntime } from '../../src/provider/hosts/node/runtimeConnection.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { bySystem } from '../support/bySystem.ts';
import { DesktopRuntime } from '../support/desktopRuntime.ts';
import { runNode, startNode, type NodeProcess } from '../support/nodeProcess.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { alex } from '../support/orgBrowser.ts';
import { newServerKey, setUpApp, type ServerKey } from '../support/serverFlows.ts';
import { until } from '../support/until.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const { consumerKey, secret } = confidentialApp;
const oneAccount = '/services/data/vXX.X/query?q=SELECT+Name+FROM+Account+LIMIT+1';

const program = ['scripts/command.mjs', 'provider'];
const start = (args: string[], environment: Record<string, string> = {}): NodeProcess =>
  startNode([...program, ...args], { environment });

/** Runs the command until it ends by itself. */
async function run(args: string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = await runNode([...program, ...args], { environment });
  return { status, stdout, sentences: stderr.split('\n').filter((line) => line !== '') };
}

describe('npm run provider:node', () => {
  let org: TestOrg;
  let key: ServerKey;
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  const started: NodeProcess[] = [];
  const runtimes: DesktopRuntime[] = [];

  async function write(name: string, content: string, mode = 0o600): Promise<string> {
    await writeFile(file(name), content);
    await chmod(file(name), mode);
    return file(name);
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'provider-node-'));
    key = await newServerKey();
    org = await startTestOrg({ contacts: 20 });
    await org.control.setApp(consumerKey, setUpApp(key));
    await write(
      'provider.json',
      JSON.stringify({
        orgs: [{ orgUrl: org.url, consumerKey, scopes: ['api'], dpop: 'off' }],
        extraOrgOrigins: [org.url],
        allowedApps: [{ name: 'Blotter', uuid: 'blotter' }],
      }),
      0o644,
    );
    await write('server.key', key.pem);
    await write('secret', `${secret}\n`);
  });
  afterEach(async () => {
    // The client of an app goes on looking for its provider; this one is done.
    configure({ fin: new ChannelBus().runtime({ uuid: 'nobody', name: 'nobody' }) });
    for (const process of started.splice(0)) await process.signal('SIGKILL');
    for (const runtime of runtimes.splice(0)) await runtime.stop();
  });
  afterAll(async () => {
    await org.stop();
    await rm(folder, { recursive: true });
  });

  const flows = {
    'jwt-bearer': () => [
      '--flow',
      'jwt-bearer',
      '--username',
      alex.username,
      '--private-key-file',
      file('server.key'),
      '--audience',
      'https://login.salesforce.com',
    ],
    'client-credentials': () => ['--flow', 'client-credentials', '--client-secret-file', file('secret')],
  };

  async function startRuntime(port = 0): Promise<DesktopRuntime> {
    const runtime = await DesktopRuntime.start(port);
    runtimes.push(runtime);
    return runtime;
  }

  function provide(port: number, flow: keyof typeof flows = 'jwt-bearer', more: string[] = []) {
    const provider = start(['--config', file('provider.json'), '--port', String(port), ...flows[flow](), ...more]);
    started.push(provider);
    return provider;
  }

  const newestAccessToken = async (): Promise<string> =>
    (await org.control.secrets()).filter(({ kind }) => /access/i.test(kind)).at(-1)!.value;
  /** What the org answers to a request with this access token. */
  const statusOf = async (accessToken: string): Promise<number> =>
    (await fetch(`${org.url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } }))
      .status;

  /** An app on the runtime, with the client that apps import. */
  async function app(runtime: DesktopRuntime): Promise<SalesforceConnection> {
    await until(() => runtime.channelNames.includes(channelName));
    const { channels } = await connectRuntime({ address: runtime.address }, 'blotter');
    configure({ fin: { InterApplicationBus: { Channel: channels } } as never });
    return connect();
  }

  it.each(Object.keys(flows) as (keyof typeof flows)[])(
    'serves an app by %s, tells nobody a secret, and revokes its session when it is told to end',
    async (flow) => {
      const runtime = await startRuntime();
      const provider = provide(runtime.port, flow);
      const salesforce = await app(runtime);
      expect(salesforce.currentUser).toMatchObject({ Username: alex.username });
      const { data } = await salesforce.executeApiRequest(oneAccount);
      expect(data).toMatchObject({ records: [{ Name: expect.any(String) }] });

      const accessToken = await newestAccessToken();
      expect(await statusOf(accessToken)).toBe(200);
      expect(await provider.end()).toBe(0);
      expect(await statusOf(accessToken)).toBe(403);
      expect(runtime.connected).toEqual(['blotter']);
      expect(runtime.channelNames).toEqual([]);

      const audited = provider.output.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { app: string; action: string });
      expect(audited).toContainEqual(expect.objectContaining({ app: 'Blotter', action: 'GET', outcome: 'ok' }));
      const said = provider.output.stdout + provider.output.stderr;
      for (const { value } of await org.control.secrets()) expect(said).not.toContain(value);
      for (const value of [secret, ...key.pem.split('\n').filter((line) => line.length > 40)])
        expect(said).not.toContain(value);
    },
  );

  it('waits for a runtime, survives its restart, and serves the same app again', async () => {
    const runtime = await startRuntime();
    const { port } = runtime;
    await runtime.stop();
    const provider = provide(port);
    await until(() => provider.output.stderr.includes(`There is no HERE Core runtime at ws://localhost:${port}`));
    const first = await startRuntime(port);
    await (await app(first)).executeApiRequest(oneAccount);
    configure({ fin: new ChannelBus().runtime({ uuid: 'nobody', name: 'nobody' }) });
    await first.stop();
    await until(() => provider.output.stderr.includes('has gone'));
    const second = await startRuntime(port);
    expect(await (await app(second)).executeApiRequest(oneAccount)).toMatchObject({ status: 200 });
    expect(await provider.end()).toBe(0);
  });

  /** A provider whose runtime is not there. */
  async function waiting(more: string[] = []): Promise<NodeProcess> {
    const runtime = await startRuntime();
    await runtime.stop();
    const provider = provide(runtime.port, 'jwt-bearer', more);
    await until(() => provider.output.stderr.includes('There is no HERE Core runtime'));
    return provider;
  }

  it('ends in good order while it waits for a runtime, when whoever has started it lets go of it', async () => {
    expect(await (await waiting()).end()).toBe(0);
  });

  // What ends it on Windows, the tests above use on every system.
  bySystem('on Windows, which has no permission bits, and no signals that a process can answer', {
    posix() {
      it.each(['SIGTERM', 'SIGINT'] as const)('revokes its session and ends on %s', async (signal) => {
        const runtime = await startRuntime();
        const provider = provide(runtime.port);
        await (await app(runtime)).executeApiRequest(oneAccount);
        const accessToken = await newestAccessToken();
        expect(await provider.signal(signal)).toBe(0);
        expect(await statusOf(accessToken)).toBe(403);
      });

      it.each<[string, number, string[]]>([
        ['a key that its group may read', 0o640, ['jwt-bearer', '--username', 'u', '--private-key-file']],
        ['a secret that others may read', 0o604, ['client-credentials', '--client-secret-file']],
      ])('refuses %s with one sentence', async (_what, mode, flow) => {
        const open = await write('open', 'hush-hush', mode);
        const refused = await run(['--config', file('provider.json'), '--flow', ...flow, open]);
        const sentence = expect.stringContaining(`run chmod 600 ${open}`);
        expect(refused).toEqual({ status: 1, stdout: '', sentences: [sentence] });
      });

      // On Windows the adapter starts a program that no script can stand in for; see `runtimeEnvironment.test.ts`.
      it('starts the runtime of a manifest, which finds no secret in its environment', async () => {
        const version = '40.104.100.1';
        const runtime = await startRuntime();
        const home = file('home');
        const executable =
          process.platform === 'darwin'
            ? path.join(home, 'Applications/OpenFinRVM.app/Contents/MacOS/OpenFinRVM')
            : path.join(home, 'OpenFin/Runtime', version, 'openfin');
        await mkdir(path.dirname(executable), { recursive: true });
        const standIn = [
          process.execPath,
          path.join(repository, 'test/support/startedRuntime.mjs'),
          file('inherited.json'),
          runtime.port,
          version,
        ];
        await writeFile(executable, `#!/bin/sh\nexec ${standIn.map((word) => `'${word}'`).join(' ')} "$@"\n`, {
          mode: 0o700,
        });
        const manifests = createServer(
          (_request, response) => void response.end(JSON.stringify({ runtime: { version } })),
        );
        await new Promise<void>((resolve) => void manifests.listen(0, '127.0.0.1', resolve));
        try {
          const manifest = `http://127.0.0.1:${(manifests.address() as AddressInfo).port}/app.json`;
          const provider = start(
            ['--config', file('provider.json'), '--manifest', manifest, '--flow', 'client-credentials'],
            { HOME: home, SALESFORCE_CLIENT_SECRET: secret, VAULT_TOKEN: 'hush-hush', LANG: 'C.UTF-8' },
          );
          started.push(provider);
          expect(await (await app(runtime)).executeApiRequest(oneAccount)).toMatchObject({ status: 200 });
          const environment = JSON.parse(await readFile(file('inherited.json'), 'utf8')) as Record<string, string>;
          expect(environment).toMatchObject({ HOME: home, LANG: 'C.UTF-8' });
          expect(Object.keys(environment)).not.toEqual(
            expect.arrayContaining([expect.stringMatching(/SALESFORCE|VAULT/)]),
          );
          expect(Object.values(environment).join()).not.toMatch(new RegExp(`hush-hush|${secret}`));
          expect(await provider.end()).toBe(0);
        } finally {
          manifests.close();
        }
      });
    },
    windows() {
      it('leaves it to the access list of a key who may read it', async () => {
        const provider = await waiting(['--private-key-file', await write('others.key', key.pem, 0o644)]);
        expect(await provider.end()).toBe(0);
      });
    },
  });

  it('explains itself', async () => {
    const { status, stdout, sentences } = await run(['--help']);
    expect({ status, sentences }).toEqual({ status: 0, sentences: [] });
    for (const word of [
      '--config',
      '--flow jwt-bearer',
      '--flow client-credentials',
      '--username',
      'SALESFORCE_PRIVATE_KEY_FILE',
      'SALESFORCE_CLIENT_SECRET',
      '--port',
      'chmod 600',
      'Exit codes',
      'Examples',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it.each<[string, number, () => Promise<string[]>, RegExp, Record<string, string>]>([
    ['nothing said', 2, async () => [], /--config FILE/, {}],
    [
      'a secret as a flag',
      2,
      async () => ['--config', file('provider.json'), '--flow', 'client-credentials', '--client-secret', 'hush-hush'],
      /No key, secret or password is taken as a flag/,
      {},
    ],
    [
      'a secret in the configuration',
      1,
      async () => [
        '--config',
        await write('secret.json', '{"orgs":[{"clientSecret":"hush-hush"}]}'),
        '--flow',
        'client-credentials',
      ],
      /holds a secret at orgs\.0\.clientSecret/,
      { SALESFORCE_CLIENT_SECRET: 'hush-hush' },
    ],
    [
      'no secret',
      2,
      async () => ['--config', file('provider.json'), '--flow', 'client-credentials'],
      /needs the secret of the app/,
      {},
    ],
    [
      'the flow of a password',
      2,
      async () => ['--config', file('provider.json'), '--flow', 'password'],
      /username-password flow .* use --flow jwt-bearer/,
      {},
    ],
    [
      'the implicit flow',
      2,
      async () => ['--config', file('provider.json'), '--flow', 'implicit'],
      /implicit .* use --flow jwt-bearer/,
      {},
    ],
    [
      'client credentials at a shared login host',
      1,
      async () => [
        '--config',
        await write(
          'shared.json',
          '{"orgs":[{"orgUrl":"https://login.salesforce.com","consumerKey":"k"}],"allowedApps":[]}',
        ),
        '--flow',
        'client-credentials',
      ],
      /takes no client credentials: .* My Domain/,
      { SALESFORCE_CLIENT_SECRET: 'hush-hush' },
    ],
  ])('refuses %s with one sentence', async (_what, code, args, sentence, environment) => {
    const { status, stdout, sentences } = await run(await args(), environment);
    expect({ status, stdout, sentences }).toEqual({
      status: code,
      stdout: '',
      sentences: [expect.stringMatching(sentence)],
    });
    expect(sentences.join('')).not.toContain('hush-hush');
  });
});
