/**
 * What FINOS' conformance suites of FDC3 2.0 and 2.2 ask of a desktop agent about finding and opening apps. A test that
 * has the name of one of theirs in brackets is about the same.
 */
import type { Frame } from 'playwright-core';
import type { DesktopAgent } from '@finos/fdc3';
import { useBareDesk } from '../bareDesk.ts';

declare const fdc3: DesktopAgent;

const desk = useBareDesk({
  asker: {},
  quotes: {
    interop: {
      intents: {
        listensFor: {
          ViewQuote: { displayName: 'View a quote', contexts: ['fdc3.instrument'], resultType: 'fdc3.valuation' },
          ViewNews: { contexts: ['fdc3.instrument'] },
        },
      },
    },
  },
  only: { customConfig: [{ name: 'instanceMode', value: 'single' }] },
});
let asker: Frame;

beforeAll(async () => {
  asker = await desk.frame('asker');
});

describe('finding the apps for an intent', () => {
  it('calls an intent what the app directory calls it (FindIntentAppD), and otherwise by its name', async () => {
    const found = await asker.evaluate(async () => ({
      one: await fdc3.findIntent('ViewQuote'),
      byContext: await fdc3.findIntentsByContext({ type: 'fdc3.instrument' }),
    }));
    expect(found.one).toMatchObject({
      intent: { name: 'ViewQuote', displayName: 'View a quote' },
      apps: [{ appId: 'quotes', resultType: 'fdc3.valuation' }],
    });
    expect(found.byContext.map(({ intent }) => intent.displayName)).toEqual(['View a quote', 'ViewNews']);
  });
});

it('an app has an intent as long as it listens for it: not once it has unsubscribed, and again afterwards', async () => {
  const app = await desk.frame('quotes');
  const raise = () =>
    asker.evaluate(async () => {
      try {
        return await (await fdc3.raiseIntent('GetRate', { type: 'test.pair' })).getResult();
      } catch (error) {
        return (error as Error).message;
      }
    });
  const listen = (rate: string) =>
    app.evaluate(async (type) => {
      const listener = await fdc3.addIntentListener('GetRate', async () => ({ type }));
      Object.assign(window, { unsubscribe: () => listener.unsubscribe() });
    }, rate);
  await listen('test.rate');
  expect(await raise()).toEqual({ type: 'test.rate' });
  await app.evaluate(() => (window as unknown as { unsubscribe: () => Promise<void> }).unsubscribe());
  expect(await raise()).toBe('NoAppsFound');
  await listen('test.otherRate');
  expect(await raise()).toEqual({ type: 'test.otherRate' });
});

describe('opening an app', () => {
  const open = (appId: string) => asker.evaluate((id) => fdc3.open({ appId: id }), appId);

  it('starts another instance each time, at the same time too (FindInstances)', async () => {
    const before = await asker.evaluate(() => fdc3.findInstances({ appId: 'quotes' }));
    const [one, other] = await Promise.all([open('quotes'), open('quotes')]);
    const after = await asker.evaluate(() => fdc3.findInstances({ appId: 'quotes' }));
    const ids = (apps: { instanceId?: string }[]) => apps.map(({ instanceId }) => instanceId);
    expect(new Set(ids(after))).toEqual(new Set(ids([...before, one, other])));
    expect(after).toHaveLength(before.length + 2);
  });

  it('shows the one instance of an app of which there is only one', async () => {
    const [there] = await asker.evaluate(() => fdc3.findInstances({ appId: 'only' }));
    expect(await open('only')).toEqual(there);
  });

  it('brings the context to every listener that takes it, once there is one (AOpensBMultipleListen)', async () => {
    const before = await desk.page.locator('iframe[name^=opened-]').count();
    const opened = asker.evaluate(() => fdc3.open({ appId: 'quotes' }, { type: 'fdc3.instrument', name: 'I' }));
    const app = await desk.frame(`opened-${before + 1}`);
    const own = await app.evaluate(async () => {
      Object.assign(window, { heard: [] });
      const { heard } = window as unknown as { heard: unknown[] };
      await fdc3.addContextListener('fdc3.contact', () => heard.push('another type'));
      await fdc3.addContextListener('fdc3.instrument', ({ name }, metadata) => {
        heard.push([name, metadata?.source?.appId]);
        // Whoever has opened the app does not wait for what it does with the context.
        return new Promise(() => undefined) as never;
      });
      return (await fdc3.getInfo()).appMetadata.instanceId;
    });
    expect((await opened).instanceId).toBe(own);
    expect(await app.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([['I', 'asker']]);
  });

  it('says AppNotFound for an app that the directory does not know (AFailsToOpenB3)', async () => {
    const refusal = asker.evaluate(() => fdc3.open({ appId: 'nobody' }).catch((error: Error) => error.message));
    expect(await refusal).toBe('AppNotFound');
  });
});
