import { createWireRules } from '../../../src/core-web/guard/wireRules.ts';

const origin = 'https://app.bank.example';
const provider = { uuid: 'provider', name: 'provider' };
const app = { uuid: 'app', name: 'app' };
const reservedChannels = { theirs: 'https://provider.bank.example', ours: origin };
const otherChannel = { ...provider, channelName: 'theirs', channelId: 'their-channel' };
const ownChannel = { ...app, channelName: 'own', channelId: 'own-channel' };

type Rules = ReturnType<typeof createWireRules>;
const say = (rules: Rules, action: string, payload: unknown, more: object = { messageId: 'm' }) =>
  rules.outbound(JSON.stringify({ action, payload, ...more }));
const hear = (rules: Rules, message: object) => rules.inbound(JSON.stringify(message));
const passes = {};
const refused = (reason: string) => ({ refusal: expect.stringContaining(reason), messageId: 'm' });

/** As the shared worker of core-web 0.40.51 writes them. */
const made = (correlationId: string, data: object = ownChannel) => ({
  action: 'ack',
  originalAction: 'create-channel',
  correlationId,
  payload: { success: true, data },
  success: true,
});
const connected = (correlationId: string, data: object = { ...otherChannel, endpointId: 'own-endpoint' }) => ({
  action: 'ack',
  correlationId,
  payload: { error: null, data, success: true },
});
const question = (correlationId: string, originalAction = 'send-channel-message') => ({
  action: 'send-channel-result',
  payload: {
    correlationId,
    destinationToken: { ...provider, endpointId: 'e' },
    originalAction,
    payload: { ...ownChannel, endpointId: 'e' },
    success: true,
  },
});
const connectionFrom = (endpointId: string) => ({
  action: 'process-channel-connection',
  payload: {
    ackToSender: question('connect', 'connect-to-channel'),
    providerIdentity: ownChannel,
    clientIdentity: { ...provider, endpointId, connectionUrl: '' },
    payload: {},
  },
});

let rules: Rules;
beforeEach(() => {
  rules = createWireRules({ origin, reservedChannels });
});

describe('channels', () => {
  it('are made under any name but those that belong to another origin', () => {
    expect(say(rules, 'create-channel', { channelName: 'theirs' })).toMatchObject(
      refused('https://provider.bank.example'),
    );
    for (const channelName of ['ours', 'own', '__proto__', 'constructor'])
      expect(say(rules, 'create-channel', { channelName })).toEqual(passes);
  });

  it('are ended by the page that made them, and after that by nobody', () => {
    expect(say(rules, 'destroy-channel', { channelName: 'own' })).toMatchObject(refused('not made by this page'));
    say(rules, 'create-channel', { channelName: 'own' }, { messageId: 'create' });
    hear(rules, made('create'));
    expect(say(rules, 'destroy-channel', { channelName: 'own' })).toEqual(passes);
    expect(say(rules, 'destroy-channel', { channelName: 'own' })).toMatchObject(refused('not made by this page'));
  });

  it("are not a page's own because somebody says so", () => {
    hear(rules, made('never asked'));
    say(rules, 'connect-to-channel', { channelName: 'x' }, { messageId: 'connect' });
    hear(rules, made('connect'));
    say(rules, 'create-channel', { channelName: 'own' }, { messageId: 'failed' });
    hear(rules, { ...made('failed'), payload: { success: false, reason: 'in use', data: ownChannel } });
    hear(rules, connectionFrom('e'));
    expect(say(rules, 'destroy-channel', { channelName: 'own' })).toMatchObject(refused('not made by this page'));
    expect(
      say(rules, 'send-channel-message', { ...provider, endpointId: 'e', providerIdentity: ownChannel }),
    ).toMatchObject(refused('no such connection'));
  });
});

describe('a channel', () => {
  it("is not a page's own because another page has answered a message under the id of its wish", () => {
    say(rules, 'create-channel', { channelName: 'own' }, { messageId: 'm' });
    hear(rules, { ...made('m', { ...otherChannel, result: {} }), originalAction: undefined });
    expect(say(rules, 'destroy-channel', { channelName: 'theirs' })).toMatchObject(refused('not made by this page'));
    hear(rules, made('m'));
    expect(say(rules, 'destroy-channel', { channelName: 'own' })).toEqual(passes);
  });
});

describe('messages to a provider', () => {
  const message = {
    ...otherChannel,
    endpointId: 'own-endpoint',
    providerIdentity: otherChannel,
    action: 'execute',
    payload: {},
  };
  beforeEach(() => {
    say(rules, 'connect-to-channel', { channelName: 'theirs' }, { messageId: 'connect' });
    hear(rules, connected('connect'));
  });

  it('go over the connection that the page was given', () =>
    expect(say(rules, 'send-channel-message', message)).toEqual(passes));

  it.each([
    { endpointId: 'another' },
    { endpointId: undefined },
    { endpointId: '' },
    { channelId: 'another' },
    { channelId: '' },
    { uuid: 'another' },
    { name: 'another' },
    { providerIdentity: { ...otherChannel, uuid: 'another' } },
    { providerIdentity: { ...otherChannel, channelId: 'another' } },
    { channelId: undefined },
  ])('go nowhere else: %j', (changes) =>
    expect(say(rules, 'send-channel-message', { ...message, ...changes })).toMatchObject({
      refusal: expect.any(String),
    }),
  );

  it('end with the connection', () => {
    expect(say(rules, 'disconnect-from-channel', { channelName: 'theirs', endpointId: 'own-endpoint' })).toEqual(
      passes,
    );
    expect(say(rules, 'send-channel-message', message)).toMatchObject(refused('no such connection'));
  });
});

describe('requests for a connection to a channel whose page has gone', () => {
  const gone = (type: string, channel: object = otherChannel) =>
    hear(rules, { action: 'process-desktop-event', payload: { topic: 'channel', type, ...channel } });

  it('are told once each, and others are not', () => {
    for (const messageId of ['first', 'second'])
      say(rules, 'connect-to-channel', { channelName: 'theirs' }, { messageId });
    say(rules, 'connect-to-channel', { channelName: 'another' }, { messageId: 'another' });
    say(rules, 'connect-to-channel', { channelName: 'theirs' }, { messageId: 'answered' });
    hear(rules, connected('answered'));
    say(rules, 'get-all-channels', { channelName: 'theirs' }, { messageId: 'channels' });
    gone('connected');
    gone('closed');
    expect(rules.takeUnanswerable()).toEqual([]);
    gone('disconnected');
    expect([rules.takeUnanswerable(), rules.takeUnanswerable()]).toEqual([['first', 'second'], []]);
    gone('disconnected');
    expect(rules.takeUnanswerable()).toEqual([]);
  });

  it('get no answer after that', () => {
    say(rules, 'connect-to-channel', { channelName: 'theirs' }, { messageId: 'connect' });
    gone('disconnected');
    expect(hear(rules, connected('connect'))).toBe(false);
  });
});

describe('messages of a provider', () => {
  const message = { ...provider, endpointId: 'e', providerIdentity: ownChannel, action: 'state', payload: {} };
  beforeEach(() => {
    say(rules, 'create-channel', { channelName: 'own' }, { messageId: 'create' });
    hear(rules, made('create'));
    hear(rules, connectionFrom('e'));
  });

  it('go to the clients of its own channel', () => expect(say(rules, 'send-channel-message', message)).toEqual(passes));

  it.each([
    { endpointId: 'another' },
    { endpointId: undefined },
    { uuid: 'another' },
    { name: 'another' },
    { providerIdentity: otherChannel },
    { providerIdentity: { ...ownChannel, uuid: 'another' } },
    { providerIdentity: { ...ownChannel, channelName: 'theirs' } },
  ])("go to nobody else and in nobody else's name: %j", (changes) =>
    expect(say(rules, 'send-channel-message', { ...message, ...changes })).toMatchObject({
      refusal: expect.any(String),
    }),
  );
});

describe('answers', () => {
  const answer = (changes: object = {}) =>
    rules.outbound(
      JSON.stringify({ action: 'send-channel-result', payload: { ...question('q').payload, ...changes } }),
    );
  const asked = (ackToSender: object) =>
    hear(rules, {
      action: 'process-channel-message',
      payload: { ackToSender, senderIdentity: provider, intendedTargetIdentity: ownChannel, action: 'x', payload: {} },
    });
  beforeEach(() => {
    say(rules, 'create-channel', { channelName: 'own' }, { messageId: 'create' });
    hear(rules, made('create'));
    asked(question('q'));
  });

  it('are given once to what was asked, with a result or an error', () => {
    expect(answer({ payload: { ...ownChannel, endpointId: 'e', result: { some: 'result' } } })).toEqual(passes);
    expect(answer()).toMatchObject({ refusal: expect.stringContaining('was not asked') });
  });

  it.each([
    { correlationId: 'another' },
    { destinationToken: app },
    { originalAction: 'connect-to-channel' },
    { payload: { ...ownChannel, endpointId: 'another' } },
    { payload: { ...otherChannel, endpointId: 'e' } },
    { payload: undefined },
  ])('are given to nothing else: %j', (changes) => {
    expect(answer(changes)).toMatchObject({ refusal: expect.stringContaining('was not asked') });
    expect(answer()).toEqual(passes);
  });

  it('are due to each client, however much another one asks', () => {
    const asks = (uuid: string, correlationId: string) => {
      const { payload } = question(correlationId);
      return { ...payload, destinationToken: { uuid, name: uuid } };
    };
    const ask = (uuid: string, correlationId: string) => void asked({ payload: asks(uuid, correlationId) });
    ask('patient', 'sign-in');
    for (let index = 0; index < 20_001; index += 1) ask('flood', `f${index}`);
    expect(answer(asks('patient', 'sign-in'))).toEqual(passes);
    expect(answer(asks('flood', 'f20000'))).toEqual(passes);
    expect(answer(asks('flood', 'f0'))).toMatchObject({ refusal: expect.stringContaining('was not asked') });
  });

  it('go to no other runtime', () => {
    expect(answer({ destinationToken: { ...provider, endpointId: 'e', runtimeUuid: 'another' } })).toMatchObject({
      refusal: expect.stringContaining('was not asked'),
    });
    expect(answer()).toEqual(passes);
  });

  it('to a connection say no other endpoint than the shared worker gave', () => {
    hear(rules, connectionFrom('e'));
    const given = question('connect', 'connect-to-channel').payload;
    const reply = (payload: object) =>
      rules.outbound(JSON.stringify({ action: 'send-channel-result', payload: { ...given, payload } }));
    expect(reply({ ...ownChannel, endpointId: 'stolen' })).toMatchObject({ refusal: expect.any(String) });
    expect(reply({ ...ownChannel, channelId: 'stolen', endpointId: 'e' })).toMatchObject({
      refusal: expect.any(String),
    });
    expect(reply({ ...ownChannel, endpointId: 'e', answer: {} })).toEqual(passes);
  });
});

describe('what the page that had this id before has left behind', () => {
  const answered = (correlationId: string, result = '') =>
    hear(rules, {
      action: 'ack',
      correlationId,
      payload: { error: null, data: { ...otherChannel, result }, success: true },
    });
  const told = (intendedTargetIdentity: object) =>
    hear(rules, {
      action: 'process-channel-message',
      payload: {
        ackToSender: question('q'),
        providerIdentity: otherChannel,
        intendedTargetIdentity: { ...app, ...intendedTargetIdentity },
        action: 'state',
        payload: {},
      },
    });

  it('is not for this one: answers to what it has asked, short or long; its own come once', () => {
    say(rules, 'get-all-channels', {}, { messageId: 'own' });
    say(rules, 'get-all-channels', {}, { messageId: 'own long' });
    expect([answered('before'), answered('before', 'x'.repeat(60_000))]).toEqual([false, false]);
    expect([answered('own'), answered('own long', 'x'.repeat(60_000))]).toEqual([true, true]);
    expect([answered('own'), answered('own long', 'x'.repeat(60_000))]).toEqual([false, false]);
  });

  it('is not for this one: messages on its connections, and connections and messages to its channels', () => {
    expect([
      told({ endpointId: 'own-endpoint' }),
      told({ channelId: 'own-channel' }),
      hear(rules, connectionFrom('e')),
    ]).toEqual([false, false, false]);
    say(rules, 'connect-to-channel', { channelName: 'theirs' }, { messageId: 'connect' });
    hear(rules, connected('connect'));
    say(rules, 'create-channel', { channelName: 'own' }, { messageId: 'create' });
    hear(rules, made('create'));
    expect([
      told({ endpointId: 'own-endpoint' }),
      told({ channelId: 'own-channel' }),
      hear(rules, connectionFrom('e')),
    ]).toEqual([true, true, true]);
  });
});

describe('connections', () => {
  const from = (endpointId: string, client = provider) =>
    hear(rules, {
      ...connectionFrom(endpointId),
      payload: { ...connectionFrom(endpointId).payload, clientIdentity: { ...client, endpointId, connectionUrl: '' } },
    });
  const gone = (endpointId: string) =>
    hear(rules, {
      action: 'process-desktop-event',
      payload: { topic: 'channel', type: 'client-disconnected', channelName: 'own', endpointId },
    });
  const mayTell = (endpointId: string, client = provider) =>
    say(rules, 'send-channel-message', {
      ...client,
      endpointId,
      providerIdentity: ownChannel,
      action: 'x',
      payload: {},
    });
  beforeEach(() => {
    say(rules, 'create-channel', { channelName: 'own' }, { messageId: 'create' });
    hear(rules, made('create'));
  });

  it('of one client are as many as it needs, others have room beside them, and one that has left makes room', () => {
    const passedOn = Array.from({ length: 600 }, (_, at) => from(`e${at}`));
    expect(passedOn.filter(Boolean)).toHaveLength(500);
    expect(from('of another', app)).toBe(true);
    expect([mayTell('e0'), mayTell('of another', app)]).toEqual([passes, passes]);
    gone('e0');
    expect(from('again')).toBe(true);
    expect(mayTell('again')).toEqual(passes);
  });

  it('that were ended get nothing more', () => {
    from('e');
    expect(mayTell('e')).toEqual(passes);
    gone('e');
    expect(mayTell('e')).toMatchObject(refused('no such connection'));
  });

  it('of this page end without an endpoint id too, and with the channel', () => {
    const message = {
      ...otherChannel,
      endpointId: 'own-endpoint',
      providerIdentity: otherChannel,
      action: 'x',
      payload: {},
    };
    const ends = [
      () => say(rules, 'disconnect-from-channel', { channelName: 'theirs' }),
      () =>
        hear(rules, {
          action: 'process-desktop-event',
          payload: { topic: 'channel', type: 'disconnected', ...otherChannel },
        }),
    ];
    for (const end of ends) {
      say(rules, 'connect-to-channel', { channelName: 'theirs' }, { messageId: 'connect' });
      hear(rules, connected('connect'));
      expect(say(rules, 'send-channel-message', message)).toEqual(passes);
      end();
      expect(say(rules, 'send-channel-message', message)).toMatchObject(refused('no such connection'));
    }
  });
});

describe('anything else', () => {
  it.each([
    ['create-channel', { channelName: 'x'.repeat(501) }, 'm'],
    ['connect-to-channel', { channelName: 'x'.repeat(501) }, 'm'],
    ['get-all-channels', {}, 'x'.repeat(201)],
    ['disconnect-from-channel', { channelName: 'x', endpointId: 'x'.repeat(201) }, 'm'],
    ['subscribe-to-desktop-event', { topic: 'channel', type: 'x'.repeat(101) }, 'm'],
  ])('is refused with names that fill the memory of others: %s', (action, payload, messageId) => {
    expect(say(rules, action, payload, { messageId })).toMatchObject({ refusal: 'This platform offers no such call.' });
    const shortened = Object.fromEntries(Object.entries(payload).map(([member, text]) => [member, text.slice(0, 100)]));
    expect(say(rules, action, shortened, { messageId: messageId.slice(0, 200) })).toEqual(passes);
  });

  it.each(['', 'null', '[]', '{}', '{"action":"x"}', 'no json', '{"action":"__proto__","payload":{},"messageId":"m"}'])(
    'is refused: %s',
    (text) => {
      expect(rules.outbound(text)).toMatchObject({ refusal: expect.any(String) });
    },
  );

  it('is refused with members that the shared worker would read besides', () => {
    expect(
      say(rules, 'connect-to-channel', { channelName: 'x' }, { messageId: 'm', locals: { aggregate: [] } }),
    ).toMatchObject(refused('no such call'));
    expect(say(rules, 'subscribe-to-desktop-event', { topic: 'window', type: 'x' })).toMatchObject(
      refused('no such call'),
    );
    // All events, in an envelope in which endpoints of others are not looked for.
    for (const type of ['*', 'client-disconnected/*'])
      expect(say(rules, 'subscribe-to-desktop-event', { topic: 'channel', type })).toMatchObject(
        refused('no such call'),
      );
    for (const action of ['get-all-channels', 'connect-to-channel'])
      expect(say(rules, action, { channelName: 'x' })).toEqual(passes);
    expect(say(rules, 'subscribe-to-desktop-event', { topic: 'channel', type: 'connected', timestamp: 1 })).toEqual(
      passes,
    );
  });

  it('of the shared worker reaches the page, but for the endpoints of others', () => {
    const gone = (channelName: string) =>
      hear(rules, {
        action: 'process-desktop-event',
        payload: { topic: 'channel', type: 'client-disconnected', channelName, endpointId: 'e' },
      });
    say(rules, 'create-channel', { channelName: 'own' }, { messageId: 'create' });
    hear(rules, made('create'));
    expect([gone('theirs'), gone('own')]).toEqual([false, true]);
    expect(
      hear(rules, {
        action: 'process-desktop-event',
        payload: { topic: 'channel', type: 'connected', channelName: 'theirs' },
      }),
    ).toBe(true);
    expect(hear(rules, { action: 'something-new' })).toBe(true);
  });

  it('is learnt from long answers too, where they were asked for', () => {
    const data = { ...otherChannel, endpointId: 'own-endpoint', result: 'x'.repeat(60_000) };
    say(rules, 'connect-to-channel', { channelName: 'theirs' }, { messageId: 'connect' });
    hear(rules, connected('somebody else', { ...data, endpointId: 'other-endpoint' }));
    hear(rules, connected('connect', data));
    const message = { ...otherChannel, providerIdentity: otherChannel, action: 'x', payload: {} };
    expect(say(rules, 'send-channel-message', { ...message, endpointId: 'own-endpoint' })).toEqual(passes);
    expect(say(rules, 'send-channel-message', { ...message, endpointId: 'other-endpoint' })).toMatchObject(
      refused('no such connection'),
    );
  });
});
