/** Apps that join by the standard's `getAgent()`, and apps that join by core-web, on one desktop. */
import type { Frame } from 'playwright-core';
import type { DesktopAgent, PrivateChannel } from '@finos/fdc3';
import { useBareDesk } from './bareDesk.ts';

declare const fdc3: DesktopAgent;
/** What a page keeps for the tests. */
declare const heard: unknown[];

const listensFor = (...intents: string[]) => ({
  interop: { intents: { listensFor: Object.fromEntries(intents.map((name) => [name, { contexts: [] }])) } },
});
const desk = useBareDesk(
  { here: listensFor('AskHere', 'GetPrices') },
  { byGetAgent: { standard: listensFor('AskStandard', 'GetQuotes'), neighbour: {}, moves: listensFor('Stay') } },
);
let here: Frame;
let standard: Frame;

beforeAll(async () => {
  [here, standard] = (await Promise.all(['here', 'standard'].map((name) => desk.frame(name)))) as [Frame, Frame];
});

describe('an app that joins by getAgent', () => {
  it('is told of FDC3 2.2 and who it is by its address; one that joins by core-web of 2.0', async () => {
    const infoOf = (frame: Frame) => frame.evaluate(async () => fdc3.getInfo());
    expect(await infoOf(standard)).toMatchObject({ fdc3Version: '2.2', appMetadata: { appId: 'standard' } });
    expect(await infoOf(await desk.frame('neighbour'))).toMatchObject({ appMetadata: { appId: 'neighbour' } });
    expect(await infoOf(here)).toMatchObject({ fdc3Version: '2.0', appMetadata: { appId: 'here' } });
  });

  it('raises an intent that an app of core-web answers, and gets the result', async () => {
    await here.evaluate(() =>
      fdc3.addIntentListener('AskHere', async (context, metadata) => ({
        type: 'test.answer',
        asked: context['name'],
        by: metadata?.source.appId,
        members: Object.keys(context),
      })),
    );
    expect(
      await standard.evaluate(async () => {
        const resolution = await fdc3.raiseIntent('AskHere', { type: 'test.question', name: 'Ada' });
        return [resolution.source.appId, resolution.intent, await resolution.getResult()];
      }),
    ).toEqual(['here', 'AskHere', { type: 'test.answer', asked: 'Ada', by: 'standard', members: expect.any(Array) }]);
  });

  it('answers an intent that an app of core-web raises', async () => {
    await standard.evaluate(() =>
      fdc3.addIntentListener('AskStandard', async (context, metadata) => ({
        type: 'test.answer',
        asked: context['name'],
        by: metadata?.source.appId,
        members: Object.keys(context),
      })),
    );
    expect(
      await here.evaluate(async () => {
        const resolution = await fdc3.raiseIntent('AskStandard', { type: 'test.question', name: 'Bo' });
        return [resolution.source.appId, await resolution.getResult()];
      }),
    ).toEqual(['standard', { type: 'test.answer', asked: 'Bo', by: 'here', members: ['type', 'name'] }]);
  });
});

/** Both directions between an app of core-web and one that has joined by `getAgent()`. */
const directions = [
  ['core-web', 'getAgent', () => [here, standard]],
  ['getAgent', 'core-web', () => [standard, here]],
] as const satisfies [string, string, () => [Frame, Frame]][];

/** What a page has heard, once there is so much. */
async function heardBy(frame: Frame, count: number): Promise<unknown[]> {
  await frame.waitForFunction((wanted) => heard.length >= wanted, count);
  return frame.evaluate(() => heard);
}

describe.each(directions)('between an app of %s and one of %s', (from, _, frames) => {
  let speaker: Frame;
  let listener: Frame;
  beforeEach(async () => {
    [speaker, listener] = frames();
    for (const frame of [speaker, listener])
      await frame.evaluate(async () => {
        Object.assign(window, { heard: [] });
        await fdc3.leaveCurrentChannel();
      });
  });
  const speakerId = from === 'core-web' ? 'here' : 'standard';

  it('a user channel brings what is shared, before and after, to those who have joined it', async () => {
    await speaker.evaluate(async () => {
      await fdc3.joinUserChannel('red');
      await fdc3.broadcast({ type: 'test.news', name: 'before' });
    });
    await listener.evaluate(async () => {
      const own = heard;
      await fdc3.addContextListener('test.news', (context) => void own.push(context['name']));
      await fdc3.joinUserChannel('red');
    });
    await heardBy(listener, 1);
    await speaker.evaluate(async () => {
      await fdc3.broadcast({ type: 'test.other', name: 'of another type' });
      await fdc3.broadcast({ type: 'test.news', name: 'after' });
    });
    expect(await heardBy(listener, 2)).toEqual(['before', 'after']);
    await listener.evaluate(() => fdc3.leaveCurrentChannel());
    await speaker.evaluate(() => fdc3.broadcast({ type: 'test.news', name: 'left' }));
    expect(
      await listener.evaluate(async () => {
        const red = (await fdc3.getUserChannels()).find(({ id }) => id === 'red');
        return [heard.length, (await red?.getCurrentContext('test.news'))?.['name']];
      }),
    ).toEqual([2, 'left']);
  });

  it('a listener goes with its app from one user channel to another', async () => {
    const type = `test.move.${from}`;
    await listener.evaluate(async (wanted) => {
      const own = heard;
      await fdc3.joinUserChannel('red');
      await fdc3.addContextListener(wanted, (context) => void own.push(context['name']));
      await fdc3.joinUserChannel('green');
    }, type);
    await speaker.evaluate(async (wanted) => {
      await fdc3.joinUserChannel('red');
      await fdc3.broadcast({ type: wanted, name: 'red' });
      await fdc3.joinUserChannel('green');
      await fdc3.broadcast({ type: wanted, name: 'green' });
    }, type);
    expect(await heardBy(listener, 1)).toEqual(['green']);
  });

  it('an app channel brings what is shared to the other, and not back', async () => {
    const id = `app channel of ${from}`;
    await listener.evaluate(async (channelId) => {
      const own = heard;
      const channel = await fdc3.getOrCreateChannel(channelId);
      await channel.addContextListener(null, (context, metadata) => {
        own.push([context['name'], metadata?.source.appId]);
      });
    }, id);
    await speaker.evaluate(
      async (channelId) => (await fdc3.getOrCreateChannel(channelId)).broadcast({ type: 'test.news', name: 'new' }),
      id,
    );
    // `@finos/fdc3` 2.2.0 keeps the source of a broadcast to itself.
    expect(await heardBy(listener, 1)).toEqual([['new', from === 'core-web' ? undefined : speakerId]]);
    expect(await speaker.evaluate(() => heard)).toEqual([]);
  });

  it('a private channel is a result: what is said on it is heard, and who leaves it', async () => {
    const intent = from === 'core-web' ? 'GetPrices' : 'GetQuotes';
    await speaker.evaluate(
      (name) =>
        fdc3.addIntentListener(name, async () => {
          const own = heard;
          const channel = await fdc3.createPrivateChannel();
          channel.onAddContextListener((type) => {
            own.push(['listens', type]);
            void channel.broadcast({ type: 'test.price', name: '42' });
          });
          channel.onDisconnect(() => own.push(['has left']));
          return channel;
        }),
      intent,
    );
    await listener.evaluate(async (name) => {
      const own = heard;
      const resolution = await fdc3.raiseIntent(name, { type: 'test.question' });
      const channel = (await resolution.getResult()) as PrivateChannel;
      await channel.addContextListener('test.price', async (context) => {
        own.push([channel.type, context['name']]);
        await channel.disconnect();
      });
    }, intent);
    expect(await heardBy(listener, 1)).toEqual([['private', '42']]);
    expect(await heardBy(speaker, 2)).toEqual([['listens', 'test.price'], ['has left']]);
  });

  it('each is found by the other, with its instance', async () => {
    const id = await speaker.evaluate(async () => (await fdc3.getInfo()).appMetadata.instanceId);
    expect(await listener.evaluate((appId) => fdc3.findInstances({ appId }), speakerId)).toEqual([
      { appId: speakerId, instanceId: id },
    ]);
  });
});

it('a page that has joined by core-web and asks getAgent gets the agent that it has, and is one instance', async () => {
  const ids = await here.evaluate(async () => {
    const agent = await (window as unknown as { getAgent(): Promise<DesktopAgent> }).getAgent();
    const instances = await agent.findInstances({ appId: 'here' });
    return [
      agent === fdc3,
      instances.map(({ instanceId }) => instanceId),
      (await fdc3.getInfo()).appMetadata.instanceId,
    ];
  });
  expect(ids).toEqual([true, [ids[2]], ids[2]]);
});

describe('open', () => {
  it('hands an app that joins by getAgent the context that it is opened with', async () => {
    const opened = here.evaluate(() => fdc3.open({ appId: 'neighbour' }, { type: 'test.news', name: 'opened' }));
    const frame = await desk.frame('opened-1');
    await frame.evaluate(async () => {
      Object.assign(window, { heard: [] });
      await fdc3.addContextListener('test.news', (context) => void heard.push(context['name']));
    });
    expect(await heardBy(frame, 1)).toEqual(['opened']);
    expect(await opened).toEqual({
      appId: 'neighbour',
      instanceId: await frame.evaluate(async () => (await fdc3.getInfo()).appMetadata.instanceId),
    });
  });
});

describe('a window', () => {
  it('that an app has opened finds the desktop too, and is an instance of its own', async () => {
    const [opened] = await Promise.all([
      desk.page.waitForEvent('popup'),
      standard.evaluate(() => void window.open(location.href, '', 'popup')),
    ]);
    await opened.waitForFunction(() => document.title === 'connected');
    const ids = await Promise.all(
      [opened, standard].map((page) => page.evaluate(async () => (await fdc3.getInfo()).appMetadata)),
    );
    expect(ids.map(({ appId }) => appId)).toEqual(['standard', 'standard']);
    expect(ids[0]?.instanceId).not.toBe(ids[1]?.instanceId);
    await opened.close();
    await here.waitForFunction(
      async (gone) => !(await fdc3.findInstances({ appId: 'standard' })).some(({ instanceId }) => instanceId === gone),
      ids[0]?.instanceId,
    );
  });
});

describe('a page that joins by getAgent', () => {
  const instancesOf = (appId: string) =>
    here.evaluate(async (id) => (await fdc3.findInstances({ appId: id })).map(({ instanceId }) => instanceId), appId);

  it('is the same instance when it is loaded again; another page in its place is AccessDenied, and the app gone', async () => {
    const frame = await desk.frame('moves');
    const before = await instancesOf('moves');
    expect(before).toHaveLength(1);
    await frame.evaluate(() => fdc3.addIntentListener('Stay', async () => undefined));
    await frame.goto(frame.url());
    await frame.waitForFunction(() => document.title === 'connected');
    expect(await instancesOf('moves')).toEqual(before);
    await frame.goto(`${desk.strangerUrl}/agent`);
    await frame.waitForFunction(() => document.title.startsWith('refused'));
    expect(await frame.title()).toBe('refused: Error: AccessDenied');
    expect(await instancesOf('moves')).toEqual([]);
  });
});
