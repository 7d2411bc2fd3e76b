import { AppInstances } from '../../src/core-web/appInstances.ts';
import {
  intentChoices,
  intentTarget,
  routeIntent,
  type IntentChoice,
  type IntentRoutingOptions,
} from '../../src/core-web/intentRouting.ts';
import { recordingEnd, recordOf } from './apps.ts';

const provider = recordOf('provider', { ViewContact: { contexts: ['fdc3.contact'], resultType: 'fdc3.contact' } });
const phone = recordOf('phone', {
  StartCall: { contexts: ['fdc3.contact'] },
  ViewContact: { contexts: ['fdc3.contact'] },
});
const chat = recordOf('chat');
const directory = [provider, phone, chat];

function environment(over: Partial<IntentRoutingOptions> = {}) {
  const instances = new AppInstances();
  const opened: string[] = [];
  const start = (record: typeof provider, ...intents: string[]) => {
    const instance = instances.add(record, recordingEnd().end);
    for (const intent of intents) instance.intents.add(intent);
    instances.notify();
    return instance;
  };
  const routing: IntentRoutingOptions = {
    directory,
    instances,
    choose: async () => null,
    openApp({ appId }, { newInstance }) {
      opened.push(newInstance ? `another ${appId}` : appId);
      return 'started';
    },
    startTimeoutMs: 50,
    listenerTimeoutMs: 50,
    ...over,
  };
  return { routing, instances, opened, start };
}

describe('routing an intent', () => {
  it('goes to the one app that takes it, without asking', async () => {
    const { routing, start } = environment({
      directory: [provider, chat],
      choose: () => Promise.reject(new Error('asked')),
    });
    const instance = start(provider, 'ViewContact');
    await expect(routeIntent(routing, { intent: 'ViewContact', contextType: 'fdc3.contact' })).resolves.toEqual({
      intent: 'ViewContact',
      instance,
    });
  });

  it('starts the app that takes it when it does not run, and waits for its listener', async () => {
    const { routing, opened, start } = environment({
      directory: [provider],
      startTimeoutMs: 5_000,
      listenerTimeoutMs: 5_000,
    });
    const routed = routeIntent(routing, { intent: 'ViewContact', contextType: 'fdc3.contact' });
    expect(opened).toEqual(['provider']);
    const instance = start(provider, 'ViewContact');
    await expect(routed).resolves.toMatchObject({ instance });
  });

  it('gives up as IntentDeliveryFailed when no listener appears', async () => {
    const { routing } = environment({ directory: [provider] });
    await expect(routeIntent(routing, { intent: 'ViewContact', contextType: 'fdc3.contact' })).rejects.toThrow(
      'IntentDeliveryFailed',
    );
  });

  it('lets the person choose among several, and ends when they choose none', async () => {
    const pickPhone = async (choices: readonly IntentChoice[]) =>
      choices.find((choice) => choice.app === phone) ?? null;
    const { routing, start } = environment({ choose: pickPhone });
    const instance = start(phone, 'ViewContact');
    await expect(routeIntent(routing, { intent: 'ViewContact', contextType: 'fdc3.contact' })).resolves.toMatchObject({
      instance,
    });
    await expect(
      routeIntent({ ...routing, choose: async () => null }, { intent: 'ViewContact', contextType: 'fdc3.contact' }),
    ).rejects.toThrow('UserCancelledResolution');
  });

  it('keeps to the target the app named', async () => {
    const { routing, start } = environment({ choose: () => Promise.reject(new Error('asked')) });
    const older = start(phone, 'ViewContact');
    const newer = start(phone, 'ViewContact');
    const wanted = { intent: 'ViewContact', contextType: 'fdc3.contact' };
    await expect(routeIntent(routing, wanted, { appId: 'phone' })).resolves.toMatchObject({ instance: newer });
    await expect(routeIntent(routing, wanted, { appId: 'phone', instanceId: older.instanceId })).resolves.toMatchObject(
      { instance: older },
    );
    await expect(routeIntent(routing, wanted, { appId: 'phone', instanceId: 'gone' })).rejects.toThrow(
      'TargetInstanceUnavailable',
    );
    await expect(routeIntent(routing, wanted, { appId: 'nobody' })).rejects.toThrow('TargetAppUnavailable');
  });

  it('says NoAppsFound for a target that does not take this intent with this context', async () => {
    const { routing, start } = environment();
    start(phone, 'ViewContact');
    for (const appId of ['phone', 'chat']) {
      await expect(
        routeIntent(routing, { intent: 'ViewContact', contextType: 'fdc3.instrument' }, { appId }),
      ).rejects.toThrow('NoAppsFound');
    }
  });

  it('says IntentDeliveryFailed for an app that the platform cannot start', async () => {
    const { routing } = environment({ directory: [provider], openApp: () => Promise.reject(new Error('no place')) });
    await expect(routeIntent(routing, { intent: 'ViewContact', contextType: 'fdc3.contact' })).rejects.toThrow(
      'IntentDeliveryFailed',
    );
  });

  it('finds an app by its context alone', async () => {
    const { routing, start } = environment({
      choose: async (choices) => choices.find(({ intent }) => intent === 'StartCall') ?? null,
    });
    const instance = start(phone, 'StartCall');
    await expect(routeIntent(routing, { contextType: 'fdc3.contact' })).resolves.toEqual({
      intent: 'StartCall',
      instance,
    });
  });

  it('says NoAppsFound for what nobody takes', async () => {
    await expect(
      routeIntent(environment().routing, { intent: 'ViewContact', contextType: 'fdc3.instrument' }),
    ).rejects.toThrow('NoAppsFound');
  });
});

describe('an app that is started for an intent', () => {
  const patient = { directory: [phone], startTimeoutMs: 5_000, listenerTimeoutMs: 5_000 };
  const wanted = { intent: 'StartCall', contextType: 'fdc3.contact' };

  it('gets it once it listens, however late it joins, and after it was put in its place', async () => {
    const { routing, start, instances } = environment(patient);
    const placed: unknown[] = [];
    const routed = routeIntent(routing, wanted, undefined, (instance) => placed.push(instance));
    const instance = start(phone);
    await new Promise(setImmediate);
    expect(placed).toEqual([]);
    instance.intents.add('StartCall');
    instances.notify();
    await expect(routed).resolves.toEqual({ intent: 'StartCall', instance });
    expect(placed).toEqual([instance]);
  });

  it('gets it although its page was loaded once more before it listened', async () => {
    const { routing, start, instances } = environment(patient);
    const routed = routeIntent(routing, wanted);
    instances.remove(start(phone));
    const again = start(phone, 'StartCall');
    await expect(routed).resolves.toMatchObject({ instance: again });
  });

  it('is one for each intent that has started one', async () => {
    const { routing, start } = environment(patient);
    const routed = [routeIntent(routing, wanted), routeIntent(routing, wanted)];
    const both = [start(phone, 'StartCall'), start(phone, 'StartCall')];
    const got = (await Promise.all(routed)).map(({ instance }) => instance);
    expect(new Set(got)).toEqual(new Set(both));
  });

  it('is put in no other place where it was there already', async () => {
    const { routing, start } = environment({ ...patient, openApp: () => 'shown' });
    const placed: unknown[] = [];
    const routed = routeIntent(routing, wanted, undefined, (instance) => placed.push(instance));
    start(phone, 'StartCall');
    await routed;
    expect(placed).toEqual([]);
  });

  it('has a time to join, and one to listen from then on', async () => {
    const early = environment({ ...patient, startTimeoutMs: 10 });
    await expect(routeIntent({ ...early.routing, listenerTimeoutMs: 10 }, wanted)).rejects.toThrow(
      'IntentDeliveryFailed',
    );
    const deaf = environment({ ...patient, listenerTimeoutMs: 10 });
    const routed = routeIntent(deaf.routing, wanted);
    deaf.start(phone);
    await expect(routed).rejects.toThrow('IntentDeliveryFailed');
  });
});

describe('the choice that a person has', () => {
  const wanted = { intent: 'ViewContact', contextType: 'fdc3.contact' };
  const only = recordOf('only', { ViewContact: { contexts: ['fdc3.contact'] } });
  only['customConfig'] = [{ name: 'instanceMode', value: 'single' }];

  /** What is offered, by app and whether it is an instance that runs. */
  function offering(pick: (choices: readonly IntentChoice[]) => IntentChoice | undefined) {
    const offered: [string, string | undefined][] = [];
    const choose: IntentRoutingOptions['choose'] = async (choices) => {
      offered.push(
        ...choices.map(({ app, instance }) => [app.appId, instance?.instanceId] satisfies [string, unknown]),
      );
      return pick(choices) ?? null;
    };
    return { offered, choose };
  }

  it('is among the instances that listen, newest first, and a new one of each app; of some there is only one', async () => {
    const { offered, choose } = offering(() => undefined);
    const { routing, start } = environment({ choose, directory: [phone, provider, only] });
    const [older, newer, there] = [
      start(phone, 'ViewContact'),
      start(phone, 'ViewContact'),
      start(only, 'ViewContact'),
    ];
    start(phone, 'StartCall');
    await expect(routeIntent(routing, wanted)).rejects.toThrow('UserCancelledResolution');
    expect(offered).toEqual([
      ['phone', newer.instanceId],
      ['phone', older.instanceId],
      ['phone', undefined],
      ['provider', undefined],
      ['only', there.instanceId],
    ]);
  });

  it('goes to the instance that was chosen, and to no newer one', async () => {
    const { choose } = offering((choices) => choices.find(({ instance }) => instance === older));
    const { routing, start, opened } = environment({ choose });
    const older = start(phone, 'ViewContact');
    start(phone, 'ViewContact');
    await expect(routeIntent(routing, wanted)).resolves.toMatchObject({ instance: older });
    expect(opened).toEqual([]);
  });

  it('may be another instance, which is started although one runs', async () => {
    const { choose } = offering((choices) => choices.find(({ app, instance }) => app === phone && !instance));
    const { routing, start, opened } = environment({ choose, startTimeoutMs: 5_000, listenerTimeoutMs: 5_000 });
    start(phone, 'ViewContact');
    const routed = routeIntent(routing, wanted);
    await new Promise(setImmediate);
    expect(opened).toEqual(['another phone']);
    const another = start(phone, 'ViewContact');
    await expect(routed).resolves.toMatchObject({ instance: another });
  });

  it('goes to another instance of the app where the chosen one went away meanwhile', async () => {
    const { choose } = offering((choices) => {
      const chosen = choices.find(({ instance }) => instance === newer);
      instances.remove(newer);
      return chosen;
    });
    const { routing, start, instances } = environment({ choose });
    const older = start(phone, 'ViewContact');
    const newer = start(phone, 'ViewContact');
    await expect(routeIntent(routing, wanted)).resolves.toMatchObject({ instance: older });
  });

  it('is not asked for where the app has named the instance', async () => {
    const { offered, choose } = offering(() => undefined);
    const { routing, start } = environment({ choose });
    const instance = start(phone, 'ViewContact');
    start(phone, 'ViewContact');
    const target = { appId: 'phone', instanceId: instance.instanceId };
    await expect(routeIntent(routing, wanted, target)).resolves.toMatchObject({ instance });
    expect(offered).toEqual([]);
  });
});

describe('the apps that can act', () => {
  it('include one that listens without saying so in the directory, but no declared one for other contexts', () => {
    const { routing, start } = environment();
    start(chat, 'ViewContact');
    start(provider, 'ViewContact');
    const takers = intentChoices(routing, { intent: 'ViewContact', contextType: 'fdc3.instrument' });
    expect(takers.map((choice) => choice.app.appId)).toEqual(['chat']);
  });

  it('are narrowed by the type of result', () => {
    const takers = intentChoices(environment().routing, { intent: 'ViewContact', resultType: 'fdc3.contact' });
    expect(takers.map((choice) => choice.app.appId)).toEqual(['provider']);
  });
});

describe('a target', () => {
  it('may be an identifier, or a name as in FDC3 1.2', () => {
    expect(intentTarget.parse({ appId: 'a', instanceId: 'i' })).toMatchObject({ appId: 'a', instanceId: 'i' });
    expect(intentTarget.parse('a')).toMatchObject({ appId: 'a' });
    expect(intentTarget.parse({ name: 'a' })).toMatchObject({ appId: 'a' });
    expect(intentTarget.safeParse(7).success).toBe(false);
  });
});
