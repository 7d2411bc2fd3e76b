/** Apps that an intent has started, in real frames: when they get it, and where they find themselves then. */
import type { Frame } from 'playwright-core';
import type { DesktopAgent } from '@finos/fdc3';
import { useBareDesk } from '../bareDesk.ts';

declare const fdc3: DesktopAgent;
/** What a page keeps for the tests. */
declare const heard: unknown[];

const listensFor = (...intents: string[]) => ({
  opens: false,
  interop: { intents: { listensFor: Object.fromEntries(intents.map((name) => [name, { contexts: [] }])) } },
});
const desk = useBareDesk(
  { asker: {}, quotes: listensFor('ViewQuote'), news: listensFor('ViewNews') },
  { byGetAgent: { charts: listensFor('ViewChart') } },
);
let asker: Frame;
beforeAll(async () => {
  asker = await desk.frame('asker');
});

/** Raises an intent for an app that is not there; returns its frame. What comes of it is kept as `resolved`. */
async function raise(intent: string, name: string): Promise<Frame> {
  const before = await desk.page.locator('iframe[name^=opened-]').count();
  await asker.evaluate(
    ([wanted, called]) => {
      const resolved = fdc3
        .raiseIntent(wanted!, { type: 'fdc3.instrument', name: called! })
        .then(async ({ source, getResult }) => ({ source, result: await getResult() }));
      Object.assign(window, { resolved });
    },
    [intent, name],
  );
  return desk.frame(`opened-${before + 1}`);
}
const resolved = () =>
  asker.evaluate(
    () => (window as unknown as { resolved: Promise<{ source: { appId: string }; result: unknown }> }).resolved,
  );

/** Has an app's page keep what it hears: contexts of its channel, changes of that, and an intent. */
const listen = (app: Frame, intent: string) =>
  app.evaluate(async (wanted) => {
    Object.assign(window, { heard: [] });
    await fdc3.addEventListener('userChannelChanged', ({ details }) => {
      // `@finos/fdc3` 2.2.0 hands over what the desktop says, where FDC3 has `currentChannelId`.
      const { currentChannelId, newChannelId } = details as Record<string, string>;
      heard.push(['channel', currentChannelId ?? newChannelId]);
    });
    await fdc3.addContextListener(null, ({ name }) => heard.push(['context', name]));
    await fdc3.addIntentListener(wanted, async ({ name }, metadata) => {
      heard.push(['intent', name, metadata?.source?.appId]);
      return { type: 'fdc3.valuation', name: 'done' };
    });
  }, intent);

it.each([
  ['core-web', 'ViewQuote', 'quotes'],
  ['getAgent', 'ViewChart', 'charts'],
])(
  'get the intent once they listen, on the user channel of who raised it, with what was shared there: by %s',
  async (_, intent, appId) => {
    await asker.evaluate(async () => {
      await fdc3.joinUserChannel('red');
      await fdc3.broadcast({ type: 'fdc3.country', name: 'shared before' });
    });
    const app = await raise(intent, 'a bond');
    await listen(app, intent);
    expect(await resolved()).toMatchObject({ source: { appId }, result: { name: 'done' } });
    await app.waitForFunction(() => heard.length >= 3);
    const told = await app.evaluate(() => heard);
    expect(told).toEqual(
      expect.arrayContaining([
        ['channel', 'red'],
        ['context', 'shared before'],
        ['intent', 'a bond', 'asker'],
      ]),
    );
    expect(told).toHaveLength(3);
    expect(await app.evaluate(async () => (await fdc3.getCurrentChannel())?.id)).toBe('red');
  },
);

it('get nothing twice when their page is loaded again', async () => {
  const app = await raise('ViewNews', 'first');
  await listen(app, 'ViewNews');
  await resolved();
  const name = (await (await app.frameElement()).getAttribute('name'))!;
  await app.evaluate(() => location.reload());
  await app.waitForFunction(() => !('heard' in window) && document.title === 'connected');
  const again = await desk.frame(name);
  await listen(again, 'ViewNews');
  const second = asker.evaluate(() => fdc3.raiseIntent('ViewNews', { type: 'fdc3.instrument', name: 'second' }));
  expect((await second).source.appId).toBe('news');
  await again.waitForFunction(() => heard.some((one) => (one as string[])[0] === 'intent'));
  const intents = again.evaluate(() => heard.filter((one) => (one as string[])[0] === 'intent'));
  expect(await intents).toEqual([['intent', 'second', 'asker']]);
});
