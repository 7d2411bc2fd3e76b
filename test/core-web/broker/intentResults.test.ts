import { appRecord } from '../../../src/core-web/appDirectory.ts';
import type { AppInstance } from '../../../src/core-web/appInstances.ts';
import { IntentResults } from '../../../src/core-web/broker/intentResults.ts';
import type { HandlerRejected } from '../../../src/core-web/broker/brokerParts.ts';
import { ContextChannels } from '../../../src/core-web/channels/contextChannels.ts';
import { UserChannels } from '../../../src/core-web/channels/userChannels.ts';

const app = (appId: string): AppInstance => ({
  instanceId: `${appId}-1`,
  app: appRecord.parse({ appId, title: appId, type: 'web', details: { url: `https://${appId}.bank.example/` } }),
  identity: { uuid: appId, name: appId, endpointId: appId, isLocalEndpointId: false },
  intents: new Set(),
  contextHandlers: new Map(),
});
const [raiser, handler] = [app('raiser'), app('handler')];

function results() {
  const published: [string, unknown][] = [];
  const reserved = new Set<string>();
  const rejections: HandlerRejected[] = [];
  const bring = new IntentResults({
    bus: {
      publish: (topic, message) => void published.push([topic, message]),
      reserve(topic) {
        reserved.add(topic);
        return () => reserved.delete(topic);
      },
    },
    channels: new ContextChannels({ userChannels: new UserChannels(), tell: () => undefined }),
    onHandlerRejected: (rejected) => void rejections.push(rejected),
  });
  return { published, reserved, rejections, results: bring };
}
const raised = { intent: 'ViewContact', raiser, handler, topic: 'result' };
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the result of an intent', () => {
  it('is what the handler returns, and nobody else may publish it until then', async () => {
    const { published, reserved, results: bring } = results();
    let answer: (result: unknown) => void = () => undefined;
    bring.bring(new Promise((resolve) => (answer = resolve)), raised);
    expect([...reserved]).toEqual(['result']);
    answer({ type: 'fdc3.contact' });
    await settled();
    expect(published).toEqual([['result', { type: 'fdc3.contact' }]]);
    expect([...reserved]).toEqual([]);
  });

  it('is nothing where the handler returns nothing', async () => {
    const { published, results: bring } = results();
    bring.bring(Promise.resolve(undefined), raised);
    await settled();
    expect(published).toEqual([['result', null]]);
  });

  it("of a handler that throws is a refusal without its reason, which is in the platform's log", async () => {
    const { published, rejections, results: bring } = results();
    bring.bring(Promise.reject(new Error('no such person')), raised);
    await settled();
    expect(published).toEqual([['result', { error: true }]]);
    expect(rejections).toEqual([
      { intent: 'ViewContact', appId: 'handler', instanceId: 'handler-1', reason: 'no such person' },
    ]);
  });

  it('is a refusal once the app of the handler has gone, and no answer after that counts', async () => {
    const { published, reserved, rejections, results: bring } = results();
    let answer: (result: unknown) => void = () => undefined;
    bring.bring(new Promise((resolve) => (answer = resolve)), raised);
    bring.handlerGone(handler);
    expect(published).toEqual([['result', { error: true }]]);
    expect(rejections).toHaveLength(1);
    expect([...reserved]).toEqual([]);
    answer({ type: 'fdc3.contact' });
    await settled();
    expect(published).toHaveLength(1);
  });
});
