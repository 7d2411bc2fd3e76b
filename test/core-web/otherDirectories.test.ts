/** Directories of others, served over HTTP: good ones, broken ones, and one that never answers. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAppDirectory } from '../../src/core-web/appDirectory.ts';
import { withOtherDirectories } from '../../src/core-web/otherDirectories.ts';

const web = (appId: string, more: object = {}) => ({
  appId,
  title: appId,
  type: 'web',
  details: { url: `https://${appId}.other.example/` },
  ...more,
});
const own = readAppDirectory({ applications: [web('blotter')] }, () => undefined);

const answers: Record<string, RequestListener> = {};
let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => answers[request.url!]!(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Serves a directory; returns its address. */
function serve(path: string, answer: RequestListener | readonly unknown[]): string {
  answers[path] =
    typeof answer === 'function'
      ? answer
      : (_request, response) => response.end(JSON.stringify({ applications: answer, message: 'OK' }));
  return origin + path;
}

async function read(urls: readonly string[], appOrigins: readonly string[], timeoutMs = 5_000) {
  const said: string[] = [];
  const directories = urls.map((url) => ({ url, appOrigins }));
  const apps = await withOtherDirectories(own, directories, (sentence) => said.push(sentence), { timeoutMs });
  return { ids: apps.map(({ appId }) => appId), said };
}
const of = (...appIds: string[]) => appIds.map((appId) => `https://${appId}.other.example`);

describe('app directories of others', () => {
  it('add their apps after those of the desktop, in their order', async () => {
    const urls = [serve('/a', [web('chat'), web('news')]), serve('/b', [web('prices')])];
    expect(await read(urls, of('chat', 'news', 'prices'))).toEqual({
      ids: ['blotter', 'chat', 'news', 'prices'],
      said: [],
    });
  });

  it('have their apps for other desktops passed over without a word', async () => {
    const url = serve('/others', [
      { appId: 'terminal', title: 'T', type: 'native', details: { path: 'C:\\t.exe' } },
      { appId: 'elsewhere', title: 'E', type: 'web', hostManifests: { Finsemble: {} } },
      { appId: 'fdc3-1.2', name: 'N', manifest: 'https://x.example/app.json', manifestType: 'manifest' },
      web('chat', { hostManifests: { Glue42: {} } }),
    ]);
    expect(await read([url], of('chat'))).toEqual({ ids: ['blotter', 'chat'], said: [] });
  });

  it('lose a wrong record, which is named with its directory and why', async () => {
    const url = serve('/wrong', [web('chat', { details: { url: 'http://chat.other.example/' } }), web('news')]);
    expect(await read([url], of('chat', 'news'))).toEqual({
      ids: ['blotter', 'news'],
      said: [
        expect.stringMatching(
          /^The app directory at .*\/wrong: record 1 \(chat\) is left out: details\.url: must be an https/,
        ),
      ],
    });
  });

  it('bring no app of an origin that they are not trusted with', async () => {
    const url = serve('/claims', [web('chat'), web('crm', { details: { url: 'https://crm.bank.example/' } })]);
    expect(await read([url], of('chat'))).toEqual({
      ids: ['blotter', 'chat'],
      said: [expect.stringContaining('crm is left out: https://crm.bank.example is not among the appOrigins')],
    });
  });

  it('cannot take the id of an app that is there before theirs, of the desktop or of another directory', async () => {
    const urls = [
      serve('/first', [web('blotter', { title: 'Impostor' }), web('chat')]),
      serve('/second', [web('chat', { title: 'Another' })]),
    ];
    const { ids, said } = await read(urls, of('blotter', 'chat'));
    expect(ids).toEqual(['blotter', 'chat']);
    expect(said).toEqual([
      expect.stringMatching(/first: blotter is left out: an earlier app has the same appId/),
      expect.stringMatching(/second: chat is left out: an earlier app has the same appId/),
    ]);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['answers an error', (_, response) => response.writeHead(503).end(), /left out: it answered with status 503\.$/],
    ['answers a page', (_, response) => response.end('<html></html>'), /left out: its answer is no JSON\.$/],
    ['answers something else', (_, response) => response.end('[]'), /has no list "applications", as FDC3 wants it\.$/],
    ['breaks off', (request) => request.destroy(), /left out: it cannot be reached, or does not let this desktop/],
  ])('are left out as a whole where one %s, and the others count', async (_what, answer, sentence) => {
    const urls = [serve('/broken', answer), serve('/good', [web('chat')])];
    expect(await read(urls, of('chat'))).toEqual({ ids: ['blotter', 'chat'], said: [expect.stringMatching(sentence)] });
  });

  it('hold up nobody for longer than their time where one never answers', async () => {
    const urls = [serve('/silent', () => undefined), serve('/good', [web('chat')])];
    expect(await read(urls, of('chat'), 2_000)).toEqual({
      ids: ['blotter', 'chat'],
      said: [expect.stringMatching(/silent is left out: it did not answer in time\.$/)],
    });
  });
});
