import { jest } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import { signIn } from '../../../sandbox/testing/signIn.ts';
import type { DesktopConfiguration } from '../../../src/sites/desktopConfiguration.ts';
import { describeAppSite, describeSites } from '../../../src/sites/describeSites.ts';
import { headersOf } from '../../../src/sites/siteHeaders.ts';
import { readDesktopFile } from '../../../src/command/desktopFile.ts';
import { buildExample, copyExample } from '../../support/buildExample.ts';
import { launchChromium } from '../../support/chromium.ts';
import { freePorts } from '../../support/desk.ts';
import { installPackages, type Installation } from '../../support/installPackages.ts';
import { startTestOrg, type TestOrg } from '../../support/org.ts';
import { LeakWatch } from '../leaks/leakWatch.ts';
import { ask } from './ask.ts';
import { newerTarball } from './newerTarball.ts';
import { changeNumber } from './phoneBook.ts';
import { inFile, runCaddy, runNginx, writeCertificates, type RunningServer } from './servers.ts';

jest.setTimeout(180_000);

let installed: Installation;
let browser: Browser;
beforeAll(async () => {
  [installed, browser] = await Promise.all([
    installPackages('salesforce-interop', 'salesforce-interop-client'),
    launchChromium(),
  ]);
}, 300_000);
afterAll(() => Promise.all([browser?.close(), installed?.remove()]));

/** In the sample data of every embedded org, once. */
const contact = 'Andy Young';

interface Place {
  platform: string;
  provider: string;
  recordView: string;
  app: string;
}

/** What a platform team does on the way, and what it has then. */
async function takeIn(name: string, place: Place, org: TestOrg, ...flags: string[]) {
  const folder = path.join(installed.folder, name);
  const file = path.join(folder, 'salesforce-interop.jsonc');
  await installed.command(
    'init',
    folder,
    '--org',
    org.url,
    '--consumer-key',
    defaultConsumerKey,
    '--platform',
    place.platform,
    '--provider',
    place.provider,
    '--record-view',
    place.recordView,
    '--title',
    'Bank Desktop',
    '--app',
    `${place.app}/`,
  );
  // What is said of the app by hand, as its developer gave it to the team.
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace(/"title": "[^"]+",(\r?\n\s+"url")/, '"title": "Phone book",\n      "clearsAtSignOut": true,$1'),
  );
  await installed.command('check', file, '--offline');
  const sites = path.join(folder, 'sites');
  await installed.command('build', file, '--out', sites, ...flags);
  const desktop = await readDesktopFile(file);
  const joins = {
    brokerUrl: `${place.platform}/broker.html`,
    platformId: desktop.platform.id,
    providerOrigin: place.provider,
  };
  return {
    file,
    sites,
    desktop,
    phoneBook: await buildExample(await copyExample('01-plain-page', installed.folder), joins),
    buildAgain: () => installed.command('build', file, '--out', sites, ...flags),
  };
}

const startOrgFor = (provider: string) =>
  startTestOrg({ contacts: 50, allowedOrigins: [provider], redirectUris: [`${provider}/signed-in.html`] });

const appHeaders = (desktop: DesktopConfiguration): [string, string][] =>
  Object.entries(headersOf(describeAppSite(desktop, desktop.apps[0]!.appId).headers, '/'));

const answers = async ({ platform }: Place): Promise<boolean> =>
  (await ask(`${platform}/config.json`).catch(() => undefined))?.status === 200;

/** Every file and document is sent with exactly what the configuration makes of it, however its path is written. */
async function expectHeaders(desktop: DesktopConfiguration): Promise<void> {
  for (const site of describeSites(desktop)) {
    for (const [document, headers] of [
      ...Object.entries(site.headers.exactly),
      ['/', site.headers.otherwise] as const,
    ]) {
      const wanted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const answer = await ask(`${site.origin}${document}`);
      expect([site.name, document, answer]).toMatchObject([site.name, document, { status: 200, headers: wanted }]);
      for (const other of [
        `/${document}`,
        document.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
        document.toUpperCase(),
      ]) {
        const { status, headers: sent } = await ask(`${site.origin}${other}`);
        if (status === 200) expect([site.name, other, sent]).toMatchObject([site.name, other, wanted]);
      }
    }
    for (const document of Object.keys(site.documents))
      expect([document, (await ask(`${site.origin}${document}`)).headers['content-type']]).toEqual([
        document,
        expect.stringMatching(/^application\/json/),
      ]);
    for (const beginning of Object.keys(site.missing ?? {}))
      expect(await ask(`${site.origin}${beginning}nobody`)).toMatchObject({
        status: 404,
        headers: { 'content-type': expect.stringMatching(/^application\/json/) },
      });
    expect((await ask(`${site.origin}/nothing-here`)).status).toBe(404);
    expect((await ask(`${site.origin}/`, { method: 'POST' })).status).toBe(405);
  }
}

/**
 * Signs in, has the example read and write, and sees that no page has been stopped by a policy and no secret got out.
 */
async function useDesktop(
  context: BrowserContext,
  org: TestOrg,
  platform: string,
): Promise<{ page: Page; refusals: string[] }> {
  const watch = new LeakWatch(org.url);
  await watch.watch(context);
  const refusals: string[] = [];
  context.on(
    'console',
    (message) =>
      /Content Security Policy|TrustedHTML|TrustedScript/.test(message.text()) && refusals.push(message.text()),
  );
  const page = await context.newPage();
  await page.goto(`${platform}/`);
  await page.getByRole('heading', { name: 'Bank Desktop' }).waitFor();
  await page.frameLocator('iframe[title="Phone book"]').getByText('Ready').waitFor();
  await signIn(page);
  expect(await changeNumber(page, contact, '+49 69 100 200')).toBe('+49 69 100 200');
  await watch.inspect(context);
  expect(watch.leaks(await org.control.secrets())).toEqual([]);
  return { page, refusals };
}

describe('served by nginx over https', () => {
  let org: TestOrg;
  let server: RunningServer | undefined;
  afterEach(async () => {
    await server?.stop();
    await org?.stop();
  });

  it('a platform team installs, configures, builds and serves the desktop, signs in, and goes on with a newer build', async () => {
    const port = await freePorts(1);
    const hosts = { platform: 'desk', provider: 'crm', recordView: 'record', app: 'phone-book' };
    const place = Object.fromEntries(
      Object.entries(hosts).map(([part, host]) => [part, `https://${host}.bank.localhost:${port}`]),
    ) as unknown as Place;
    const certificates = path.join(installed.folder, 'certificates');
    await writeCertificates(
      certificates,
      Object.values(hosts).map((host) => `${host}.bank.localhost`),
    );
    org = await startOrgFor(place.provider);
    const { file, sites, desktop, phoneBook, buildAgain } = await takeIn(
      'bank',
      place,
      org,
      '--certificates',
      certificates,
    );
    const ofApp = [
      'server {',
      `listen ${port} ssl;`,
      `server_name ${hosts.app}.bank.localhost;`,
      `root "${inFile(phoneBook)}";`,
      'index index.html;',
      `ssl_certificate "${inFile(certificates)}/${hosts.app}.bank.localhost.pem";`,
      `ssl_certificate_key "${inFile(certificates)}/${hosts.app}.bank.localhost.key";`,
      'types { text/html html; text/javascript js; text/css css; application/json json; }',
      ...appHeaders(desktop).map(([name, value]) => `add_header ${name} "${value}" always;`),
      '}',
    ].join('\n');
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
    server = await runNginx(path.join(installed.folder, 'nginx'), path.join(sites, 'nginx.conf'), ofApp, () =>
      answers(place),
    );

    await expectHeaders(desktop);
    const { page, refusals } = await useDesktop(context, org, place.platform);
    expect(refusals).toEqual([]);

    // A newer build of the package takes the place of the old one under the running server.
    await installed.install(await newerTarball(installed.folder));
    expect((await installed.command('--version')).stdout.trim()).toBe('99.0.0');
    await writeFile(file, (await readFile(file, 'utf8')).replace('Bank Desktop', 'Bank Desktop 2'));
    await buildAgain();
    await page.reload();
    await page.getByRole('heading', { name: 'Bank Desktop 2' }).waitFor();
    await page.frameLocator('iframe[title="Phone book"]').getByText('Ready').waitFor();
    await signIn(page);
    expect(await changeNumber(page, contact, '+49 69 100 300')).toBe('+49 69 100 300');
    await context.close();
  });
});

describe('served by Caddy on one machine', () => {
  let org: TestOrg;
  let server: RunningServer | undefined;
  let appServer: RunningServer | undefined;
  afterEach(async () => {
    await Promise.all([server?.stop(), appServer?.stop()]);
    await org?.stop();
  });

  it('people sign in with every policy in force', async () => {
    const port = await freePorts(4);
    const place = {
      platform: `http://localhost:${port}`,
      provider: `http://localhost:${port + 1}`,
      recordView: `http://localhost:${port + 2}`,
      app: `http://localhost:${port + 3}`,
    };
    org = await startOrgFor(place.provider);
    const { sites, desktop, phoneBook } = await takeIn('caddy', place, org);
    const caddyfile = path.join(installed.folder, 'Caddyfile');
    const header = appHeaders(desktop).map(([name, value]) => `${name} "${value}"`);
    await writeFile(
      caddyfile,
      [
        await readFile(path.join(sites, 'Caddyfile'), 'utf8'),
        `${place.app} {`,
        'bind 127.0.0.1',
        `root * "${inFile(phoneBook)}"`,
        'header {',
        ...header,
        '}',
        'file_server',
        '}',
      ].join('\n'),
    );
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    server = await runCaddy(path.join(installed.folder, 'caddy-home'), caddyfile, () => answers(place));
    await expectHeaders(desktop);
    for (const { origin } of describeSites(desktop))
      expect((await ask(`${origin}/`, { host: 'evil.example' })).status).toBe(421);
    const { refusals } = await useDesktop(context, org, place.platform);
    expect(refusals).toEqual([]);
    await context.close();
  });
});
