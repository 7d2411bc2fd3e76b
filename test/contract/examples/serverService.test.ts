import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confidentialApp } from '../../../sandbox/org/oauth/defaultClients.ts';
import { channelName } from '../../../src/channel/channelVersion.ts';
import { copyExample } from '../../support/buildExample.ts';
import { DesktopRuntime } from '../../support/desktopRuntime.ts';
import { installPackages, type Installation } from '../../support/installPackages.ts';
import { startOrgProcess, type OrgProcess } from '../../support/org.ts';
import { newServerKey, setUpApp } from '../../support/serverFlows.ts';
import { until } from '../../support/until.ts';

const { NODE_OPTIONS: _ofJest, ...inherited } = process.env;
const { consumerKey, secret } = confidentialApp;

interface Running {
  output(): string;
  /** @returns the exit code. */
  stop(): Promise<number | null>;
}

let installed: Installation;
let app: string;
let org: OrgProcess;
let runtime: DesktopRuntime;
const running: Running[] = [];

/** Runs a script of Node.js in the example's folder. */
function start(args: string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, args, {
    cwd: app,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const started: Running = {
    output: () => output,
    stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      return exited;
    },
  };
  running.push(started);
  return started;
}

beforeAll(async () => {
  installed = await installPackages('salesforce-interop', 'salesforce-interop-client');
  [app, org, runtime] = await Promise.all([
    copyExample('06-server-service', installed.folder),
    startOrgProcess({ contacts: 50 }),
    DesktopRuntime.start(),
  ]);
  await org.control.setApp(consumerKey, setUpApp(await newServerKey()));
  await writeFile(path.join(app, 'secret'), `${secret}\n`, { mode: 0o600 });
  const file = path.join(app, 'provider.json');
  const configuration = JSON.parse(await readFile(file, 'utf8')) as { orgs: [object] };
  await writeFile(
    file,
    JSON.stringify({
      ...configuration,
      orgs: [{ ...configuration.orgs[0], orgUrl: org.url, consumerKey, dpop: 'off' }],
      extraOrgOrigins: [org.url],
    }),
  );
}, 300_000);
afterAll(async () => {
  for (const one of running) await one.stop();
  await Promise.all([runtime?.stop(), org?.stop()]);
  await installed?.remove();
});

it('example 06, a service on the server host, writes its report with what the provider reads for it, and ends when it is told to', async () => {
  const { scripts } = JSON.parse(await readFile(path.join(app, 'package.json'), 'utf8')) as {
    scripts: { provider: string };
  };
  const provider = start([
    path.join(installed.folder, 'node_modules/salesforce-interop/bin.js'),
    ...scripts.provider.split(' ').slice(1),
    '--port',
    String(runtime.port),
  ]);
  await until(() => runtime.channelNames.includes(channelName));
  const service = start(['pipelineReport.js'], { RUNTIME_ADDRESS: runtime.address });
  await until(() => service.output() !== '');
  expect(service.output()).toMatch(/^\d+ stages written to pipeline\.json\n$/);
  const { stages } = JSON.parse(await readFile(path.join(app, 'pipeline.json'), 'utf8')) as {
    stages: { stage: string; deals: number; amount: number }[];
  };
  expect(stages.length).toBeGreaterThan(1);
  for (const stage of stages)
    expect(stage).toEqual({ stage: expect.any(String), deals: expect.any(Number), amount: expect.any(Number) });
  expect(runtime.connected).toContain('pipeline-report');

  expect(await service.stop()).toBe(0);
  expect(await provider.stop()).toBe(0);
  expect(provider.output()).toContain('"app":"Pipeline report"');
  for (const { value } of await org.control.secrets())
    expect(provider.output() + service.output()).not.toContain(value);
});
