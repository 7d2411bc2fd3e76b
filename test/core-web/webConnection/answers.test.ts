import { recordOf } from '../apps.ts';
import { startWebPlatform, type PagePort } from './webPages.ts';

const apps = [recordOf('asker'), recordOf('answerer', { Ask: { contexts: [] } })] as const;

let platform: ReturnType<typeof startWebPlatform>;
let asker: PagePort;
let answerer: PagePort;
beforeEach(async () => {
  platform = startWebPlatform(apps);
  [asker, answerer] = (await Promise.all(
    apps.map(async ({ details }) => (await platform.openWindow().join(details.url)).port),
  )) as [PagePort, PagePort];
});
afterEach(() => platform.close());

const question = { type: 'test.question', name: 'Ada' };

describe('an intent between two ports', () => {
  it('has its result, which is that of the app that was asked', async () => {
    await answerer.ask('addIntentListenerRequest', { intent: 'Ask' });
    const raised = asker.ask('raiseIntentRequest', { intent: 'Ask', context: question });
    const { payload, meta } = await answerer.event('intentEvent');
    expect(payload).toMatchObject({ intent: 'Ask', context: question, originatingApp: { appId: 'asker' } });
    expect(await raised).toMatchObject({ intentResolution: { intent: 'Ask', source: { appId: 'answerer' } } });
    const answer = (port: PagePort, name: string) =>
      port.ask('intentResultRequest', {
        intentEventUuid: meta.eventUuid,
        raiseIntentRequestUuid: payload['raiseIntentRequestUuid'],
        intentResult: { context: { type: 'test.answer', name } },
      });
    await answer(asker, 'forged');
    await answer(answerer, 'first');
    await answer(answerer, 'second');
    const result = await asker.event('raiseIntentResultResponse');
    expect(result.payload).toEqual({ intentResult: { context: { type: 'test.answer', name: 'first' } } });
    expect(asker.heard.filter(({ type }) => type === 'raiseIntentResultResponse')).toHaveLength(1);
  });

  it('ends where the app that was asked goes before it has answered', async () => {
    await answerer.ask('addIntentListenerRequest', { intent: 'Ask' });
    await asker.ask('raiseIntentRequest', { intent: 'Ask', context: question });
    answerer.close();
    const result = await asker.event('raiseIntentResultResponse');
    expect(result.payload).toEqual({ error: 'IntentHandlerRejected' });
  });

  it('goes to no app that has taken its listener back, and to one that has another still', async () => {
    const { listenerUUID } = await answerer.ask('addIntentListenerRequest', { intent: 'Ask' });
    const other = await answerer.ask('addIntentListenerRequest', { intent: 'Ask' });
    await answerer.ask('intentListenerUnsubscribeRequest', { listenerUUID });
    await expect(asker.ask('raiseIntentRequest', { intent: 'Ask', context: question })).resolves.toHaveProperty(
      'intentResolution',
    );
    await answerer.ask('intentListenerUnsubscribeRequest', other);
    await expect(asker.ask('raiseIntentRequest', { intent: 'Ask', context: question })).resolves.toEqual({
      error: 'IntentDeliveryFailed',
    });
  });
});

describe('a channel between two ports', () => {
  it('tells an app once, however many of its listeners a context is for, and who it comes from', async () => {
    for (const port of [asker, answerer]) await port.ask('getOrCreateChannelRequest', { channelId: 'a' });
    for (const contextType of [null, 'test.question', 'test.other'])
      await answerer.ask('addContextListenerRequest', { channelId: 'a', contextType });
    await asker.ask('addContextListenerRequest', { channelId: 'a', contextType: null });
    await asker.ask('broadcastRequest', { channelId: 'a', context: { ...question, contextMetadata: 'forged' } });
    await expect(answerer.ask('getCurrentContextRequest', { channelId: 'a', contextType: null })).resolves.toEqual({
      context: question,
    });
    const heard = answerer.heard.filter(({ type }) => type === 'broadcastEvent');
    expect(heard.map(({ payload }) => payload)).toEqual([
      { channelId: 'a', context: question, originatingApp: { appId: 'asker', instanceId: expect.any(String) } },
    ]);
    expect(asker.heard.filter(({ type }) => type === 'broadcastEvent')).toEqual([]);
  });

  it('is private where it was made so: nobody else reads it, writes to it or hears of it', async () => {
    const { privateChannel } = await asker.ask('createPrivateChannelRequest');
    const { id: channelId } = privateChannel as { id: string };
    const denied = { error: 'AccessDenied' };
    await expect(answerer.ask('broadcastRequest', { channelId, context: question })).resolves.toEqual(denied);
    await expect(answerer.ask('getCurrentContextRequest', { channelId, contextType: null })).resolves.toEqual(denied);
    await expect(answerer.ask('addContextListenerRequest', { channelId, contextType: null })).resolves.toEqual(denied);
    await expect(answerer.ask('getOrCreateChannelRequest', { channelId })).resolves.toEqual(denied);
    await expect(
      answerer.ask('privateChannelAddEventListenerRequest', { privateChannelId: channelId, listenerType: null }),
    ).resolves.toEqual(denied);
    await expect(asker.ask('broadcastRequest', { channelId, context: question })).resolves.toEqual({});
  });
});

describe('a message', () => {
  it.each([
    ['broadcastRequest', { channelId: 'a', context: { name: 'no type' } }, 'MalformedContext'],
    ['raiseIntentRequest', { intent: 'Ask', context: 'text' }, 'MalformedContext'],
    ['raiseIntentRequest', { intent: 'Nobody', context: { type: 'x' } }, 'NoAppsFound'],
    ['openRequest', { app: { appId: 'nobody' } }, 'AppNotFound'],
    ['getAppMetadataRequest', { app: { appId: 'nobody' } }, 'TargetAppUnavailable'],
    ['joinUserChannelRequest', { channelId: 'nowhere' }, 'NoChannelFound'],
    ['broadcastRequest', { context: { type: 'x' } }, 'MalformedMessage'],
    ['addIntentListenerRequest', { intent: 7 }, 'MalformedMessage'],
  ])('%s %j is %s', async (type, payload, error) => {
    await asker.ask('getOrCreateChannelRequest', { channelId: 'a' });
    await expect(asker.ask(type, payload)).resolves.toEqual({ error });
  });

  it('that is none of the protocol is not answered, and the platform is told', async () => {
    for (const message of [null, 'text', { type: 'eval' }, { type: 'getInfoRequest' }, { type: '__proto__', meta: {} }])
      asker.say(message);
    await asker.ask('getInfoRequest');
    expect(platform.refused).toHaveLength(5);
    expect(asker.heard.map(({ type }) => type)).toEqual(['WCP5ValidateAppIdentityResponse', 'getInfoResponse']);
  });

  it('that is no JSON, or too deep, reaches no other app', async () => {
    for (const port of [asker, answerer]) await port.ask('getOrCreateChannelRequest', { channelId: 'a' });
    await answerer.ask('addContextListenerRequest', { channelId: 'a', contextType: null });
    const [circle, deep]: Record<string, unknown>[] = [{ type: 'test.circle' }, { type: 'test.deep' }];
    circle!['self'] = circle;
    for (let level = 0, inner = deep!; level < 300; level += 1) inner = inner['in'] = {} as Record<string, unknown>;
    for (const context of [circle, deep, { type: 'test.number', amount: 10n ** 20n }])
      asker.say({ type: 'broadcastRequest', meta: { requestUuid: 'r' }, payload: { channelId: 'a', context } });
    const written = new Map([['a', 1]]);
    await asker.ask('broadcastRequest', { channelId: 'a', context: { type: 'test.map', written } });
    const { payload } = await answerer.event('broadcastEvent');
    expect(payload['context']).toEqual({ type: 'test.map', written: {} });
    expect(platform.refused).toHaveLength(3);
  });

  it('asks for no more listeners than an app has a share of', async () => {
    const answers = await Promise.all(
      Array.from({ length: 501 }, () => asker.ask('addContextListenerRequest', { channelId: null, contextType: null })),
    );
    expect(answers.filter(({ listenerUUID }) => listenerUUID)).toHaveLength(500);
    expect(answers.at(-1)).toEqual({ error: 'CreationFailed' });
    expect(platform.refused).toHaveLength(1);
  });
});
