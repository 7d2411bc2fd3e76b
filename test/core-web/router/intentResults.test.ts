import { ContextChannels } from '../../../src/core-web/channels/contextChannels.ts';
import { UserChannels } from '../../../src/core-web/channels/userChannels.ts';
import { IntentResults, type IntentOutcome } from '../../../src/core-web/router/intentResults.ts';
import type { HandlerRejected } from '../../../src/core-web/router/routerOptions.ts';
import { appAlone } from '../apps.ts';

const [raiser, handler] = [appAlone('raiser'), appAlone('handler')];

function results() {
  const outcomes: IntentOutcome[] = [];
  const rejections: HandlerRejected[] = [];
  const bring = new IntentResults({
    channels: new ContextChannels({ userChannels: new UserChannels() }),
    onHandlerRejected: (rejected) => void rejections.push(rejected),
  });
  const asked = { intent: 'ViewContact', raiser, handler, settle: (one: IntentOutcome) => void outcomes.push(one) };
  return { outcomes, rejections, results: bring, asked };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the result of an intent', () => {
  it('is what the handler returns', async () => {
    const { outcomes, asked, results: bring } = results();
    bring.bring(Promise.resolve({ type: 'fdc3.contact' }), asked);
    await settled();
    expect(outcomes).toEqual([{ done: true, result: { type: 'fdc3.contact' } }]);
  });

  it('is nothing where the handler returns nothing', async () => {
    const { outcomes, asked, results: bring } = results();
    bring.bring(Promise.resolve(undefined), asked);
    await settled();
    expect(outcomes).toEqual([{ done: true, result: null }]);
  });

  it("of a handler that throws is a refusal without its reason, which is in the platform's log", async () => {
    const { outcomes, rejections, asked, results: bring } = results();
    bring.bring(Promise.reject(new Error('no such person')), asked);
    await settled();
    expect(outcomes).toEqual([{ done: false }]);
    expect(rejections).toEqual([
      { intent: 'ViewContact', appId: 'handler', instanceId: 'handler-1', reason: 'no such person' },
    ]);
  });

  it('is a refusal once the app of the handler has gone, and no answer after that counts', async () => {
    const { outcomes, rejections, asked, results: bring } = results();
    let answer: (result: unknown) => void = () => undefined;
    bring.bring(new Promise((resolve) => (answer = resolve)), asked);
    bring.handlerGone(handler);
    expect(outcomes).toEqual([{ done: false }]);
    expect(rejections).toHaveLength(1);
    answer({ type: 'fdc3.contact' });
    await settled();
    expect(outcomes).toHaveLength(1);
  });
});
