import * as oauth from 'oauth4webapi';
import { z } from '../zod.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import { readEvidence } from './evidence.ts';
import { refuseParameters } from './extraParameters.ts';
import type { OrgClient } from './orgClient.ts';
import type { FinishedSignIn, PendingSignIns } from './pendingSignIns.ts';
import type { ProofKey } from './proofKey.ts';
import type { OrgSettings } from './settings.ts';

export const signInRequest = z.strictObject({
  orgUrl: z.string(),
  consumerKey: z.string(),
  scopes: z.array(z.string().min(1)),
  /** `none`: no page may be shown (`immediate=true`). */
  interaction: z.enum(['allowed', 'none']).default('allowed'),
  /** Further authorize parameters, e.g. `login_hint`, `prompt`. They cannot replace those of the flow. */
  extraParameters: z.record(z.string(), z.string()).default({}),
});
export type SignInRequest = z.input<typeof signInRequest>;

export interface StartedSignIn {
  signInId: string;
  /** Holds `state` and the code challenge; the code verifier stays here. */
  authorizeUrl: string;
  redirectUri: string;
}

interface PendingRedirect {
  client: OrgClient;
  scopes: string[];
  codeVerifier: string;
  nonce: string | undefined;
  proofKey: ProofKey | undefined;
  redeeming: () => void;
  finish: (outcome: Outcome<FinishedSignIn>) => Promise<void>;
}

export interface SignInsOptions {
  pending: PendingSignIns;
  findOrg: (orgUrl: string, consumerKey: string) => OrgSettings | undefined;
  orgClient: (org: OrgSettings) => Promise<Outcome<OrgClient>>;
  /**
   * A new key to bind tokens to; undefined where the org does not take proofs or the settings turn them off. Fails
   * where binding is required and not possible.
   */
  newProofKey: (client: OrgClient) => Promise<Outcome<ProofKey | undefined>>;
}

/**
 * The checks with which every flow begins: the org is configured, the app may set these parameters, the endpoints are
 * known, there is a key.
 */
export async function prepareSignIn(
  {
    orgUrl,
    consumerKey,
    extraParameters,
  }: Pick<z.output<typeof signInRequest>, 'orgUrl' | 'consumerKey' | 'extraParameters'>,
  { findOrg, orgClient, newProofKey }: Omit<SignInsOptions, 'pending'>,
): Promise<Outcome<{ client: OrgClient; proofKey: ProofKey | undefined }>> {
  const org = findOrg(orgUrl, consumerKey);
  if (!org) return failure('INVALID_PARAMETER', 'This org and consumer key are not configured.');
  const refused = refuseParameters(extraParameters);
  if (refused) return refused;
  const client = await orgClient(org);
  if (!client.ok) return client;
  const proofKey = await newProofKey(client.data);
  return proofKey.ok ? success({ client: client.data, proofKey: proofKey.data }) : proofKey;
}

/**
 * The web server flow with PKCE S256. Each `state` is used once and is bound to the org and code verifier that it was
 * created with.
 */
export function createSignIns({ pending, ...needs }: SignInsOptions) {
  const byState = new Map<string, PendingRedirect>();

  async function start(input: SignInRequest): Promise<Outcome<StartedSignIn>> {
    const parsed = signInRequest.safeParse(input);
    if (!parsed.success) return failure('INVALID_PARAMETER', 'The sign-in request is malformed.');
    const { scopes, interaction, extraParameters } = parsed.data;
    const prepared = await prepareSignIn(parsed.data, needs);
    if (!prepared.ok) return prepared;
    const { client, proofKey } = prepared.data;
    const { org } = client;

    const codeVerifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const nonce = scopes.includes('openid') ? oauth.generateRandomNonce() : undefined;
    const url = new URL(client.server.authorization_endpoint!);
    for (const [name, value] of Object.entries(extraParameters)) url.searchParams.set(name, value);
    const parameters = {
      response_type: 'code',
      client_id: org.consumerKey,
      redirect_uri: org.redirectUri,
      scope: [...new Set(scopes)].join(' '),
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(nonce && { nonce }),
      ...(proofKey && { dpop_jkt: await proofKey.handle.calculateThumbprint() }),
      ...(interaction === 'none' && { immediate: 'true' }),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);

    const { signInId, finish, redeeming, abandoned } = pending.add();
    byState.set(state, { client, scopes, codeVerifier, nonce, proofKey, redeeming, finish });
    abandoned.addEventListener('abort', () => byState.delete(state));
    return success({ signInId, authorizeUrl: url.href, redirectUri: org.redirectUri });
  }

  /**
   * Takes the whole redirect URL. A URL that belongs to no sign-in in progress is refused and affects none: `state` is
   * compared before anything else (RFC 9700, 4.7), and is then used up.
   */
  async function deliverRedirect(redirectUrl: string): Promise<Outcome<void>> {
    const url = URL.canParse(redirectUrl) ? new URL(redirectUrl) : undefined;
    const state = url?.searchParams.get('state');
    const signIn = state ? byState.get(state) : undefined;
    if (!url || !state || !signIn || !isRedirectTo(url, signIn.client.org.redirectUri)) {
      return outcomeFailure({ stage: 'authorize', refused: 'stateMismatch' });
    }
    byState.delete(state);
    signIn.redeeming();
    await signIn.finish(await exchange(signIn, url, state));
    return success(undefined);
  }

  async function exchange(
    { client, codeVerifier, nonce, scopes, proofKey }: PendingRedirect,
    url: URL,
    state: string,
  ): Promise<Outcome<FinishedSignIn>> {
    let callback: URLSearchParams;
    try {
      callback = client.readRedirect(url, state);
    } catch (error) {
      if (error instanceof oauth.AuthorizationResponseError)
        return outcomeFailure(readEvidence('authorize', error, {}, () => true));
      return outcomeFailure({ stage: 'authorize', refused: 'neitherCodeNorError' });
    }
    if (!callback.get('code')) return outcomeFailure({ stage: 'authorize', refused: 'neitherCodeNorError' });
    const tokens = await client.redeemCode(callback, codeVerifier, nonce, { scopes, proofKey });
    return tokens.ok ? success({ client, tokens: tokens.data }) : tokens;
  }

  return { start, deliverRedirect };
}

/** Compares the redirect URI exactly, except for the query of the answer (RFC 9700, 2.1). */
function isRedirectTo(url: URL, redirectUri: string): boolean {
  const expected = new URL(redirectUri);
  return url.origin === expected.origin && url.pathname === expected.pathname && !url.username && !url.password;
}
