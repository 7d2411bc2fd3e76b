import { jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildExample, copyExample } from '../support/buildExample.ts';
import { headlessShellPath } from '../support/chromium.ts';
import { freePorts } from '../support/desk.ts';
import { installPackages, type Installation } from '../support/installPackages.ts';
import { runNode, startNode } from '../support/nodeProcess.ts';

jest.setTimeout(180_000);

const repository = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const { NODE_OPTIONS: _ofJest, ...inherited } = process.env;
const environment = { ...inherited, CHROMIUM_PATH: headlessShellPath() };

let installed: Installation;
let app: string;
beforeAll(async () => {
  installed = await installPackages('salesforce-interop-client', 'salesforce-interop', 'salesforce-interop-testkit');
  // Testers bring their own browser driver.
  await symlink(
    path.join(repository, 'node_modules/playwright-core'),
    path.join(installed.folder, 'node_modules/playwright-core'),
    'junction',
  );
  app = await copyExample('07-testing-an-app', installed.folder);
  await buildExample(app);
}, 300_000);
afterAll(() => installed?.remove());

/** What a tester writes: no test runner, the installed packages, an app of their own. */
const script = `
import { chromium } from 'playwright-core';
import { signIn, startDesk } from 'salesforce-interop-testkit';

const desk = await startDesk({ apps: [{ appId: 'call-list', title: 'Call list', folder: 'dist', usesSalesforce: true }], org: { contacts: 20 } });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(desk.url);
await signIn(page);
const app = page.frameLocator('iframe[title="Call list"]');
await app.getByRole('button', { name: 'Show' }).click();
await app.getByText('5 to call').waitFor();
const people = await app.getByRole('listitem').allTextContents();
await browser.close();
await desk.stop();
console.log(JSON.stringify({ people, addresses: [...Object.values(desk.origins), desk.org.url] }));
`;

it('a script of a tester starts a desk, signs in, reads with an app of its own, and leaves nothing behind', async () => {
  await writeFile(path.join(app, 'try.mjs'), script);
  // It ends by itself: nothing keeps the process.
  const { stdout } = await run(process.execPath, ['try.mjs'], { cwd: app, env: environment });
  const { people, addresses } = JSON.parse(stdout) as { people: string[]; addresses: string[] };
  expect(people).toHaveLength(5);
  expect(people[0]).toMatch(/^\S+ \S+.*: \S+/);
  expect(addresses).toHaveLength(8);
  for (const address of addresses) await expect(fetch(address)).rejects.toThrow();
});

it('the example tests its app with the packages alone', async () => {
  const { stdout } = await runNode(['--test', '--test-reporter=tap', 'test/callList.test.js'], {
    folder: app,
    environment: { CHROMIUM_PATH: headlessShellPath() },
  });
  expect(stdout).toMatch(/^# pass 4$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
});

it('the stand-in for the container gives a real page its fin', async () => {
  await writeFile(
    path.join(app, 'container.mjs'),
    `
    import { chromium } from 'playwright-core';
    import { createContainerRuntime, startDesk } from 'salesforce-interop-testkit';
    const desk = await startDesk({ samples: false, org: { contacts: 5 } });
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] });
    const runtime = await createContainerRuntime(browser);
    const window = await runtime.launch({ manifest: { name: 'mine' }, uuid: 'mine', url: desk.url, autoShow: true });
    console.log(JSON.stringify(await window.page.evaluate(async () => ({ identity: fin.me.identity, manifest: await fin.Application.getCurrentSync().getManifest() }))));
    await runtime.close();
    await browser.close();
    await desk.stop();
  `,
  );
  const { stdout } = await run(process.execPath, ['container.mjs'], { cwd: app, env: environment });
  expect(JSON.parse(stdout)).toEqual({ identity: { uuid: 'mine', name: 'mine' }, manifest: { name: 'mine' } });
});

describe.each([
  ['salesforce-interop', 'node_modules/salesforce-interop/bin.js'],
  ['salesforce-interop-testkit', 'node_modules/salesforce-interop-testkit/bin.js'],
])('the command %s', (_name, program) => {
  it('tells how org and desk are used', async () => {
    for (const [command, flag] of [
      ['org', '--allow-origin'],
      ['desk', '--app'],
    ] as const) {
      const { stdout, stderr } = await run(process.execPath, [program, command, '--help'], {
        cwd: installed.folder,
        env: environment,
      });
      expect([stdout, stderr]).toEqual([expect.stringContaining(flag), '']);
    }
  });

  it('runs a desk until it is told to end', async () => {
    const port = await freePorts(8);
    const desk = startNode([program, 'desk'], {
      folder: installed.folder,
      environment: { CHROMIUM_PATH: headlessShellPath(), PORT: String(port) },
    });
    const ready = new Promise<void>((resolve) => desk.onLine((line) => line.startsWith('Ready: ') && resolve()));
    await Promise.race([ready, desk.exited.then(() => Promise.reject(new Error(desk.output.stderr)))]);
    expect((await fetch(`http://localhost:${port}/config.json`)).status).toBe(200);
    expect((await fetch(`http://localhost:${port + 1}/services/data`)).status).toBe(200);
    expect(await desk.end()).toBe(0);
    await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow();
  });
});
