/** What the platform's site answers as the app directory, asked over HTTP as any FDC3 desktop asks it. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readAppDirectory } from '../../src/core-web/appDirectory.ts';
import { describeSites } from '../../src/sites/describeSites.ts';
import { createSiteListener } from '../../src/sites/serve/siteListener.ts';
import { bankDesktop, bankDesktopFile } from './bankDesktop.ts';

const desktop = bankDesktop({
  apps: [
    ...bankDesktopFile.apps,
    {
      appId: 'prices @ bank',
      title: 'Prices',
      url: 'https://prices.bank.example/',
      interop: { intents: { listensFor: { ViewQuote: { contexts: ['fdc3.instrument'], displayName: 'Quote' } } } },
    },
  ],
});
let server: Server;
let origin: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'directory-'));
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const [platform] = describeSites(desktop);
  server.on('request', createSiteListener({ ...platform!, origin }, folder));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

async function get(asked: string) {
  const response = await fetch(origin + asked);
  return {
    status: response.status,
    type: response.headers.get('Content-Type'),
    body: (await response.json()) as Record<string, unknown> & { applications: Record<string, unknown>[] },
  };
}

describe('the app directory of FDC3 2.x', () => {
  it('lists every app, and has each of them at its own address', async () => {
    const { status, type, body } = await get('/v2/apps');
    expect([status, type, body['message']]).toEqual([200, 'application/json', 'OK']);
    expect(readAppDirectory(body, (problem) => expect(problem).toBeUndefined()).map(({ appId }) => appId)).toEqual([
      'blotter',
      'chat',
      'archive',
      'prices @ bank',
      'salesforce-interop',
      'record-view',
    ]);
    for (const app of body.applications) {
      const one = await get(`/v2/apps/${encodeURIComponent(app['appId'] as string)}`);
      expect([one.status, one.type, one.body]).toEqual([200, 'application/json', app]);
    }
  });

  it('says of an app that it does not know 404, in the form of the standard', async () => {
    for (const asked of [
      '/v2/apps/nobody',
      '/v2/apps/',
      '/v2/apps/..%2fconfig.json',
      '/v1/apps/nobody',
      '/v2/apps/a/b',
    ])
      expect([asked, await get(asked)]).toEqual([
        asked,
        { status: 404, type: 'application/json', body: { code: 404, message: expect.stringContaining('no such app') } },
      ]);
  });
});

describe('the app directory of FDC3 1.2', () => {
  it('lists every app that can be launched, and has each of them at its own address', async () => {
    const { status, type, body } = await get('/v1/apps/search');
    expect([status, type, body['message']]).toEqual([200, 'application/json', 'OK']);
    expect(body.applications.map(({ appId }) => appId)).toEqual([
      'blotter',
      'chat',
      'archive',
      'prices @ bank',
      'salesforce-interop',
    ]);
    for (const app of body.applications) {
      // What FDC3 1.2 requires of a record.
      for (const member of ['appId', 'name', 'manifest', 'manifestType'])
        expect(app[member]).toEqual(expect.any(String));
      expect((await get(`/v1/apps/${encodeURIComponent(app['appId'] as string)}`)).body).toEqual(app);
    }
    expect(body.applications[3]).toMatchObject({
      intents: [{ name: 'ViewQuote', displayName: 'Quote', contexts: ['fdc3.instrument'] }],
    });
  });

  it('has a manifest of each app, where its record says', async () => {
    const { body } = await get('/v1/apps/search');
    for (const { appId, manifest, manifestType } of body.applications) {
      const { pathname } = new URL(manifest as string);
      const served = await get(pathname);
      expect(served.status).toBe(200);
      const url = desktop.apps.find((app) => app.appId === appId)?.url;
      expect(manifestType === 'view' ? served.body['url'] : undefined).toBe(url);
    }
  });
});
