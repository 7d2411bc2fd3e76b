import { AppInstances } from '../../../src/core-web/appInstances.ts';
import type { BrokerConstructor } from '../../../src/core-web/broker/brokerParts.ts';
import { withIntents } from '../../../src/core-web/broker/intents.ts';
import { ContextChannels } from '../../../src/core-web/channels/contextChannels.ts';
import { UserChannels } from '../../../src/core-web/channels/userChannels.ts';
import type { TicketIssuer } from '../../../src/core-web/platformTickets.ts';
import { createDesktopRouter } from '../../../src/core-web/router/desktopRouter.ts';
import { recordingEnd, recordOf } from '../apps.ts';

const raiser = { uuid: 'raiser', name: 'raiser', endpointId: 'raiser', isLocalEndpointId: false };
const directory = [recordOf('raiser'), recordOf('handler', { ViewContact: { contexts: ['fdc3.contact'] } })] as const;

function broker(answer: () => Promise<unknown>) {
  const instances = new AppInstances();
  const userChannels = new UserChannels();
  const channels = new ContextChannels({ userChannels });
  instances.add(directory[0], recordingEnd().end, { identity: raiser });
  instances.add(directory[1], recordingEnd(answer).end).intents.add('ViewContact');
  const published: [string, unknown][] = [];
  const reserved = new Set<string>();
  const Layer = withIntents(class {} as BrokerConstructor, {
    directory,
    instances,
    channels,
    userChannels,
    tickets: {} as TicketIssuer,
    router: createDesktopRouter({
      directory,
      instances,
      channels,
      choose: async () => null,
      openApp: () => 'shown',
      onHandlerRejected: () => undefined,
      listenerTimeoutMs: 50,
    }),
    bus: {
      publish: (topic, message) => void published.push([topic, message]),
      reserve(topic) {
        reserved.add(topic);
        return () => reserved.delete(topic);
      },
      send: () => undefined,
    },
    listenerTimeoutMs: 50,
  });
  return { broker: new Layer(), published, reserved };
}
const fired = {
  name: 'ViewContact',
  context: { type: 'fdc3.contact' },
  metadata: { intentResolutionResultId: 'result' },
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the result of an intent, for an app that has joined by core-web', () => {
  it('is published by the platform, and nobody else may publish it until then', async () => {
    let answer: (result: unknown) => void = () => undefined;
    const { broker: layer, published, reserved } = broker(() => new Promise((resolve) => (answer = resolve)));
    await expect(layer.handleFiredIntent(fired, raiser)).resolves.toMatchObject({ source: { appId: 'handler' } });
    expect([...reserved]).toEqual(['result']);
    answer({ type: 'fdc3.contact' });
    await settled();
    expect(published).toEqual([['result', { type: 'fdc3.contact' }]]);
    expect([...reserved]).toEqual([]);
  });

  it('is a refusal that says no more where the handler throws', async () => {
    const { broker: layer, published } = broker(() => Promise.reject(new Error('no such person')));
    await layer.handleFiredIntent(fired, raiser);
    await settled();
    expect(published).toEqual([['result', { error: true }]]);
  });

  it('keeps no topic where no app takes the intent', async () => {
    const { broker: layer, reserved } = broker(async () => undefined);
    await expect(layer.handleFiredIntent({ ...fired, name: 'Nothing' }, raiser)).rejects.toThrow('NoAppsFound');
    expect([...reserved]).toEqual([]);
  });
});
