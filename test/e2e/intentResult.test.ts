/** FDC3 on a HERE Core Web desktop: intents from one origin to another. */
import type { Frame } from 'playwright-core';
import type { DesktopAgent } from '@finos/fdc3';
import { useBareDesk } from './bareDesk.ts';

declare const fdc3: DesktopAgent;

const contact = { type: 'fdc3.contact', name: 'Amelia Hart', id: { email: 'amelia.hart@meridian.example' } };
const contacts = { contexts: ['fdc3.contact'] };
const listensFor = (intents: object) => ({ interop: { intents: { listensFor: intents } } });
const desk = useBareDesk({
  raiser: {},
  handler: listensFor({ ViewContact: contacts, StartCall: contacts }),
  bystander: listensFor({ StartCall: contacts }),
});
let raiser: Frame;
let handler: Frame;
let bystander: Frame;

beforeAll(async () => {
  [raiser, handler, bystander] = await Promise.all([
    desk.frame('raiser'),
    desk.frame('handler'),
    desk.frame('bystander'),
  ]);
});

/** Registers a handler that answers with what it was given. */
const listen = (where: Frame, intent: string) =>
  where.evaluate(async (name) => {
    await fdc3.addIntentListener(name, async (context, metadata) => {
      if (context.name === 'Nobody') throw new Error('no such person');
      if (context.name === 'Silent') return undefined;
      return {
        ...context,
        id: { ...context.id, SALESFORCE: '0038000000000001' },
        toldSource: metadata?.source,
        toldTrace: (metadata as { traceId?: string } | undefined)?.traceId,
      } as never;
    });
  }, intent);

const raise = (intent: string, context: object) =>
  raiser.evaluate(
    async ([name, given]) => {
      try {
        const resolution = await fdc3.raiseIntent(name as string, given as never);
        return {
          handledBy: resolution.source.appId,
          result: await resolution.getResult().catch((e: Error) => ({ rejected: e.message })),
        };
      } catch (error) {
        return { refused: (error as Error).message };
      }
    },
    [intent, context] as const,
  );

describe('raising an intent from one origin to another', () => {
  beforeAll(async () => {
    await listen(handler, 'ViewContact');
  });

  it("brings the handler's enriched context back to the app that raised it", async () => {
    expect(await raise('ViewContact', contact)).toMatchObject({
      handledBy: 'handler',
      result: { name: 'Amelia Hart', id: { SALESFORCE: '0038000000000001' } },
    });
  });

  it('tells the handler which app raised it, whatever that app claims', async () => {
    const forged = { ...contact, contextMetadata: { source: { appId: 'bystander', instanceId: 'x' } } };
    expect(await raise('ViewContact', forged)).toMatchObject({ result: { toldSource: { appId: 'raiser' } } });
  });

  it('tells the handler an id of its own for each intent, by which logs join what was done for it', async () => {
    const given = { ...contact, contextMetadata: { traceId: 'of the app' } };
    const raised = (await Promise.all([1, 2].map(() => raise('ViewContact', given)))) as {
      result: { toldTrace: string };
    }[];
    const [one, other] = raised.map(({ result }) => result.toldTrace);
    expect(one).toMatch(/^[\da-f-]{36}$/);
    expect(other).toMatch(/^[\da-f-]{36}$/);
    expect(other).not.toBe(one);
  });

  it('delivers every intent of a burst, each with its own result', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `Person ${index}`);
    const results = await Promise.all(names.map((name) => raise('ViewContact', { ...contact, name })));
    expect(results.map((outcome) => (outcome as { result: { name: string } }).result.name)).toEqual(names);
  });

  it('reports a throwing handler as IntentHandlerRejected, and one that returns nothing as done', async () => {
    expect(await raise('ViewContact', { ...contact, name: 'Nobody' })).toMatchObject({
      result: { rejected: 'IntentHandlerRejected' },
    });
    expect(await raise('ViewContact', { ...contact, name: 'Silent' })).toEqual({
      handledBy: 'handler',
      result: undefined,
    });
  });

  it('says NoAppsFound for an intent or a context nobody takes', async () => {
    expect(await raise('ViewChart', contact)).toEqual({ refused: 'NoAppsFound' });
    expect(await raise('ViewContact', { type: 'fdc3.instrument', id: { ticker: 'X' } })).toEqual({
      refused: 'NoAppsFound',
    });
  });

  it('says MalformedContext for a context without a type', async () => {
    expect(await raise('ViewContact', { name: 'untyped' })).toEqual({ refused: 'MalformedContext' });
  });

  it('lets the person choose when several apps can act, and takes no for an answer', async () => {
    await Promise.all([listen(handler, 'StartCall'), listen(bystander, 'StartCall')]);
    await desk.page.evaluate(() => void (document.body.dataset['choice'] = 'bystander'));
    expect(await raise('StartCall', contact)).toMatchObject({ handledBy: 'bystander' });
    await desk.page.evaluate(() => void delete document.body.dataset['choice']);
    expect(await raise('StartCall', contact)).toEqual({ refused: 'UserCancelledResolution' });
  });

  it('finds the apps for an intent by name and by context', async () => {
    const found = await raiser.evaluate(async (context) => {
      const byName = await fdc3.findIntent('StartCall', context as never);
      const byContext = await fdc3.findIntentsByContext(context as never);
      return { apps: byName.apps.map(({ appId }) => appId), intents: byContext.map(({ intent }) => intent.name) };
    }, contact);
    expect(new Set(found.apps)).toEqual(new Set(['handler', 'bystander']));
    expect(found.intents).toEqual(['ViewContact', 'StartCall']);
  });

  it('ends the wait for a result when the handling app goes away', async () => {
    await bystander.evaluate(async () => {
      await fdc3.addIntentListener('StartChat', () => {
        document.title = 'handling';
        return new Promise<never>(() => undefined);
      });
    });
    const outcome = raise('StartChat', contact);
    await bystander.waitForFunction(() => document.title === 'handling');
    const url = bystander.url();
    await bystander.goto('about:blank');
    expect(await outcome).toMatchObject({ handledBy: 'bystander', result: { rejected: 'IntentHandlerRejected' } });
    await bystander.goto(url);
    bystander = await desk.frame('bystander');
  });
});

describe('sharing context on a user channel', () => {
  it("reaches the other apps with the sender's name, and not the sender itself", async () => {
    for (const where of [raiser, handler]) {
      await where.evaluate(async () => {
        const heard: unknown[] = [];
        Object.assign(window, { heard });
        await fdc3.joinUserChannel('green');
        await fdc3.addContextListener(
          'fdc3.contact',
          (context, metadata) => void heard.push([context.name, metadata?.source.appId]),
        );
      });
    }
    await raiser.evaluate((context) => fdc3.broadcast(context as never), contact);
    await handler.waitForFunction(() => (window as unknown as { heard: unknown[] }).heard.length > 0);
    expect(await handler.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([
      ['Amelia Hart', 'raiser'],
    ]);
    expect(await raiser.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([]);
  });
});

describe('joining the desktop', () => {
  it('tells each app its own identity', async () => {
    expect(await handler.evaluate(async () => (await fdc3.getInfo()).appMetadata.appId)).toBe('handler');
  });

  it('refuses a page whose origin is not in the app directory', async () => {
    await desk.page.evaluate(
      ([stranger, platform]) => {
        const frame = document.createElement('iframe');
        frame.name = 'stranger';
        frame.src = `${stranger}/?platform=${platform}`;
        document.body.append(frame);
      },
      [desk.strangerUrl, desk.platformUrl] as const,
    );
    expect(await (await desk.frame('stranger')).title()).toMatch(/refused.*not in the app directory/);
  });
});
