/**
 * Intents at the whole provider: how much an app may put before a person, and what the person learns of what fails
 * (S17, D12).
 */
import type { Context } from '@finos/fdc3';
import type { ProviderConfigurationInput } from '../../src/provider/configuration.ts';
import { createInMemoryDesktopAgent } from '../intents/inMemoryDesktopAgent.ts';
import type { IntentCaller } from '../../src/intents/intentServices.ts';
import { useOrg } from '../support/org.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { must } from '../support/workerSession.ts';

const org = useOrg({ contacts: 30 });

const allowedApps = [
  { name: 'Blotter', uuid: 'blotter', appId: 'blotter' },
  { name: 'Chat', uuid: 'chat', appId: 'chat' },
  { name: 'News', uuid: 'news', appId: 'news' },
  { name: 'Mail', uuid: 'mail', appId: 'mail' },
  { name: 'Bar', uuid: 'bar', role: 'platform' as const },
];
const someone = { type: 'fdc3.contact', name: 'Nobody Known-Test', id: {} };

async function start(options: Partial<ProviderConfigurationInput> = {}) {
  const caller: { appId?: string; traceId?: string } = { appId: 'blotter' };
  const agent = createInMemoryDesktopAgent(caller);
  const provider = await startProviderDesk(org.url, { allowedApps, ...options }, {}, { agent });
  /** What the raiser is told: `undefined` while a view waits for the person. */
  const raise = (context: Context = someone, intent = 'ViewContact', as: IntentCaller = { appId: 'blotter' }) => {
    delete caller.appId;
    delete caller.traceId;
    Object.assign(caller, as);
    return agent
      .raiseIntent(intent, context)
      .then((raised) => raised.getResult())
      .catch((error: Error) => error.cause);
  };
  const bar = await provider.app('bar');
  return { ...provider, raise, bar };
}

describe('an app that raises many intents', () => {
  it('has four records open at once, is refused the fifth, and has room again when one is closed', async () => {
    const { desk, raise } = await start();
    const raised = Array.from({ length: 60 }, () => raise());
    const refused = await Promise.all(raised.slice(4));
    expect(refused.every((error) => (error as { code: string }).code === 'TOO_MANY_REQUESTS')).toBe(true);
    await until(() => desk.views.length === 4);
    expect(desk.notices).toEqual([
      expect.objectContaining({
        title: 'Blotter wanted to show the contact “Nobody Known-Test”.',
        message: expect.stringContaining('Blotter has 4 records open'),
        ways: ['retry', 'search'],
      }),
    ]);
    desk.views[0]!.close();
    // Whose view came up first is not said.
    expect(await Promise.race(raised.slice(0, 4))).toMatchObject({ code: 'REQUEST_CANCELLED' });
    void raise();
    await until(() => desk.views.length === 5);
    expect(await raise()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it('leaves room for others, and all of them together have twelve', async () => {
    const { desk, raise } = await start();
    const raised: Promise<unknown>[] = [];
    for (const appId of ['blotter', 'chat', 'news']) {
      const before = desk.views.length;
      for (let count = 0; count < 4; count += 1) raised.push(raise(someone, 'ViewContact', { appId }));
      await until(() => desk.views.length === before + 4);
    }
    expect(await raise(someone, 'ViewContact', { appId: 'mail' })).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      reason: expect.stringContaining('12 records are open'),
    });
    desk.views[11]!.close();
    await Promise.any(raised);
    void raise(someone, 'ViewContact', { appId: 'mail' });
    await until(() => desk.views.length === 13);
  });

  it('brings a record that is open to the front, but does not take the focus again and again', async () => {
    const { desk, raise } = await start();
    const known = { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'barr_tim@grandhotels.com' } };
    const results: unknown[] = [];
    for (let count = 0; count < 12; count += 1) results.push(await raise(known));
    const refused = results.filter((result) => (result as { code?: string }).code === 'TOO_MANY_REQUESTS');
    expect([desk.views.length, refused.length]).toEqual([1, 3]);
    expect(desk.notices).toMatchObject([{ message: expect.stringContaining('to the front again and again') }]);
    // Another app still may.
    expect(await raise(known, 'ViewContact', { appId: 'chat' })).toMatchObject({ type: 'fdc3.contact' });
  });

  it('gives its places back when its intents fail', async () => {
    const { desk, raise } = await start();
    for (let count = 0; count < 10; count += 1)
      expect(await raise({ type: 'fdc3.contact', id: {} })).toMatchObject({ code: 'INVALID_PARAMETER' });
    void raise();
    await until(() => desk.views.length === 1);
  });
});

describe('the audit lines of an intent', () => {
  it('name it, who has raised it and its trace id, where the agent gives them', async () => {
    const { desk, raise } = await start();
    const as = { appId: 'blotter', instanceId: 'blotter-7', traceId: '4bf92f3577b34da6' };
    void raise(someone, 'ViewContact', as);
    await until(() => desk.views.length === 1);
    const lines = desk.audit.filter(({ intent }) => intent !== undefined);
    expect(new Set(lines.map(({ action }) => action))).toEqual(new Set(['connect', 'GET']));
    for (const line of lines)
      expect(line).toMatchObject({
        app: 'Blotter',
        intent: 'ViewContact',
        instanceId: 'blotter-7',
        traceId: '4bf92f3577b34da6',
      });
  });

  it('name it where it was refused too', async () => {
    const { desk, raise } = await start();
    await raise({ type: 'fdc3.contact', id: {} }, 'ViewContact', { appId: 'blotter', traceId: 'trace-1' });
    expect(desk.audit.at(-1)).toMatchObject({
      action: 'ViewContact',
      outcome: 'INVALID_PARAMETER',
      traceId: 'trace-1',
    });
    await raise(someone, 'ViewContact', { appId: 'stranger', traceId: 'trace-2' });
    expect(desk.audit.at(-1)).toMatchObject({ app: 'stranger', outcome: 'APP_NOT_ALLOWED', traceId: 'trace-2' });
  });
});

describe('a person whose app asked in vain', () => {
  it.each<[string, Context, { appId?: string }, object]>([
    [
      'is not listed',
      someone,
      { appId: 'stranger' },
      {
        title: 'The app “stranger” wanted to show the contact “Nobody Known-Test”.',
        message: expect.stringContaining('list it under allowedApps'),
        ways: [],
      },
    ],
    [
      'is named by no agent',
      someone,
      {},
      { title: 'An app that the desktop does not name wanted to show the contact “Nobody Known-Test”.', ways: [] },
    ],
    [
      'gives nothing to find anybody by',
      { type: 'fdc3.contact', id: {} },
      { appId: 'blotter' },
      {
        title: 'Blotter wanted to show a contact.',
        message: 'The contact has neither a name, nor an e-mail, nor a telephone number, nor a Salesforce id.',
        ways: ['search'],
      },
    ],
    [
      'gives what is no contact',
      { type: 'fdc3.instrument' },
      { appId: 'blotter' },
      {
        title: 'Blotter wanted to show a contact.',
        message: expect.stringContaining('fdc3.contact'),
        ways: ['search'],
      },
    ],
  ])('is told when it %s', async (_what, context, as, notice) => {
    const { desk, raise } = await start();
    expect(await raise(context, 'ViewContact', as)).toMatchObject({
      code: expect.stringMatching(/APP_NOT_ALLOWED|INVALID_PARAMETER/),
    });
    expect(desk.notices).toEqual([expect.objectContaining(notice)]);
    expect(desk.audit.filter(({ action }) => action === 'ViewContact')).toEqual([
      expect.objectContaining({
        app: as.appId === 'blotter' ? 'Blotter' : (as.appId ?? 'unnamed'),
        outcome: expect.stringMatching(/APP_NOT_ALLOWED|INVALID_PARAMETER/),
      }),
    ]);
  });

  it('is told once of what happens again and again, in one line without tricks', async () => {
    const { desk, raise } = await start();
    const name = `Ada\u202E\nSigned out. ${'x'.repeat(500)}`;
    for (let count = 0; count < 30; count += 1)
      await raise({ type: 'fdc3.contact', name, id: {} }, 'ViewContact', { appId: 'stranger' });
    expect(desk.notices).toHaveLength(1);
    expect(desk.notices[0]!.title).toMatch(/^The app “stranger” wanted to show the contact “Ada Signed out\. x+…”\.$/);
  });

  it('tries again, and then sees the record', async () => {
    const { desk, raise, bar } = await start();
    await org.control.answerWith({
      status: 500,
      body: '[{"errorCode":"UNKNOWN_EXCEPTION","message":"An unexpected error occurred."}]',
      path: '/composite',
      times: 'always',
    });
    expect(await raise()).toMatchObject({ code: 'REQUEST_FAILED' });
    expect(desk.notices).toMatchObject([{ message: 'An unexpected error occurred.', ways: ['retry', 'search'] }]);
    await org.control.clearFaults();
    await bar.ask('platform.noticeAnswered', { noticeId: desk.notices[0]!.noticeId, way: 'retry' });
    await until(() => desk.views.length === 1);
    expect(desk.notices).toHaveLength(1);
  });

  it('searches instead', async () => {
    const { desk, raise, bar } = await start();
    await raise({ type: 'fdc3.organization', id: {} }, 'ViewAccount');
    await bar.ask('platform.noticeAnswered', { noticeId: desk.notices[0]!.noticeId, way: 'search' });
    await until(() => desk.views.length === 1);
    expect(desk.views[0]!.title).toBe('Find account');
  });

  it('is told nothing of what they have closed or cancelled themselves', async () => {
    const { desk, raise } = await start();
    desk.person = 'cancels';
    expect(await raise()).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
    desk.person = 'closes';
    expect(await raise()).toMatchObject({ code: 'SIGN_IN_WINDOW_CLOSED' });
    expect(desk.notices).toEqual([]);
  });

  it('does nothing by a notice that is dismissed, and nobody but the platform page answers one', async () => {
    const { desk, raise, bar, app } = await start();
    await raise({ type: 'fdc3.contact', id: {} });
    const { noticeId } = desk.notices[0]!;
    const blotter = await app('blotter');
    expect(await blotter.ask('platform.noticeAnswered', { noticeId, way: 'search' })).toMatchObject({
      error: { code: 'APP_NOT_ALLOWED' },
    });
    await bar.ask('platform.noticeAnswered', { noticeId, way: 'dismiss' });
    await bar.ask('platform.noticeAnswered', { noticeId, way: 'search' });
    expect(desk.views).toEqual([]);
    await raise({ type: 'fdc3.contact', id: {} });
    expect(desk.notices).toHaveLength(2);
  });
});

describe('an identifier of another system', () => {
  it('finds the account by the field that the configuration names for it', async () => {
    const identifiers = { Account: { PERMID: ['Nobody_Has__c', 'AccountNumber'] } };
    const { app, desk, raise } = await start({ identifiers });
    const blotter = await app('blotter');
    const { sessionId } = must(await blotter.ask<{ sessionId: string }>('connect', { requestId: 'connect' }));
    must(
      await blotter.ask('execute', {
        requestId: 'create',
        sessionId,
        endpoint: '/services/data/vXX.X/sobjects/Account',
        method: 'POST',
        body: { kind: 'json', value: { Name: 'Known By Number-Test', AccountNumber: '4295875633' } },
      }),
    );
    expect(await raise({ type: 'fdc3.organization', id: { PERMID: '4295875633' } }, 'ViewAccount')).toMatchObject({
      name: 'Known By Number-Test',
    });
    expect(desk.views.map(({ title }) => title)).toEqual(['Known By Number-Test']);
  });
});
