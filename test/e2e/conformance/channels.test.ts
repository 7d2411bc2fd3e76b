/**
 * What FINOS' conformance suites of FDC3 2.0 and 2.2 ask of a desktop agent about channels. A test that has the name of
 * one of theirs in brackets is about the same.
 */
import type OpenFin from '@openfin/core';
import type { Frame } from 'playwright-core';
import type { Channel, DesktopAgent, PrivateChannel } from '@finos/fdc3';
import { useBareDesk } from '../bareDesk.ts';

declare const fdc3: DesktopAgent;
declare const fin: OpenFin.Fin<'external connection'>;
/** What a page keeps for the tests. */
declare const heard: unknown[];
declare const held: { channel: Channel & PrivateChannel };

const listensFor = (...intents: string[]) => ({
  interop: { intents: { listensFor: Object.fromEntries(intents.map((name) => [name, { contexts: [] }])) } },
});
const desk = useBareDesk({ one: {}, other: listensFor('GetPrices', 'GetChannel'), third: listensFor('JoinChannel') });
let one: Frame;
let other: Frame;
let third: Frame;

beforeAll(async () => {
  [one, other, third] = (await Promise.all(['one', 'other', 'third'].map((name) => desk.frame(name)))) as [
    Frame,
    Frame,
    Frame,
  ];
});
beforeEach(async () => {
  for (const frame of [one, other, third])
    await frame.evaluate(async () => {
      Object.assign(window, { heard: [], held: {} });
      await fdc3.leaveCurrentChannel();
    });
});

/** What a page has heard, once there is so much. */
async function heardBy(frame: Frame, count: number): Promise<unknown[]> {
  await frame.waitForFunction((wanted) => heard.length >= wanted, count);
  return frame.evaluate(() => heard);
}

describe('an app channel', () => {
  /** Listens on a channel that no other test uses. */
  const listen = (frame: Frame, id: string, type: string | null) =>
    frame.evaluate(
      async ([channelId, contextType]) => {
        const channel = await fdc3.getOrCreateChannel(channelId as string);
        const own = heard;
        await channel.addContextListener(contextType as string | null, (context, metadata) => {
          own.push([context['name'], metadata?.source?.appId, 'contextMetadata' in context]);
        });
      },
      [id, type] as const,
    );
  const broadcast = (frame: Frame, id: string, ...contexts: object[]) =>
    frame.evaluate(
      async ([channelId, given]) => {
        const channel = await fdc3.getOrCreateChannel(channelId as string);
        for (const context of given as never[]) await channel.broadcast(context);
      },
      [id, contexts] as const,
    );

  it('brings a broadcast to every listener of its type, with its source, and not to its sender (ACBasicUsage1)', async () => {
    const id = crypto.randomUUID();
    for (const frame of [one, other]) await listen(frame, id, 'fdc3.instrument');
    await listen(third, id, null);
    const forged = { contextMetadata: { source: { appId: 'third', instanceId: 'x' } } };
    await broadcast(one, id, { type: 'fdc3.contact', name: 'C' }, { type: 'fdc3.instrument', name: 'I', ...forged });
    expect(await heardBy(third, 2)).toEqual([
      ['C', 'one', false],
      ['I', 'one', false],
    ]);
    expect(await heardBy(other, 1)).toEqual([['I', 'one', false]]);
    // What comes from another later shows that nothing came from oneself.
    await broadcast(other, id, { type: 'fdc3.instrument', name: 'later' });
    expect(await heardBy(one, 1)).toEqual([['later', 'other', false]]);
  });

  it('has any number of listeners for all types', async () => {
    const id = crypto.randomUUID();
    await listen(other, id, null);
    await listen(other, id, null);
    await broadcast(one, id, { type: 'fdc3.contact', name: 'C' });
    expect(await heardBy(other, 2)).toHaveLength(2);
  });

  it('keeps what was broadcast last, of each type and of all (ACContextHistoryTyped, ACContextHistoryLast)', async () => {
    const id = crypto.randomUUID();
    const current = (type?: string) =>
      other.evaluate(
        async ([channelId, contextType]) => {
          const channel = await fdc3.getOrCreateChannel(channelId!);
          return channel.getCurrentContext(contextType);
        },
        [id, type],
      );
    expect(await current()).toBeNull();
    const [older, contact, newer] = [
      { type: 'fdc3.instrument', name: 'older' },
      { type: 'fdc3.contact', name: 'C' },
      { type: 'fdc3.instrument', name: 'newer' },
    ];
    await broadcast(one, id, older, contact, newer);
    expect(await current()).toEqual(newer);
    expect(await current('fdc3.contact')).toEqual(contact);
    expect(await current('fdc3.country')).toBeNull();
  });

  it('is silent once the listener has unsubscribed (ACUnsubscribe)', async () => {
    const id = crypto.randomUUID();
    await other.evaluate(async (channelId) => {
      const channel = await fdc3.getOrCreateChannel(channelId);
      const listener = await channel.addContextListener(null, () => heard.push('still'));
      await listener.unsubscribe();
      await channel.addContextListener(null, () => heard.push('there'));
    }, id);
    await broadcast(one, id, { type: 'fdc3.contact' });
    expect(await heardBy(other, 1)).toEqual(['there']);
  });

  it('refuses what is no context', async () => {
    const refusal = one.evaluate(async () => {
      const channel = await fdc3.getOrCreateChannel('malformed');
      return channel.broadcast({ name: 'untyped' } as never).catch((error: Error) => error.message);
    });
    expect(await refusal).toBe('MalformedContext');
  });

  it('comes back as the result of an intent (RaiseIntentChannelResult)', async () => {
    await other.evaluate(async () => {
      await fdc3.addIntentListener('GetChannel', () => fdc3.getOrCreateChannel('given'));
    });
    const result = await one.evaluate(async () => {
      const channel = (await (await fdc3.raiseIntent('GetChannel', { type: 'fdc3.nothing' })).getResult()) as Channel;
      await channel.broadcast({ type: 'fdc3.contact', name: 'C' });
      return { id: channel.id, type: channel.type };
    });
    expect(result).toEqual({ id: 'given', type: 'app' });
  });
});

describe('a user channel', () => {
  it('can be used without being joined: broadcast, listened to and read', async () => {
    await other.evaluate(async () => {
      const red = (await fdc3.getUserChannels()).find(({ id }) => id === 'red');
      await red?.addContextListener('fdc3.contact', ({ name }, metadata) =>
        heard.push([name, metadata?.source?.appId]),
      );
    });
    await third.evaluate(async () => {
      await fdc3.addContextListener('fdc3.contact', ({ name }, metadata) =>
        heard.push([name, metadata?.source?.appId]),
      );
      await fdc3.joinUserChannel('red');
    });
    const current = await one.evaluate(async () => {
      const red = await fdc3.getOrCreateChannel('red');
      await red.broadcast({ type: 'fdc3.contact', name: 'C' });
      return [red.type, await red.getCurrentContext()];
    });
    expect(current).toEqual(['user', { type: 'fdc3.contact', name: 'C' }]);
    expect(await heardBy(other, 1)).toEqual([['C', 'one']]);
    expect(await heardBy(third, 1)).toEqual([['C', 'one']]);
  });

  it('is told of when an app joins another one or leaves it, and not when it stays (2.2: ChannelChangedEvent)', async () => {
    const ids = await one.evaluate(async () => {
      const listener = await fdc3.addEventListener('userChannelChanged', ({ type, details }) => {
        heard.push([type, (details as { currentChannelId: string | null }).currentChannelId]);
      });
      await fdc3.joinUserChannel('orange');
      await fdc3.joinUserChannel('orange');
      const joined = await fdc3.getCurrentChannel();
      await fdc3.leaveCurrentChannel();
      const left = await fdc3.getCurrentChannel();
      await listener.unsubscribe();
      await fdc3.joinUserChannel('pink');
      return [joined?.id, joined?.type, left];
    });
    expect(ids).toEqual(['orange', 'user', null]);
    expect(await heardBy(one, 2)).toEqual([
      ['userChannelChanged', 'orange'],
      ['userChannelChanged', null],
    ]);
  });

  it('is joined and left by an app for itself, and for no other app', async () => {
    const { uuid, name } = await other.evaluate(() => fin.me.identity as { uuid: string; name: string });
    const move = (frame: Frame, way: 'join' | 'leave') =>
      frame.evaluate(
        ([target, to]) =>
          (to === 'join'
            ? fin.me.interop.joinContextGroup('green', target)
            : fin.me.interop.removeFromContextGroup(target)
          ).then(
            () => 'done',
            ({ message }: Error) => message,
          ),
        [{ uuid, name }, way] as const,
      );
    const isOn = () => other.evaluate(async () => (await fdc3.getCurrentChannel())?.id);
    expect(await move(one, 'join')).toBe('AccessDenied');
    expect(await isOn()).toBeUndefined();
    expect(await move(other, 'join')).toBe('done');
    expect(await isOn()).toBe('green');
    expect(await move(one, 'leave')).toBe('AccessDenied');
    expect(await isOn()).toBe('green');
    expect(await move(other, 'leave')).toBe('done');
    expect(await isOn()).toBeUndefined();
  });

  it('gets nothing from an app that has joined none, and that app no error', async () => {
    const broadcast = one.evaluate(() => fdc3.broadcast({ type: 'fdc3.contact' }).then(() => 'done'));
    expect(await broadcast).toBe('done');
  });

  it('brings what is current to each listener for all types, and what comes later', async () => {
    await one.evaluate(async () => {
      await fdc3.joinUserChannel('purple');
      await fdc3.broadcast({ type: 'fdc3.contact', name: 'before' });
    });
    await other.evaluate(async () => {
      await fdc3.joinUserChannel('purple');
      for (const name of ['first', 'second'])
        await fdc3.addContextListener(null, (context) => heard.push([name, context['name']]));
    });
    await heardBy(other, 2);
    await one.evaluate(() => fdc3.broadcast({ type: 'fdc3.contact', name: 'after' }));
    expect(new Set(await heardBy(other, 4))).toEqual(
      new Set([
        ['first', 'before'],
        ['second', 'before'],
        ['first', 'after'],
        ['second', 'after'],
      ]),
    );
  });
});

describe('a private channel', () => {
  /** An intent whose handler makes a private channel, and says what happens on it. */
  const offerPrices = () =>
    other.evaluate(async () => {
      // What is still said on the channels of another test is not this one's.
      const own = heard;
      const listener = await fdc3.addIntentListener('GetPrices', async () => {
        const channel = (held.channel = (await fdc3.createPrivateChannel()) as Channel & PrivateChannel);
        await channel.addContextListener('fdc3.order', ({ name }, metadata) =>
          own.push([name, metadata?.source?.appId]),
        );
        await channel.addEventListener(null, ({ type, details }) =>
          own.push([type, (details as { contextType?: string })?.contextType]),
        );
        return channel;
      });
      Object.assign(window, { offered: listener });
    });
  const getPrices = () =>
    one.evaluate(async () => {
      const resolution = await fdc3.raiseIntent('GetPrices', { type: 'fdc3.nothing' });
      held.channel = (await resolution.getResult()) as Channel & PrivateChannel;
      return [held.channel.id, held.channel.type];
    });
  afterEach(() =>
    other.evaluate(() => (window as unknown as { offered?: { unsubscribe(): void } }).offered?.unsubscribe()),
  );

  it('joins the two ends, and tells each what the other does (PrivateChannelsLifecycleEvents)', async () => {
    await offerPrices();
    await getPrices();
    await one.evaluate(async () => {
      const listener = await held.channel.addContextListener('fdc3.valuation', ({ name }) => heard.push(name));
      await held.channel.broadcast({ type: 'fdc3.order', name: 'buy' });
      Object.assign(held, { listener });
    });
    await heardBy(other, 2);
    await other.evaluate(() => held.channel.broadcast({ type: 'fdc3.valuation', name: 'price' }));
    expect(await heardBy(one, 1)).toEqual(['price']);
    await one.evaluate(async () => {
      await (held as unknown as { listener: { unsubscribe(): Promise<void> } }).listener.unsubscribe();
      await held.channel.addContextListener(null, () => undefined);
      await held.channel.disconnect();
    });
    expect(await heardBy(other, 6)).toEqual([
      ['addContextListener', 'fdc3.valuation'],
      ['buy', 'one'],
      ['unsubscribe', 'fdc3.valuation'],
      ['addContextListener', null],
      ['unsubscribe', null],
      ['disconnect', undefined],
    ]);
  });

  it('tells whoever asks late of listeners that are there already', async () => {
    await offerPrices();
    await getPrices();
    await one.evaluate(() => {
      held.channel.onAddContextListener((type) => heard.push(type));
    });
    expect(await heardBy(one, 1)).toEqual(['fdc3.order']);
  });

  it('tells one end when the page of the other goes', async () => {
    await offerPrices();
    await getPrices();
    const url = one.url();
    await one.goto('about:blank');
    try {
      expect(await heardBy(other, 1)).toEqual([['disconnect', undefined]]);
    } finally {
      await one.goto(url);
      one = await desk.frame('one');
    }
  });

  it('is no app channel, not for its own ends either (PrivateChannelsAreNotAppChannels)', async () => {
    await offerPrices();
    const [id] = await getPrices();
    for (const frame of [one, other, third])
      expect(
        await frame.evaluate((given) => fdc3.getOrCreateChannel(given!).catch((error: Error) => error.message), id),
      ).toBe('AccessDenied');
  });

  it('keeps out an app that has only heard its id', async () => {
    await offerPrices();
    const [id] = await getPrices();
    // The same message is answered where the result of an intent has made the app an end of it.
    await third.evaluate(async () => {
      await fdc3.addIntentListener('JoinChannel', async ({ name }) => ({ type: 'private', id: name }) as never);
    });
    const taken = one.evaluate(async (name) => {
      const resolution = await fdc3.raiseIntent('JoinChannel', { type: 'fdc3.nothing', name: name! });
      const channel = (await resolution.getResult()) as PrivateChannel;
      return channel.id;
    }, id);
    expect(await taken).toBe(id);
    const stolen = third.evaluate(async (name) => {
      // The third app gets the id as a result from an app that is no end of the channel: from itself.
      const { instanceId } = (await fdc3.getInfo()).appMetadata;
      const resolution = await fdc3.raiseIntent(
        'JoinChannel',
        { type: 'fdc3.nothing', name: name! },
        { appId: 'third', instanceId: instanceId! },
      );
      return resolution.getResult().catch((error: Error) => error.message);
    }, id);
    expect(await stolen).toBe('AccessDenied');
  });

  it("is not made in the platform's name, called as an app says", async () => {
    const name = `taken-${crypto.randomUUID()}`;
    const refusal = one.evaluate((channelId) => {
      const { interop } = fin.me;
      const { ferryFdc3Call } = interop.constructor as unknown as {
        ferryFdc3Call(client: object, action: string, payload: object): Promise<void>;
      };
      return ferryFdc3Call(interop, 'createPrivateChannelProvider', { channelId }).catch(
        (error: Error) => error.message,
      );
    }, name);
    expect(await refusal).toContain('not authorized');
    const names = () =>
      one.evaluate(async () => (await fin.InterApplicationBus.Channel.getAllChannels()).map((one) => one.channelName));
    expect(await names()).not.toContain(name);
  });

  it('takes nothing from an end that has left it', async () => {
    await offerPrices();
    await getPrices();
    const refusal = one.evaluate(async () => {
      await held.channel.disconnect();
      return held.channel.broadcast({ type: 'fdc3.order' }).catch((error: Error) => error.message);
    });
    expect(await refusal).toBe('AccessDenied');
  });
});

describe('the desktop agent', () => {
  it('has methods that can be taken off it', async () => {
    const done = await one.evaluate(async () => {
      const { joinUserChannel, getCurrentChannel, broadcast, getInfo, addContextListener, leaveCurrentChannel } = fdc3;
      await joinUserChannel('yellow');
      const channel = await getCurrentChannel();
      const { broadcast: onChannel } = channel!;
      await onChannel({ type: 'fdc3.contact' });
      await broadcast({ type: 'fdc3.contact' });
      await (await addContextListener(null, () => undefined)).unsubscribe();
      await leaveCurrentChannel();
      return (await getInfo()).appMetadata.appId;
    });
    expect(done).toBe('one');
  });

  it('is the same for whoever asks fin for it', async () => {
    const same = one.evaluate(() => {
      const { me } = (window as unknown as { fin: { me: { interop: { getFDC3Sync(version: string): unknown } } } }).fin;
      return me.interop.getFDC3Sync('2.0') === fdc3;
    });
    expect(await same).toBe(true);
  });
});
