import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSiteListener } from '../../../src/sites/serve/siteListener.ts';
import { sendRaw } from '../../support/rawRequest.ts';

let server: Server;
let port: number;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'site-'));
  await writeFile(path.join(folder, 'index.html'), 'the page');
  await writeFile(path.join(folder, 'device.html'), 'the device page');
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  const site = {
    origin: `http://localhost:${port}`,
    documents: { '/config.json': { a: 1 } },
    headers: { exactly: { '/device.html': { 'X-Path': '/device.html' } }, otherwise: { 'X-Path': 'another' } },
  };
  server.on('request', createSiteListener(site, folder));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const ask = (target: string, { method = 'GET', host = `localhost:${port}`, more = '' } = {}) =>
  sendRaw(port, `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);

describe('a site of the desk', () => {
  it('serves its page, its files by their names, and its documents', async () => {
    expect(await ask('/')).toMatchObject({ status: 200, body: 'the page' });
    expect(await ask('/device.html?a=%')).toMatchObject({
      status: 200,
      body: 'the device page',
      headers: expect.stringContaining('X-Path: /device.html'),
    });
    expect(await ask('/config.json')).toMatchObject({ status: 200, body: expect.stringContaining('{"a":1}') });
    expect((await ask(`http://localhost:${port}/device.html`)).status).toBe(200);
    expect((await ask('/', { method: 'HEAD' })).body).toBe('');
  });

  // A process that ends at one of these answers none of those that follow.
  it.each([
    ['//', 400],
    ['//evil.example/', 400],
    ['/\\evil.example/', 400],
    ['http://', 400],
    ['http://[::1/', 400],
    ['*', 400],
    ['/%', 400],
    ['/%E0%A4%A', 400],
    ['/%00', 404],
    ['/%64evice.html', 404],
    ['/device', 404],
    ['/..%2f..%2fpackage.json', 404],
    ['/constructor', 404],
    ['/__proto__', 404],
  ])('answers %s with %d and goes on', async (target, status) => {
    expect((await ask(target)).status).toBe(status);
    expect((await ask('/')).status).toBe(200);
  });

  it.each([
    ['another host', { host: 'evil.example' }, 421],
    ['a host that is none', { host: 'localhost:99999' }, 400],
    ['another method', { method: 'POST' }, 405],
    ['a range that ends before it starts', { more: 'Range: bytes=2-1\r\n' }, 200],
    ['a range of words', { more: 'Range: bytes=x-y\r\n' }, 200],
  ])('answers %s and goes on', async (_case, request, status) => {
    expect((await ask('/device.html', request)).status).toBe(status);
    expect((await ask('/')).status).toBe(200);
  });
});
