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
    const { routing, opened, start } = environment({ directory: [provider], listenerTimeoutMs: 5_000 });
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
