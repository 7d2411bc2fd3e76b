import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import { alex, defaultRedirectUri, morgan } from '../../support/orgBrowser.ts';
import { startProviderDesk } from '../../support/runningProvider.ts';
import { get, must } from '../../support/workerSession.ts';
import { noAnswersAt } from './noAnswers.ts';
import { expectRow, type CasesOf } from './rows.ts';
import { cure, type Scene, type SignInActs, type Trouble } from './scene.ts';
import type { OutcomeRow } from '../../../src/outcomes/outcomes.ts';

const limits = get('/services/data/v66.0/limits');
const app = (changes: Parameters<Scene['org']['control']['setApp']>[1]) => (scene: Scene) =>
  scene.org.control.setApp(defaultConsumerKey, changes);
const user = (changes: Parameters<Scene['org']['control']['setUser']>[1]) => (scene: Scene) =>
  scene.org.control.setUser(morgan.username, changes);
const json = (status: number, body: object) => (scene: Scene) =>
  scene.meet({ kind: 'answer', status, body: JSON.stringify(body) }, { endpoint: 'token' });
const change = (members: Record<string, unknown>) => (scene: Scene) =>
  scene.meet({ kind: 'change-members', members }, { endpoint: 'token' });

/** The org is not asked to let anybody in unless it is an org, and this one. */
export const discoveryCases: CasesOf<'discovery'> = {
  ...noAnswersAt('discovery', { endpoint: 'discovery' }),
  'discovery.notAnOrg': [
    {
      when: 'other JSON',
      cause: (scene) =>
        scene.meet(
          { kind: 'answer', status: 200, body: '{"issuer":"https://evil.example"}' },
          { endpoint: 'discovery' },
        ),
    },
    {
      when: 'no such page',
      cause: (scene) =>
        scene.meet(
          { kind: 'answer', status: 404, body: 'Not found', contentType: 'text/plain' },
          { endpoint: 'discovery' },
        ),
    },
  ],
  'discovery.foreignEndpoints': [
    {
      cause: (scene) =>
        scene.meet(
          { kind: 'change-members', members: { token_endpoint: 'https://evil.example/token' } },
          { endpoint: 'discovery' },
        ),
    },
  ],
};

/** Each request to the org fails until it is cured; the same worker then signs in. */
export async function judgeDiscovery(scene: Scene, trouble: Trouble, row: OutcomeRow): Promise<void> {
  await trouble.cause(scene);
  expectRow(await scene.signIn(), row);
  expect(await scene.requests('GET /services/oauth2/authorize')).toBe(0);
  await cure(scene, trouble);
  must(await scene.signIn());
}

export type AuthorizeTrouble = Trouble & SignInActs;

/** The org sends the browser back with these, as it does when it refuses. */
const sentBack = (
  answer: Record<string, string>,
): Pick<AuthorizeTrouble, 'cause' | 'atAuthorize'> & { answer: Record<string, string> } => ({
  answer,
  cause: () => undefined,
});

export const authorizeCases: CasesOf<'authorize', AuthorizeTrouble & { answer?: Record<string, string> }> = {
  'authorize.denied': [{ decision: 'deny', cause: () => undefined }],
  'authorize.interactionRequired': [
    { interaction: 'none', cause: () => undefined },
    {
      when: 'OpenID Connect',
      ...sentBack({ error: 'login_required', error_description: 'end-user authentication is required' }),
    },
  ],
  'authorize.appNotInstalled': [{ cause: app({ installed: false }), cure: app({ installed: true }) }],
  'authorize.appBlocked': [{ cause: app({ blocked: true }), cure: app({ blocked: false }) }],
  'authorize.userNotApproved': [
    {
      cause: app({ adminApprovedOnly: true, approvedUsernames: [alex.username] }),
      cure: app({ adminApprovedOnly: false }),
    },
  ],
  'authorize.scopeNotAllowed': [{ scopes: ['api', 'refresh_token', 'everything'], cause: () => undefined }],
  'authorize.userInactive': [sentBack({ error: 'inactive_user', error_description: 'user is inactive' })],
  'authorize.orgInactive': [sentBack({ error: 'inactive_org', error_description: 'organization is inactive' })],
  'authorize.tooMany': [sentBack({ error: 'rate_limit_exceeded', error_description: 'too many logins' })],
  'authorize.orgFailed': [
    sentBack({ error: 'server_error', error_description: 'unexpected' }),
    { when: 'unknown', ...sentBack({ error: 'unknown_error', error_description: 'retry your request' }) },
  ],
  'authorize.refused': [
    sentBack({
      error: 'OAUTH_APPROVAL_ERROR_GENERIC',
      error_description: 'An unexpected error has occurred during authentication.',
    }),
  ],
  'authorize.neitherCodeNorError': [sentBack({})],
  'authorize.stateMismatch': [
    { redirected: (redirect) => redirect.searchParams.set('state', "somebody else's"), cause: () => undefined },
  ],
};

export async function judgeAuthorize(
  scene: Scene,
  trouble: AuthorizeTrouble & { answer?: Record<string, string> },
  row: OutcomeRow,
): Promise<void> {
  await trouble.cause(scene);
  const { scopes, interaction, decision, redirected, answer } = trouble;
  const atAuthorize = async (authorizeUrl: string): Promise<void> => {
    const back = new URL(defaultRedirectUri);
    for (const [name, value] of Object.entries(answer!)) back.searchParams.set(name, value);
    back.searchParams.set('state', new URL(authorizeUrl).searchParams.get('state')!);
    await scene.meet({ kind: 'redirect', to: back.href }, { endpoint: 'authorize' });
  };
  const outcome = await scene.signIn({
    ...(scopes && { scopes }),
    ...(interaction && { interaction }),
    ...(decision && { decision }),
    ...(redirected && { redirected }),
    ...(answer && { atAuthorize }),
  });
  expectRow(outcome, row);
  expect(await scene.tokenRequests('authorization_code')).toBe(0);
  await cure(scene, trouble);
  must(await scene.signIn());
}

export type RedeemTrouble = Trouble & {
  /** In the device flow, where this is what the person does. */
  device?: 'deny' | 'nothing';
  /** So from the beginning, not from the exchange of the code on. */
  early?: true;
  /** Seen by the provider, not by its worker alone. */
  provider?: true;
};

export const redeemCases: CasesOf<'redeem', RedeemTrouble> = {
  ...noAnswersAt('redeem', { endpoint: 'token' }),
  'redeem.userInactive': [
    { when: 'frozen', cause: user({ frozen: true }), cure: user({ frozen: false }) },
    { when: 'locked', cause: user({ locked: true }), cure: user({ locked: false }) },
    { when: 'inactive', cause: user({ active: false }), cure: user({ active: true }) },
  ],
  'redeem.placeOrTime': [{ cause: user({ ipRestricted: true }), cure: user({ ipRestricted: false }) }],
  'redeem.userNotApproved': [
    { cause: app({ adminApprovedOnly: true, approvedUsernames: [] }), cure: app({ adminApprovedOnly: false }) },
  ],
  'redeem.appNotInstalled': [
    { cause: app({ installed: false }), cure: app({ installed: true }) },
    {
      when: 'unknown',
      cause: (scene) => scene.org.control.removeApp(defaultConsumerKey),
      cure: app({ redirectUris: [defaultRedirectUri], deviceFlow: true }),
    },
  ],
  'redeem.appBlocked': [{ cause: app({ blocked: true }), cure: app({ blocked: false }) }],
  'redeem.secretWanted': [{ cause: app({ secret: 'a secret' }), cure: app({ secret: null }) }],
  'redeem.redirectMismatch': [
    {
      cause: json(400, { error: 'redirect_uri_mismatch', error_description: 'redirect_uri must match configuration' }),
    },
  ],
  'redeem.proofRefused': [
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
  'redeem.tooMany': [{ cause: (scene) => scene.meet({ kind: 'rate-limit' }, { endpoint: 'token' }) }],
  'redeem.deviceDenied': [{ device: 'deny', cause: () => undefined }],
  'redeem.deviceExpired': [{ device: 'nothing', cause: (scene) => scene.pass(600_000) }],
  'redeem.codeRefused': [
    {
      cause: (scene) => scene.org.control.moveClock(3_600_000),
      cure: (scene) => scene.org.control.moveClock(-3_600_000),
      org: { dpop: 'off' },
    },
  ],
  'redeem.refused': [
    { cause: json(400, { error: 'unsupported_grant_type', error_description: 'grant type not supported' }) },
  ],
  'redeem.incomplete': [
    { when: 'no access token', cause: change({ access_token: null }) },
    { when: 'no identity', cause: change({ id: null }) },
    { when: 'instance that is no URL', cause: change({ instance_url: 'acme' }) },
  ],
  'redeem.foreignInstance': [
    { when: 'instance', cause: change({ instance_url: 'https://evilsalesforce.com' }) },
    { when: 'identity', cause: change({ id: 'https://evil.example/id/00D000000000001AAA/005000000000001AAA' }) },
  ],
  // The provider asks who has signed in, as the first request of the new session.
  'redeem.identity': [
    {
      cause: (scene) => scene.meet({ kind: 'answer', status: 200, body: '"somebody"' }, { path: '/sobjects/User/' }),
      provider: true,
    },
  ],
  'redeem.notBound': [
    {
      when: 'app without DPoP',
      early: true,
      org: { dpop: 'required' },
      cause: app({ dpop: 'off' }),
      cure: app({ dpop: 'allowed' }),
    },
    { when: 'unbound all the same', org: { dpop: 'required' }, cause: change({ token_type: 'Bearer' }) },
  ],
};

export async function judgeRedeem(scene: Scene, trouble: RedeemTrouble, row: OutcomeRow): Promise<void> {
  const { device, early, provider } = trouble;
  if (provider) return judgeIdentity(scene, trouble, row);
  if (early) await trouble.cause(scene);
  const failed = device
    ? await scene.signInByDevice((count) => count === 1 && trouble.cause(scene), { decision: device })
    : await scene.signIn({ atCode: () => !early && trouble.cause(scene) });
  expectRow(failed, row);
  expect(scene.lost).toEqual([]);
  await cure(scene, trouble);
  const { sessionId } = must(await scene.signIn());
  must(await scene.worker.request(sessionId, limits));
}

async function judgeIdentity(scene: Scene, trouble: Trouble, row: OutcomeRow): Promise<void> {
  const { app: connect } = await startProviderDesk(scene.org.url);
  const { ask } = await connect('blotter');
  const request = {
    requestId: 'r1',
    orgUrl: scene.org.url,
    consumerKey: defaultConsumerKey,
    scopes: ['api', 'refresh_token'],
  };
  await trouble.cause(scene);
  expectRow(await ask('connect', request), row);
  // What nobody can use is not left at the org.
  expect(await scene.org.control.approvals()).toEqual([]);
  await cure(scene, trouble);
  must(await ask('connect', request));
}
