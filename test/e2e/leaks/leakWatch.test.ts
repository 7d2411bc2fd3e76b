/** The sweep finds what is planted, wherever it is planted: otherwise finding nothing would mean nothing. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchHeadlessShell } from '../../support/chromium.ts';
import { until } from '../../support/until.ts';
import { openOrigin, type Origin } from '../servePages.ts';
import type { Leak } from './findLeaks.ts';
import { LeakWatch } from './leakWatch.ts';

const token = '00DHn000000abcd!AQ4AQFx8Vq.planted+token/';
const orgUrl = 'http://localhost:1';

let browser: Browser;
let site: Origin;
let context: BrowserContext;
let page: Page;
let watch: LeakWatch;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchHeadlessShell(), openOrigin()]);
  site.files.set('/', { type: 'text/html', body: '<!doctype html><title>Leaky</title>' });
  site.files.set('/signed-in.html', { type: 'text/html', body: '<!doctype html><title>Signed in</title>' });
  // Turns round what it is told, so that only its answers hold the secret.
  const worker = 'onmessage = ({ data, ports: [port = self] }) => port.postMessage([...data].reverse().join(""));';
  site.files.set('/worker.js', { type: 'text/javascript', body: worker });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
async function openWatched(): Promise<void> {
  context = await browser.newContext();
  watch = new LeakWatch(orgUrl);
  await watch.watch(context);
  page = await context.newPage();
  await page.goto(`${site.url}/`);
}
const here = () => `in / of ${site.url}`;

/** Each plants a secret of its own in the page and says where it has to be seen. */
const plants: Record<string, [plant: (secret: string) => unknown, where: () => string]> = {
  'the console': [(secret) => console.info('signed in with', secret), () => 'console'],
  'an object on the console': [(secret) => console.error({ nested: secret }), () => 'console'],
  'an uncaught error': [
    (secret) =>
      void setTimeout(() => {
        throw new Error(secret);
      }),
    () => 'page error',
  ],
  'the document': [
    (secret) => {
      document.body.dataset['session'] = secret;
    },
    () => `page / of ${site.url}`,
  ],
  'local storage': [(secret) => localStorage.setItem('session', secret), () => `storage of ${site.url}`],
  'session storage': [(secret) => sessionStorage.setItem('session', secret), () => `storage of ${site.url}`],
  'the history': [(secret) => history.replaceState({ secret }, ''), () => `storage of ${site.url}`],
  'the name of the window': [
    (secret) => {
      window.name = secret;
    },
    () => `storage of ${site.url}`,
  ],
  'the cache': [
    async (secret) => (await caches.open('all')).put('/x', new Response(secret)),
    () => `storage of ${site.url}`,
  ],
  IndexedDB: [
    (secret) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('sessions');
        opening.onupgradeneeded = () => opening.result.createObjectStore('tokens').put({ secret }, 1);
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      }),
    () => `storage of ${site.url}`,
  ],
  'a message to a window': [
    (secret) => window.postMessage({ secret }, location.origin),
    () => `window message ${here()}`,
  ],
  'bytes in a message': [
    (secret) => window.postMessage(new TextEncoder().encode(secret), location.origin),
    () => `window message ${here()}`,
  ],
  'an error in a message': [
    (secret) => window.postMessage(new Error(secret), location.origin),
    () => `window message ${here()}`,
  ],
  'a broadcast channel': [
    (secret) => new BroadcastChannel('news').postMessage(secret),
    () => `BroadcastChannel news sent ${here()}`,
  ],
  'a message to a port': [
    (secret) => new MessageChannel().port1.postMessage(secret),
    () => `MessagePort sent ${here()}`,
  ],
  'a message to a worker': [(secret) => new Worker('/worker.js').postMessage(secret), () => `Worker sent ${here()}`],
  'a request': [(secret) => fetch(`/x?session=${encodeURIComponent(secret)}`), () => `request to ${site.url}`],
  'the body of a request': [(secret) => fetch('/x', { method: 'POST', body: secret }), () => `request to ${site.url}`],
  'a header in base64': [
    (secret) => fetch('/x', { headers: { 'X-Session': btoa(secret) } }),
    () => `request to ${site.url}`,
  ],
};

describe('a secret planted in a page', () => {
  const secretOf = (name: string) => ({ kind: name, value: `${token}${Object.keys(plants).indexOf(name)};` });
  let leaks: Leak[];

  beforeAll(async () => {
    await openWatched();
    await watch.inspect(context);
    expect(watch.leaks(Object.keys(plants).map(secretOf))).toEqual([]);
    for (const [name, [plant]] of Object.entries(plants))
      await page.evaluate(plant as (secret: string) => Promise<void>, secretOf(name).value);
    // Reports arrive in order: all that came before this one is there with it.
    await Promise.all([
      page.waitForEvent('console', (message) => message.text() === 'planted'),
      page.evaluate(() => setTimeout(() => console.log('planted'), 0)),
    ]);
    await watch.inspect(context);
    leaks = watch.leaks(Object.keys(plants).map(secretOf));
  });
  afterAll(() => context.close());

  it.each(Object.keys(plants))('is found in %s', (name) => {
    expect(leaks).toContainEqual({ kind: name, where: plants[name]![1]() });
  });
});

describe('a secret that a page is given', () => {
  beforeEach(openWatched);
  afterEach(() => context.close());
  const places = () => watch.leaks([{ kind: 'access_token', value: token }]).map(({ where }) => where);

  it('is found when a worker tells it, by itself and through a port', async () => {
    await page.evaluate(
      async (reversed) => {
        const told = (listener: Worker | MessagePort) =>
          new Promise((resolve) => {
            listener.onmessage = resolve;
          });
        const worker = new Worker('/worker.js');
        const { port1, port2 } = new MessageChannel();
        const both = Promise.all([told(worker), told(port1)]);
        worker.postMessage(reversed);
        worker.postMessage(reversed, [port2]);
        await both;
      },
      [...token].reverse().join(''),
    );
    await watch.inspect(context);
    expect(places()).toEqual(expect.arrayContaining([`Worker message ${here()}`, `MessagePort message ${here()}`]));
  });

  it('is found when its document goes before it is reported: a page that is left, a frame that is removed', async () => {
    await page.evaluate((secret) => {
      new BroadcastChannel('left').postMessage(secret);
      location.href = '/signed-in.html';
    }, token);
    await page.waitForURL('**/signed-in.html');
    await page.evaluate((secret) => {
      const frame = Object.assign(document.createElement('iframe'), { src: '/' });
      frame.onload = () => {
        const own = frame.contentWindow as Window & { BroadcastChannel: typeof BroadcastChannel };
        new own.BroadcastChannel('removed').postMessage(secret);
        frame.remove();
      };
      document.body.append(frame);
    }, token);
    for (const channel of ['left', 'removed'])
      await until(() => places().includes(`BroadcastChannel ${channel} sent ${here()}`));
  });

  it('is found in a cookie that no page can read', async () => {
    await context.addCookies([{ name: 'session', value: encodeURIComponent(token), url: site.url, httpOnly: true }]);
    await watch.inspect(context);
    expect(places()).toEqual(expect.arrayContaining(['cookies']));
  });
});

describe('the redirect URL', () => {
  const code = 'aPrx.planted_code';
  const codes = [{ kind: 'authorization_code', value: code }];
  beforeEach(openWatched);
  afterEach(() => context.close());

  const redirect = () => `${site.url}/signed-in.html?state=s&code=${code}`;

  it('may carry the code on its way to the token worker', async () => {
    await page.goto(redirect());
    await page.evaluate(() => {
      new BroadcastChannel('salesforce-interop.sign-in-return').postMessage(location.href);
      history.replaceState(null, '', location.pathname);
    });
    await watch.inspect(context);
    expect(watch.sightings.filter(({ text }) => text.includes(code)).map(({ where }) => where)).toEqual(
      expect.arrayContaining([
        `navigation to ${site.url}/signed-in.html`,
        `BroadcastChannel salesforce-interop.sign-in-return sent in /signed-in.html of ${site.url}`,
      ]),
    );
    expect(watch.leaks(codes)).toEqual([]);
  });

  it('may not carry it elsewhere, nor may the code travel alone on that way', async () => {
    await page.goto(redirect());
    await page.evaluate((alone) => {
      console.log(location.href);
      new BroadcastChannel('salesforce-interop.sign-in-return').postMessage(alone);
    }, code);
    await watch.inspect(context);
    expect(watch.leaks(codes).map(({ where }) => where)).toEqual(
      expect.arrayContaining([
        'console',
        `page /signed-in.html of ${site.url}`,
        `BroadcastChannel salesforce-interop.sign-in-return sent in /signed-in.html of ${site.url}`,
      ]),
    );
  });

  it('may not carry a token', async () => {
    await page.goto(`${redirect()}&access_token=${encodeURIComponent(token)}`);
    expect(watch.leaks([{ kind: 'access_token', value: token }])).toEqual([
      { kind: 'access_token', where: `navigation to ${site.url}/signed-in.html` },
    ]);
  });
});
