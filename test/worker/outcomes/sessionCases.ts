import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import type { Outcome } from '../../../src/outcomes/failure.ts';
import type { OutcomeRow } from '../../../src/outcomes/outcomes.ts';
import type { ApiRequest } from '../../../src/worker/pipeline/apiRequest.ts';
import { hasRememberedSessions, openRememberedSessions } from '../../../src/worker/rememberedSessions.ts';
import { morgan } from '../../support/orgBrowser.ts';
import { configuredWorker, get, must } from '../../support/workerSession.ts';
import { noAnswersAt } from './noAnswers.ts';
import { expectRow, type CasesOf } from './rows.ts';
import { cure, type Scene, type Trouble } from './scene.ts';

const limits = get('/services/data/v66.0/limits');
const app = (changes: Parameters<Scene['org']['control']['setApp']>[1]) => (scene: Scene) =>
  scene.org.control.setApp(defaultConsumerKey, changes);
const user = (changes: Parameters<Scene['org']['control']['setUser']>[1]) => (scene: Scene) =>
  scene.org.control.setUser(morgan.username, changes);
const json = (status: number, body: object) => (scene: Scene) =>
  scene.meet({ kind: 'answer', status, body: JSON.stringify(body) }, { endpoint: 'token' });
const change = (members: Record<string, unknown>) => (scene: Scene) =>
  scene.meet({ kind: 'change-members', members }, { endpoint: 'token' });
const remembering: Pick<Trouble, 'settings' | 'environment'> = {
  settings: { rememberForMs: 86_400_000 },
  environment: { openRememberedSessions, hasRememberedSessions },
};

export type RefreshTrouble = Trouble & {
  /**
   * The org makes new tokens that never arrive: only where it does not rotate refresh tokens can the session outlive
   * that.
   */
  afterWork?: true;
  /** Found out without asking the org. */
  withoutAsking?: true;
  scopes?: string[];
  /** The person is told although the session is kept, and told again once it goes on. */
  isReported?: true;
};

const refuses = (error: string, error_description: string) => json(400, { error, error_description });

export const refreshCases: CasesOf<'refresh', RefreshTrouble> = {
  'refresh.beingProcessed': [{ cause: refuses('invalid_grant', 'token request is already being processed') }],
  'refresh.orgInactive': [
    { when: 'inactive', cause: refuses('inactive_org', 'organization is inactive') },
    { when: 'maintenance', cause: refuses('invalid_grant', 'organization is down for maintenance') },
  ],
  'refresh.userInactive': [
    { when: 'frozen', cause: user({ frozen: true }), cure: user({ frozen: false }) },
    { when: 'locked', cause: user({ locked: true }), cure: user({ locked: false }) },
    { when: 'inactive', cause: user({ active: false }), cure: user({ active: true }) },
  ],
  'refresh.appRemoved': [
    { when: 'uninstalled', cause: app({ installed: false }), cure: app({ installed: true }) },
    { when: 'unknown', cause: refuses('invalid_client_id', 'client identifier invalid') },
  ],
  'refresh.appBlocked': [
    { when: 'blocked', cause: app({ blocked: true }), cure: app({ blocked: false }) },
    {
      when: 'approval taken away',
      cause: app({ adminApprovedOnly: true, approvedUsernames: [] }),
      cure: app({ adminApprovedOnly: false }),
    },
  ],
  'refresh.clientRefused': [{ when: 'secret wanted', cause: app({ secret: 'a secret' }), cure: app({ secret: null }) }],
  'refresh.placeOrTime': [{ cause: user({ ipRestricted: true }), cure: user({ ipRestricted: false }) }],
  'refresh.tooMany': [
    { when: 'HTTP 429', cause: (scene) => scene.meet({ kind: 'rate-limit' }, { endpoint: 'token' }) },
    { when: "in a grant's words", cause: refuses('invalid_grant', 'login rate exceeded') },
  ],
  'refresh.orgFailed': [
    { cause: json(400, { error: 'server_error' }) },
    { when: 'unknown', cause: json(400, { error: 'unknown_error', error_description: 'retry your request' }) },
  ],
  'refresh.proofRefused': [
    {
      when: 'wrong clock',
      cause: (scene) => scene.org.control.moveClock(3_600_000),
      cure: (scene) => scene.org.control.moveClock(-3_600_000),
    },
    {
      when: 'nonces for ever',
      cause: (scene) =>
        scene.meet(
          { kind: 'answer', status: 400, headers: { 'DPoP-Nonce': 'n1' }, body: '{"error":"use_dpop_nonce"}' },
          { endpoint: 'token' },
        ),
    },
  ],
  'refresh.refused': [
    { when: 'revoked', cause: (scene) => scene.org.control.revokeRefreshTokens() },
    { when: 'expired', cause: (scene) => scene.org.control.expireRefreshTokens() },
    { when: 'key lost', cause: refuses('invalid_grant', 'DPoP proof key does not match') },
    { when: 'over', cause: refuses('invalid_grant', 'token validity expired') },
  ],
  'refresh.unknown': [
    { when: 'words of its own', cause: refuses('invalid_grant', 'the moon is in the wrong house') },
    { when: 'an error of its own', cause: refuses('not_now', '') },
    { when: 'no words', cause: json(400, { error: 'invalid_grant' }) },
    { when: 'authentication failure', cause: refuses('invalid_grant', 'authentication failure') },
  ],
  'refresh.stillRefused': [
    {
      message: /sign in again to go on at once\. Its reason: Salesforce did not renew the session/,
      async cause(scene) {
        await refuses('invalid_grant', 'the moon is in the wrong house')(scene);
        await scene.org.control.expireAccessTokens();
        for (let minute = 0; minute < 11; minute += 1) {
          await scene.worker.request(scene.sessionId!, limits);
          await scene.pass(60_000);
        }
        await scene.org.control.resetCounts();
      },
      isReported: true,
    },
  ],
  'refresh.notRenewable': [{ scopes: ['api'], withoutAsking: true, cause: () => undefined }],
  'refresh.foreignInstance': [{ cause: change({ instance_url: 'https://evilsalesforce.com' }) }],
  'refresh.otherUser': [
    { cause: change({ id: 'https://login.salesforce.com/id/00D000000000001AAA/005000000000999AAA' }) },
    {
      when: 'at another instance',
      cause: change({
        id: 'https://login.salesforce.com/id/00D000000000002AAA/005000000000001AAA',
        instance_url: 'https://other.my.salesforce.com',
      }),
    },
  ],
  'refresh.notBound': [{ cause: change({ token_type: 'Bearer' }) }],
  'refresh.signedOutElsewhere': [
    {
      ...remembering,
      withoutAsking: true,
      cause: async (scene) => {
        const elsewhere = await configuredWorker(scene.org.url, {
          ...remembering.environment,
          settings: remembering.settings!,
        });
        for (const { sessionId } of must(await elsewhere.restoreSessions()))
          must(await elsewhere.endSession(sessionId));
      },
    },
  ],
  'refresh.incomplete': [{ afterWork: true, cause: change({ id: null }) }],
};

/** A refused renewal, met by fifty requests at once. */
export async function judgeRefresh(scene: Scene, trouble: RefreshTrouble, row: OutcomeRow): Promise<void> {
  globalThis.indexedDB = new IDBFactory();
  await scene.org.control.setRefreshTokenRotation(!trouble.afterWork);
  const { sessionId } = must(await scene.signIn(trouble.scopes ? { scopes: trouble.scopes } : {}));
  scene.sessionId = sessionId;
  const fifty = () => Promise.all(Array.from({ length: 50 }, () => scene.worker.request(sessionId, limits)));
  await scene.org.control.resetCounts();
  await trouble.cause(scene);
  await scene.org.control.expireAccessTokens();
  for (const outcome of await fifty()) expectRow(outcome, row, trouble.message);

  if (row.session === 'signInRequired') {
    expect(scene.lost.map(({ why, ...which }) => ({ ...which, reason: why.reason }))).toEqual([
      { sessionId, reason: row.id },
    ]);
    expect(await scene.tokenRequests('refresh_token')).toBeLessThanOrEqual(trouble.withoutAsking ? 0 : 2);
    await scene.org.control.resetCounts();
    for (const outcome of await fifty()) expectRow(outcome, row, trouble.message);
    await scene.worker.checkSessions();
    expect((await scene.org.control.counts()).requests).toEqual({});
    expect(scene.lost).toHaveLength(1);
    await cure(scene, trouble);
    expectRow(await scene.worker.request(sessionId, limits), row, trouble.message);
    const renewed = must(await scene.signIn());
    must(await scene.worker.request(renewed.sessionId, limits));
    return;
  }
  await keepsOn(scene, trouble, sessionId, trouble.isReported);
}

/** Nobody has to sign in again, and nobody has to ask again either. */
async function keepsOn(scene: Scene, trouble: Trouble, sessionId: string, isReported = false): Promise<void> {
  const told = isReported ? [sessionId] : [];
  // However many ask: a pause grows between the tries.
  expect(await scene.requests('POST /services/oauth2/token')).toBeLessThanOrEqual(8);
  expect(scene.lost.map((lost) => lost.sessionId)).toEqual(told);
  await cure(scene, trouble);
  await scene.worker.checkSessions();
  await scene.org.control.resetCounts();
  must(await scene.worker.request(sessionId, limits));
  expect(await scene.tokenRequests('refresh_token')).toBe(0);
  expect(scene.lost.map((lost) => lost.sessionId)).toEqual(told);
  expect(scene.recovered).toEqual(told);
}

export type SessionTrouble = Trouble & { during: 'refresh' | 'request'; cancels?: true };

const alsoWhileRenewing = Object.entries(noAnswersAt('session', { endpoint: 'token' }));

/** Each while the session is renewed and while a request runs. */
const inSession = Object.fromEntries(
  Object.entries(noAnswersAt('session', { endpoint: 'rest' })).map(([id, troubles]) => {
    const renewing = alsoWhileRenewing.find(([other]) => other === id)![1];
    const named = (during: 'refresh' | 'request') => (trouble: Trouble) => ({
      ...trouble,
      during,
      when: `${trouble.when ?? ''} during a ${during}`.trim(),
    });
    // A request that is answered so has failed, whoever says it; it has rows of its own.
    const requesting =
      id === 'session.tooManyRequests' || id === 'session.unavailable' ? [] : troubles.map(named('request'));
    return [id, [...requesting, ...renewing.map(named('refresh'))]];
  }),
) as unknown as Omit<CasesOf<'session', SessionTrouble>, 'session.cancelled'>;

export const sessionCases: CasesOf<'session', SessionTrouble> = {
  ...inSession,
  'session.cancelled': [
    { during: 'request', cancels: true, cause: (scene) => scene.meet({ kind: 'hang' }, { endpoint: 'rest' }) },
  ],
};

export async function judgeSession(scene: Scene, trouble: SessionTrouble, row: OutcomeRow): Promise<void> {
  // Where the answer with the new tokens is lost, a rotated refresh token is lost with it.
  await scene.org.control.setRefreshTokenRotation(false);
  const { sessionId } = must(await scene.signIn());
  await scene.org.control.resetCounts();
  if (trouble.during === 'refresh') await scene.org.control.expireAccessTokens();
  await trouble.cause(scene);
  expectRow(await (trouble.cancels ? cancelled(scene, sessionId) : scene.worker.request(sessionId, limits)), row);
  await keepsOn(scene, trouble, sessionId);
}

/** The outcome of a request that its app has given up. */
async function cancelled({ worker }: Scene, sessionId: string): Promise<Outcome<unknown>> {
  const caller = { id: 'blotter', app: 'Blotter', isPersons: false };
  await worker.grantSession(caller, sessionId);
  const answered = worker.execute(caller, { requestId: 'given up', sessionId, endpoint: limits.endpoint });
  await worker.cancelCall(caller.id, 'given up');
  return (await answered).outcome;
}

export type RequestTrouble = Trouble & {
  request?: Partial<ApiRequest>;
  scopes?: string[];
  /** What the session may still do, where it may not do what it asked for. */
  afterwards?: string;
  /** The org is never asked. */
  isRefusedHere?: true;
  /** By the pipeline, after a request that has told it why. */
  isHeldBack?: true;
};

const account = { kind: 'json', value: { Name: 'Lost and found' } } as const;

const rest = (status: number, errorCode: string, message: string): Pick<RequestTrouble, 'cause' | 'message'> => ({
  message,
  cause: (scene) =>
    scene.meet({ kind: 'answer', status, body: JSON.stringify([{ errorCode, message }]) }, { path: '/limits$' }),
});

export const requestCases: CasesOf<'request', RequestTrouble> = {
  'request.sessionExpired': [
    rest(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
    {
      when: 'in XML',
      message: 'Session expired or invalid',
      request: { headers: { accept: 'application/xml' } },
      cause: (scene) =>
        scene.meet(
          {
            kind: 'answer',
            status: 401,
            contentType: 'application/xml',
            body: '<Errors><Error><errorCode>INVALID_SESSION_ID</errorCode><message>Session expired or invalid</message></Error></Errors>',
          },
          { path: '/limits$' },
        ),
    },
  ],
  'request.instanceMoved': [
    {
      cause: (scene) =>
        scene.meet(
          {
            kind: 'answer',
            status: 400,
            body: '[{"errorCode":"URL_NOT_RESET","message":"Destination URL not reset. The URL returned from login must be set"}]',
          },
          { path: '/limits$' },
        ),
    },
  ],
  'request.notForApi': [
    {
      scopes: ['refresh_token', 'openid'],
      cause: () => undefined,
      message: 'This session is not valid for use with the REST API',
      afterwards: '/services/oauth2/userinfo',
    },
  ],
  'request.placeOrTime': [rest(401, 'INVALID_LOGIN', 'IP restricted')],
  'request.apiDisabled': [
    {
      when: 'for the org',
      message: /not enabled for this Organization/,
      cause: (scene) => scene.org.control.setPolicy({ apiEnabled: false }),
      cure: (scene) => scene.org.control.setPolicy({ apiEnabled: true }),
    },
    {
      when: 'for the user',
      message: /disabled for this user/,
      cause: user({ apiEnabled: false }),
      cure: user({ apiEnabled: true }),
    },
  ],
  'request.userInactive': [rest(403, 'INACTIVE_USER', 'user is inactive')],
  'request.limitExceeded': [
    { when: 'HTTP 403', ...rest(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') },
    {
      when: 'HTTP 429',
      message: 'TotalRequests Limit exceeded.',
      cause: (scene) => scene.meet({ kind: 'rate-limit' }, { endpoint: 'rest' }),
    },
  ],
  'request.nonceMissing': [
    {
      cause: (scene) =>
        scene.meet(
          {
            kind: 'answer',
            status: 401,
            headers: { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"' },
            body: '{"error":"use_dpop_nonce"}',
          },
          { path: '/limits$' },
        ),
    },
  ],
  'request.proofRefused': [
    {
      cause: (scene) =>
        scene.meet(
          {
            kind: 'answer',
            status: 401,
            headers: { 'WWW-Authenticate': 'DPoP error="invalid_dpop_proof"' },
            body: '[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]',
          },
          { path: '/limits$' },
        ),
    },
  ],
  'request.tooManyRequests': [
    {
      cause: (scene) =>
        scene.meet(
          { kind: 'answer', status: 429, body: '<html>Slow down</html>', contentType: 'text/html' },
          { path: '/limits$' },
        ),
    },
  ],
  'request.unavailable': [{ cause: (scene) => scene.meet({ kind: 'server-error' }, { path: '/limits$' }) }],
  'request.busy': [
    {
      message: /temporarily unavailable/,
      cause: (scene) => scene.meet({ kind: 'server-error', as: 'json' }, { path: '/limits$' }),
    },
  ],
  'request.refused': [
    {
      when: 'by the org itself',
      request: { endpoint: '/services/data/v66.0/sobjects/Account/001000000000000AAA' },
      message: /./,
      cause: () => undefined,
    },
    {
      when: 'by something else',
      message: 'Salesforce answered with status 403.',
      cause: (scene) =>
        scene.meet(
          { kind: 'answer', status: 403, body: '<html>Blocked</html>', contentType: 'text/html' },
          { path: '/limits$' },
        ),
    },
  ],
  'request.endpointNotAllowed': [
    {
      isRefusedHere: true,
      request: { endpoint: 'https://evil.example/services/data' },
      message: /^https:\/\/evil\.example\/services\/data cannot be requested/,
      cause: () => undefined,
    },
  ],
  'request.versionMissing': [
    {
      request: { endpoint: '/services/data/v99.0/limits' },
      message: /does not have version 99\.0 of the REST API/,
      cause: () => undefined,
    },
  ],
  'request.urlTooLong': [
    {
      isRefusedHere: true,
      request: {
        endpoint: `/services/data/v66.0/composite/sobjects/Contact?ids=${'003000000000000AAA,'.repeat(1_000)}`,
      },
      cause: () => undefined,
    },
  ],
  'request.writeLost': [
    {
      request: { endpoint: '/services/data/v66.0/sobjects/Account', method: 'POST', body: account },
      cause: (scene) => scene.meet({ kind: 'drop' }, { path: '/Account$' }),
    },
  ],
  'request.writeTimedOut': [
    {
      request: { endpoint: '/services/data/v66.0/sobjects/Account', method: 'POST', body: account, timeoutMs: 300 },
      cause: (scene) => scene.meet({ kind: 'hang' }, { path: '/Account$' }),
    },
  ],
  'request.paused': [
    {
      isHeldBack: true,
      cause: (scene) =>
        scene.meet(
          { kind: 'answer', status: 503, body: '', headers: { 'Retry-After': '600' } },
          { path: '/limits$', times: 1 },
        ),
    },
  ],
  'request.overBudget': [
    {
      isHeldBack: true,
      settings: { pipeline: { budget: { slowBackgroundFrom: 0, refuseBackgroundFrom: 0 } } },
      cause: () => undefined,
    },
  ],
  'request.tooDeep': [
    {
      cause: (scene) =>
        scene.meet({ kind: 'answer', status: 200, body: '['.repeat(3_000) + ']'.repeat(3_000) }, { path: '/limits$' }),
    },
  ],
};

export async function judgeRequest(scene: Scene, trouble: RequestTrouble, row: OutcomeRow): Promise<void> {
  const { sessionId } = must(await scene.signIn(trouble.scopes ? { scopes: trouble.scopes } : {}));
  await scene.org.control.resetCounts();
  await trouble.cause(scene);
  const request = { ...limits, ...trouble.request };
  if (trouble.isHeldBack) return judgeHeldBack(scene, sessionId, row);
  expectRow(await scene.worker.request(sessionId, request), row, trouble.message);
  const renewals = row.retry === 'now' ? 1 : 0;
  const isRead = request.method === 'GET';
  const again = row.retry === 'nowIfRead' ? (isRead ? 2 : 0) : renewals;
  expect(await scene.requests(`${request.method} ${request.endpoint}`)).toBe(trouble.isRefusedHere ? 0 : 1 + again);
  expect(await scene.tokenRequests('refresh_token')).toBe(renewals);
  await cure(scene, trouble);
  must(await scene.worker.request(sessionId, trouble.afterwards ? get(trouble.afterwards) : limits));
  expect(scene.lost).toEqual([]);
}

export const revokeCases: CasesOf<'revoke'> = {
  ...noAnswersAt('revoke', { endpoint: 'revoke' }),
  // With a good status the rest does not matter (RFC 7009, 2.2).
  'revoke.unreadable': [
    {
      cause: (scene) =>
        scene.meet(
          { kind: 'answer', status: 400, body: 'Bad Request', contentType: 'text/plain' },
          { endpoint: 'revoke' },
        ),
    },
  ],
  'revoke.gone': [{ cause: (scene) => scene.org.control.revokeRefreshTokens() }],
  'revoke.refused': [
    {
      cause: (scene) =>
        scene.meet({ kind: 'answer', status: 400, body: '{"error":"invalid_client"}' }, { endpoint: 'revoke' }),
    },
  ],
};

/** The session is over at once, whatever the org says; the org hears of it later. */
export async function judgeRevoke(scene: Scene, trouble: Trouble, row: OutcomeRow): Promise<void> {
  const { sessionId } = must(await scene.signIn());
  await trouble.cause(scene);
  const ended = await scene.worker.endSession(sessionId);
  const isGone = row.retry === 'no';
  if (isGone) must(ended);
  else expectRow(ended, row);
  expect(scene.troubles).toEqual(isGone ? [] : ['notRevoked']);
  expect(await scene.worker.request(sessionId, limits)).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
  await cure(scene, trouble);
  await scene.worker.checkSessions();
  expect(await scene.org.control.approvals()).toEqual([]);
  expect(scene.lost).toEqual([]);
}

/** The first request of an app tells how the org is, the second one stays here. */
async function judgeHeldBack(scene: Scene, sessionId: string, row: OutcomeRow): Promise<void> {
  const app = { id: 'app', app: 'Research', isPersons: false };
  await scene.worker.grantSession(app, sessionId);
  const { endpoint } = limits;
  await scene.worker.execute(app, { requestId: 'tells', sessionId, endpoint });
  const { outcome } = await scene.worker.execute(app, { requestId: 'r', sessionId, endpoint, priority: 'background' });
  expectRow(outcome, row);
  expect(outcome).toMatchObject({ error: { data: { until: expect.stringMatching(/^\d{4}-.*Z$/) } } });
  expect(await scene.requests(`GET ${endpoint}`)).toBe(1);
}
