import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { CheckResult, SessionDetails } from '../../src/channel/protocol.ts';
import { catalogue, type CheckId } from '../../src/doctor/catalogue.ts';
import { defaultRedirectUri, morgan } from '../support/orgBrowser.ts';
import { useOrg } from '../support/org.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { must } from '../support/workerSession.ts';

describe('the doctor, asked by the platform page', () => {
  const org = useOrg({ contacts: 10, allowedOrigins: [new URL(defaultRedirectUri).origin] });

  afterEach(async () => {
    await org.control.setApp(defaultConsumerKey, {
      installed: true,
      refreshTokenPolicy: null,
      adminApprovedOnly: false,
    });
    await org.control.setPolicy({ apiEnabled: true, refreshTokenRotation: true });
  });

  type Desk = Awaited<ReturnType<typeof startProviderDesk>>;

  async function bar(desk: Desk) {
    const { ask } = await desk.app('bar');
    const run = crypto.randomUUID();
    return async (check: CheckId): Promise<CheckResult> =>
      must(await ask<CheckResult>('platform.diagnose', { run, check }));
  }

  /** A desk where somebody has signed in through an app, and what the platform page asks of it. */
  async function signedIn(scopes?: string[]) {
    const desk = await startProviderDesk(
      org.url,
      scopes && { orgs: [{ orgUrl: org.url, consumerKey: defaultConsumerKey, embedded: true, scopes }] },
    );
    const blotter = await desk.app('blotter');
    const session = must(await blotter.ask<SessionDetails>('connect', { requestId: '1' }));
    return { desk, blotter, session, check: await bar(desk) };
  }

  it('runs every check, and on a good set-up finds nothing but that no pages are served here', async () => {
    const { check } = await signedIn();
    const found: Record<string, string> = {};
    for (const { id } of catalogue) found[id] = (await check(id)).status;
    const unseen = {
      pkceRequired: 'skipped',
      windowRules: 'skipped',
      returnPage: 'failed',
      providerPage: 'skipped',
      workerPolicy: 'skipped',
    };
    expect(found).toEqual({ ...Object.fromEntries(catalogue.map(({ id }) => [id, 'ok'])), ...unseen });
  });

  it('leaves out what only a session shows while nobody is signed in', async () => {
    const check = await bar(await startProviderDesk(org.url));
    for (const id of ['approved', 'renewal', 'rotation', 'api'] as const)
      expect(await check(id)).toMatchObject({ status: 'skipped', finding: 'Nobody is signed in.' });
  });

  it('renews the session once for all checks of a run, and apps go on', async () => {
    const { check, blotter, session } = await signedIn();
    await org.control.resetCounts();
    for (const id of ['installed', 'approved', 'renewal', 'rotation'] as const)
      expect(await check(id)).toMatchObject({ status: 'ok' });
    // The session's, and the examination's own with a token of nobody.
    expect((await org.control.counts()).tokenRequests['refresh_token']).toBe(2);
    const answer = await blotter.ask('execute', {
      requestId: '2',
      sessionId: session.sessionId,
      endpoint: '/services/data/vXX.X/limits',
    });
    expect(must(answer)).toMatchObject({ status: 200 });
  });

  it('sees that refresh tokens do not rotate', async () => {
    const { check } = await signedIn();
    await org.control.setRefreshTokenRotation(false);
    expect(await check('rotation')).toMatchObject({ status: 'warning' });
    expect(await check('renewal')).toMatchObject({ status: 'ok' });
  });

  it('sees that the app is no longer installed', async () => {
    const { check } = await signedIn();
    await org.control.uninstallApp(defaultConsumerKey);
    expect(await check('installed')).toMatchObject({ status: 'failed' });
    expect(await check('renewal')).toMatchObject({ status: 'failed' });
  });

  it('sees that the person may no longer use the app', async () => {
    const { check } = await signedIn();
    await org.control.setUser(morgan.username, { frozen: true });
    try {
      expect(await check('approved')).toMatchObject({ status: 'failed' });
    } finally {
      await org.control.setUser(morgan.username, { frozen: false });
    }
  });

  it('sees that the API is off', async () => {
    const { check } = await signedIn();
    await org.control.setPolicy({ apiEnabled: false });
    expect(await check('api')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('API_DISABLED_FOR_ORG'),
    });
  });

  it.each([
    [12_000, 'ok'],
    [900, 'warning'],
    [0, 'failed'],
  ])('with %d of 15,000 requests left: %s', async (left, status) => {
    const { check } = await signedIn();
    await org.control.injectFault(
      { kind: 'change-members', members: { DailyApiRequests: { Max: 15_000, Remaining: left } } },
      { path: '/limits$', times: 'always' },
    );
    expect(await check('api')).toMatchObject({ status, finding: expect.stringContaining('of 15,000 requests') });
  });

  it('says that without a refresh token nothing can be renewed', async () => {
    const { check } = await signedIn(['api']);
    expect(await check('renewal')).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('not asked for'),
    });
    expect(await check('rotation')).toMatchObject({ status: 'skipped' });
  });

  it('answers the platform page only, and known checks only', async () => {
    const { desk, blotter } = await signedIn();
    expect(await blotter.ask('platform.diagnose', { run: 'r', check: 'api' })).toMatchObject({
      ok: false,
      error: { code: 'APP_NOT_ALLOWED' },
    });
    const { ask } = await desk.app('bar');
    expect(await ask('platform.diagnose', { run: 'r', check: 'constructor' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER' },
    });
  });

  it('tells no secret, whatever it finds', async () => {
    const { check } = await signedIn();
    await org.control.setApp(defaultConsumerKey, { installed: false });
    const told = JSON.stringify(await Promise.all(catalogue.map(({ id }) => check(id))));
    for (const { value } of await org.control.secrets()) expect(told).not.toContain(value);
  });
});
