import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confidentialApp } from '../../../sandbox/org/oauth/defaultClients.ts';
import { channelName } from '../../../src/channel/channelVersion.ts';
import { copyExample } from '../../support/buildExample.ts';
import { DesktopRuntime } from '../../support/desktopRuntime.ts';
import { installPackages, type Installation } from '../../support/installPackages.ts';
import { startNode, type NodeProcess } from '../../support/nodeProcess.ts';
import { startTestOrg, type TestOrg } from '../../support/org.ts';
import { newServerKey, setUpApp } from '../../support/serverFlows.ts';
import { until } from '../../support/until.ts';

const { consumerKey, secret } = confidentialApp;

let installed: Installation;
let app: string;
let org: TestOrg;
let runtime: DesktopRuntime;
const running: NodeProcess[] = [];

/** Runs a script of Node.js in the example's folder. */
function start(args: string[], environment: Record<string, string> = {}): NodeProcess {
  const started = startNode(args, { folder: app, environment });
  running.push(started);
  return started;
}

beforeAll(async () => {
  installed = await installPackages('salesforce-interop', 'salesforce-interop-client');
  [app, org, runtime] = await Promise.all([
    copyExample('06-server-service', installed.folder),
    startTestOrg({ contacts: 50 }),
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
  for (const one of running) await one.signal('SIGKILL');
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
  await until(() => service.output.stdout !== '');
  expect(service.output.stdout).toMatch(/^\d+ stages written to pipeline\.json\n$/);
  const { stages } = JSON.parse(await readFile(path.join(app, 'pipeline.json'), 'utf8')) as {
    stages: { stage: string; deals: number; amount: number }[];
  };
  expect(stages.length).toBeGreaterThan(1);
  for (const stage of stages)
    expect(stage).toEqual({ stage: expect.any(String), deals: expect.any(Number), amount: expect.any(Number) });
  expect(runtime.connected).toContain('pipeline-report');

  expect(await service.end()).toBe(0);
  expect(await provider.end()).toBe(0);
  expect(provider.output.stdout).toContain('"app":"Pipeline report"');
  const said = [provider, service].map(({ output }) => output.stdout + output.stderr).join('');
  for (const { value } of await org.control.secrets()) expect(said).not.toContain(value);
});
