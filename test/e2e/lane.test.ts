/** The way of requests that needs no channel: from an app's page to the token worker, in Chromium. */
import type { BrowserContext, ConsoleMessage, Frame, Page } from 'playwright-core';
import { until } from '../support/until.ts';
import { appFrame, callAs, openSignedIn, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '200' } });
let context: BrowserContext;
let page: Page;
let contacts: Frame;
let audit: string[];

describe('the lane of an app', () => {
  beforeAll(async () => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    audit = [];
    context.on('console', (message: ConsoleMessage) => {
      if (message.text().startsWith('[salesforce-interop] {')) audit.push(message.text());
    });
    page = await openSignedIn(context, used.desk);
    contacts = await appFrame(page, used.desk, 'contacts');
  });
  afterAll(() => used.close(context));

  /** Audit lines of requests since a moment, each with the way that it came. */
  const lines = (from: number) =>
    audit
      .slice(from)
      .map((line) => JSON.parse(line.slice('[salesforce-interop] '.length)) as Record<string, string>)
      .filter(({ app, target }) => app === 'Contacts' && target?.startsWith('/services/data'));

  it("takes an app's requests to the token worker past the provider's page, which audits them all the same", async () => {
    const from = audit.length;
    const read = await callAs(contacts, async ({ connect }) => {
      const { executeApiRequest } = await connect();
      const { status, type, data } = await executeApiRequest<{ records: { Name: string }[] }>(
        '/services/data/vXX.X/query?q=SELECT+Name+FROM+Contact+LIMIT+3',
      );
      return { status, type, names: data!.records.length };
    });
    expect(valueOf(read)).toEqual({ status: 200, type: 'application/json;charset=UTF-8', names: 3 });
    // The line of what was asked before may come after its answer.
    const ownLine = () => lines(from).find(({ target }) => target === '/services/data/v66.0/query');
    await until(() => ownLine() !== undefined);
    expect(ownLine()).toMatchObject({
      action: 'GET',
      user: 'morgan.reed@northbridge.example',
      by: 'lane',
      outcome: 'ok',
    });
  });

  /** HERE's own broker page needs one; the provider's pages have none. */
  const withoutSharedWorker = (plain: BrowserContext) =>
    plain.addInitScript((provider) => {
      if (window.origin === provider) Reflect.deleteProperty(window, 'SharedWorker');
    }, used.desk.origins.provider);

  const switchedOff = (plain: BrowserContext) =>
    plain.route(`${used.desk.origins.provider}/config.json`, async (route) => {
      const response = await route.fetch();
      const settings = (await response.json()) as { provider: object };
      await route.fulfill({ response, json: { ...settings, provider: { ...settings.provider, lanes: false } } });
    });

  it.each([
    ['in a browser without SharedWorker', withoutSharedWorker],
    ['where the configuration switches it off', switchedOff],
  ])('is not there %s: the channel does the same', async (_where, prepare) => {
    const plain = await used.newContext({ viewport: { width: 1440, height: 900 } });
    await prepare(plain);
    const said: string[] = [];
    plain.on('console', (message) => said.push(message.text()));
    const desk = await openSignedIn(plain, used.desk);
    const app = await appFrame(desk, used.desk, 'contacts');
    const status = await callAs(
      app,
      async ({ connect }) => (await (await connect()).executeApiRequest('/services/data/vXX.X/limits')).status,
    );
    expect(valueOf(status)).toBe(200);
    const line = () => said.find((text) => text.includes('/services/data/v66.0/limits'));
    await until(() => line() !== undefined);
    expect(line()).not.toContain('"by"');
    await used.close(plain);
  });

  it('carries what an app sends and gets as bytes, and leaves the app its own', async () => {
    // The org's part is to send back what it got, and its type.
    await context.route(`${used.desk.orgUrl}/services/data/v66.0/echo`, (route) =>
      route.fulfill({
        headers: {
          'access-control-allow-origin': used.desk.origins.provider,
          'access-control-expose-headers': '*',
          'content-type': 'application/octet-stream',
        },
        body: Buffer.concat([
          Buffer.from(`${route.request().headers()['content-type']}\n`),
          route.request().postDataBuffer() ?? Buffer.alloc(0),
        ]),
      }),
    );
    const sent = await callAs(contacts, async ({ connect }) => {
      const { executeApiRequest } = await connect();
      const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
      const form = new FormData();
      form.append('name', 'Zürich');
      form.append('file', new Blob(['a,b'], { type: 'text/csv' }), 'list.csv');
      const echo = async (body: unknown) => {
        const { data } = await executeApiRequest<ArrayBuffer>('/services/data/vXX.X/echo', 'POST', body);
        const back = new Uint8Array(data!);
        const end = back.indexOf(10);
        const text = (part: Uint8Array) => new TextDecoder().decode(part);
        return { type: text(back.subarray(0, end)), body: back.subarray(end + 1), text: text(back.subarray(end + 1)) };
      };
      const same = ({ type, body }: { type: string; body: Uint8Array }, part: Uint8Array) => [
        type,
        body.length === part.length && body.every((byte, index) => byte === part[index]),
      ];
      const multipart = await echo(form);
      const whole = same(await echo(bytes), bytes);
      return {
        whole,
        view: same(await echo(new Uint8Array(bytes.buffer, 100, 50)), bytes.subarray(100, 150)),
        kept: bytes.buffer.byteLength,
        buffer: same(await echo(bytes.buffer), bytes),
        blob: same(await echo(new Blob([bytes], { type: 'image/png' })), bytes),
        json: (await echo({ Name: 'Zürich', '0': [null] })).text,
        form: (await echo(new URLSearchParams({ a: 'x y' }))).text,
        multipart: [
          multipart.type.split(';')[0],
          multipart.text.includes('Zürich'),
          multipart.text.includes('list.csv'),
        ],
      };
    });
    expect(valueOf(sent)).toEqual({
      whole: ['application/octet-stream', true],
      view: ['application/octet-stream', true],
      kept: 300_000,
      buffer: ['application/octet-stream', true],
      blob: ['image/png', true],
      json: '{"0":[null],"Name":"Zürich"}',
      form: 'a=x+y',
      multipart: ['multipart/form-data', true, true],
    });
  });
});
