/** What an app of the directory that means harm can do to the others by FDC3, whichever way it has joined. */
import type { Context, DesktopAgent } from '@finos/fdc3';
import type { Frame } from 'playwright-core';
import { until } from '../../support/until.ts';
import { useBareDesk } from '../bareDesk.ts';

declare const fdc3: DesktopAgent;
/** What a page keeps for the tests. */
declare const heard: unknown[];
declare const waiting: (() => void)[];

const listensFor = (...intents: string[]) => ({
  interop: { intents: { listensFor: Object.fromEntries(intents.map((name) => [name, { contexts: [] }])) } },
});
const desk = useBareDesk(
  { victim: listensFor('Ask', 'Wait'), hostileHere: {} },
  { byGetAgent: { hostileByAgent: {}, bystander: {}, quiet: {}, speaker: {}, lender: {} } },
);
let victim: Frame;
let bystander: Frame;

beforeAll(async () => {
  [victim, bystander] = (await Promise.all(['victim', 'bystander'].map((name) => desk.frame(name)))) as [Frame, Frame];
  await victim.evaluate(async () => {
    Object.assign(globalThis, { heard: [], waiting: [] });
    await fdc3.addIntentListener('Ask', async (context, metadata) => {
      const members = Object.keys(context);
      heard.push(members);
      const polluted = ({} as Record<string, unknown>)['polluted'] ?? (context as Record<string, unknown>)['polluted'];
      return { type: 'test.answer', by: metadata?.source, members, polluted: polluted ?? 'nothing' };
    });
    await fdc3.addIntentListener('Wait', () => new Promise((resolve) => void waiting.push(() => resolve())));
    const channel = await fdc3.getOrCreateChannel('news');
    await channel.addContextListener('test.news', (context, metadata) => {
      heard.push([(context as { text?: string }).text?.length, metadata?.source]);
    });
  });
});

const ask = (frame: Frame, context: string | Context) =>
  frame.evaluate(async (given) => {
    try {
      const context = (typeof given === 'string' ? JSON.parse(given) : given) as Context;
      return (await (await fdc3.raiseIntent('Ask', context)).getResult()) as Record<string, unknown>;
    } catch (error) {
      return { failed: (error as Error).message };
    }
  }, context);

describe.each(['hostileHere', 'hostileByAgent'])('an app of the directory (%s)', (name) => {
  let hostile: Frame;
  beforeAll(async () => {
    hostile = await desk.frame(name);
  });

  it('is named as the source of what it raises, whatever it says', async () => {
    const source = { appId: 'victim', instanceId: 'of-another' };
    const answer = await ask(hostile, { type: 'test.question', source, contextMetadata: { source } });
    expect(answer).toMatchObject({ by: { appId: name, instanceId: expect.not.stringMatching('of-another') } });
  });

  it('changes no prototype by the names of its members, and its other members arrive', async () => {
    const answer = await ask(
      hostile,
      '{"type":"test.question","__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"name":"Ada"}',
    );
    expect(answer).toMatchObject({ polluted: 'nothing', members: expect.arrayContaining(['type', 'name']) });
    expect(await desk.page.evaluate(() => ({}) as Record<string, unknown>)).toEqual({});
  });

  it('cannot have the others take contexts of ten megabytes, and large ones arrive', async () => {
    const share = (characters: number) =>
      hostile.evaluate(async (length) => {
        const channel = await fdc3.getOrCreateChannel('news');
        try {
          await channel.broadcast({ type: 'test.news', text: 'x'.repeat(length) } as Context);
          return 'shared';
        } catch (error) {
          return (error as Error).message;
        }
      }, characters);
    expect(await share(10_000_000)).toBe('MalformedContext');
    expect(await share(1_000_000)).toBe('shared');
    await victim.waitForFunction(
      (by) =>
        heard.some((one) => Array.isArray(one) && one[0] === 1_000_000 && (one[1] as { appId: string }).appId === by),
      name,
    );
    expect(await victim.evaluate(() => heard.some((one) => Array.isArray(one) && one[0] === 10_000_000))).toBe(false);
    expect(await ask(hostile, { type: 'test.question', text: 'x'.repeat(3_000_000) })).toEqual({
      failed: 'MalformedContext',
    });
  });

  it('cannot have them take one that is a thousand levels deep', async () => {
    const deep = `{"type":"test.question","in":${'['.repeat(1_000)}${']'.repeat(1_000)}}`;
    expect(await ask(hostile, deep)).toEqual({ failed: expect.stringMatching(/^Malformed(Context|Message)$/) });
    expect(await ask(hostile, '{"type":"test.question","in":[[[[[[[[]]]]]]]]}')).toMatchObject({ type: 'test.answer' });
  });

  it('has a hundred intents under way and no more, while others raise theirs', async () => {
    const refused = await hostile.evaluate(async () => {
      const raised = await Promise.allSettled(
        Array.from({ length: 120 }, () => fdc3.raiseIntent('Wait', { type: 'test.question' })),
      );
      return raised.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : []));
    });
    expect(refused).toEqual(Array(20).fill('IntentDeliveryFailed'));
    expect(await ask(bystander, { type: 'test.question' })).toMatchObject({ by: { appId: 'bystander' } });
    await victim.waitForFunction(() => waiting.length >= 100);
    await victim.evaluate(() => waiting.splice(0).forEach((end) => end()));
    expect(await ask(hostile, { type: 'test.question' })).toMatchObject({ by: { appId: name } });
  });

  it('fills the desktop with no more than twenty apps, and another opens its own', async () => {
    const failed = await hostile.evaluate(async () => {
      const opened = await Promise.allSettled(Array.from({ length: 24 }, () => fdc3.open({ appId: 'quiet' })));
      return opened.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : []));
    });
    expect(failed).toEqual(Array(4).fill('ErrorOnLaunch'));
    expect(await bystander.evaluate(async () => (await fdc3.open({ appId: 'quiet' })).appId)).toBe('quiet');
  });
});

describe('the port of an app', () => {
  /** Joins by hand and keeps the port, as `getAgent()` does. */
  const join = (frame: Frame) =>
    frame.evaluate(async () => {
      const meta = { connectionAttemptUuid: crypto.randomUUID(), timestamp: new Date() };
      const port = await new Promise<MessagePort>((resolve) => {
        window.addEventListener('message', ({ data, ports: [given] }: MessageEvent<{ type?: string }>) => {
          if (data.type === 'WCP3Handshake' && given) resolve(given);
        });
        window.parent.postMessage({ type: 'WCP1Hello', meta, payload: {} }, '*');
      });
      port.start();
      const joined = new Promise((resolve) => port.addEventListener('message', resolve, { once: true }));
      const payload = { identityUrl: location.href, actualUrl: location.href };
      port.postMessage({ type: 'WCP4ValidateAppIdentity', meta, payload });
      await joined;
      Object.assign(globalThis, { port });
    });

  it('speaks for that app, whatever it says of its source', async () => {
    const speaker = await desk.frame('speaker');
    await join(speaker);
    await speaker.evaluate(() => {
      const { port } = globalThis as unknown as { port: MessagePort };
      const meta = { requestUuid: 'mine', timestamp: new Date(), source: { appId: 'victim', instanceId: 'its' } };
      const context = { type: 'test.news', text: 'by hand' };
      port.postMessage({ type: 'broadcastRequest', meta, payload: { channelId: 'news', context } });
    });
    await victim.waitForFunction(() =>
      heard.some(
        (one) => Array.isArray(one) && one[0] === 'by hand'.length && (one[1] as { appId: string }).appId === 'speaker',
      ),
    );
  });

  it('says nothing any more once the window of the app has gone, whoever has it', async () => {
    const lender = await desk.frame('lender');
    await join(lender);
    await bystander.evaluate(() => {
      Object.assign(globalThis, { answers: [] });
      window.addEventListener('message', ({ data, ports: [port] }: MessageEvent<unknown>) => {
        if (data !== 'take this' || !port) return;
        port.onmessage = (event) => (globalThis as unknown as { answers: unknown[] }).answers.push(event.data);
        Object.assign(globalThis, { taken: port });
      });
    });
    await lender.evaluate(() => {
      const { port } = globalThis as unknown as { port: MessagePort };
      (window.parent.frames as unknown as Record<string, Window>)['bystander']!.postMessage('take this', '*', [port]);
    });
    await bystander.waitForFunction(() => 'taken' in globalThis);
    const use = (requestUuid: string) =>
      bystander.evaluate((id) => {
        const { taken } = globalThis as unknown as { taken: MessagePort };
        taken.postMessage({ type: 'getInfoRequest', meta: { requestUuid: id, timestamp: new Date() }, payload: {} });
      }, requestUuid);
    const isAnswered = (requestUuid: string) =>
      bystander.evaluate(
        (id) =>
          (globalThis as unknown as { answers: { meta: { requestUuid?: string } }[] }).answers.some(
            ({ meta }) => meta.requestUuid === id,
          ),
        requestUuid,
      );
    await use('while it is there');
    await bystander.waitForFunction(() => (globalThis as unknown as { answers: unknown[] }).answers.length > 0);
    expect(await isAnswered('while it is there')).toBe(true);
    await desk.page.evaluate(() => document.querySelector('iframe[name=lender]')!.remove());
    await use('once it has gone');
    // What another app asks after that is answered after it.
    await until(
      async () => (await victim.evaluate(async () => (await fdc3.findInstances({ appId: 'lender' })).length)) === 0,
    );
    expect(await isAnswered('once it has gone')).toBe(false);
  });
});
