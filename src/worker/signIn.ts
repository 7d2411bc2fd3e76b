import * as oauth from 'oauth4webapi';
import { z } from '../zod.ts';
import { deferred } from '../channel/deferred.ts';
import { failure, success, type Outcome } from '../channel/failure.ts';
import { createAuthorizationServers, oauthRequestOptions, type HttpOptions } from './authorizationServer.ts';
import { authorizationFailure, tokenEndpointFailure } from './oauthFailure.ts';
import { readTokenAnswer, type GrantedTokens } from './tokenAnswer.ts';
import type { OrgSettings } from './settings.ts';

export const signInRequest = z.strictObject({
  orgUrl: z.string(),
  consumerKey: z.string(),
  scopes: z.array(z.string().min(1)),
  /** `none`: no page may be shown (`immediate=true`). */
  interaction: z.enum(['allowed', 'none']).default('allowed'),
  /** Further authorize parameters, e.g. `login_hint`, `prompt`. They cannot replace the flow's own. */
  extraParameters: z.record(z.string(), z.string()).default({}),
});
export type SignInRequest = z.input<typeof signInRequest>;

export interface StartedSignIn {
  signInId: string;
  /** Holds `state` and the code challenge; the code verifier stays here. */
  authorizeUrl: string;
  redirectUri: string;
}

export interface FinishedSignIn {
  org: OrgSettings;
  server: oauth.AuthorizationServer;
  tokens: GrantedTokens;
}

interface PendingSignIn {
  signInId: string;
  org: OrgSettings;
  scopes: string[];
  server: oauth.AuthorizationServer;
  codeVerifier: string;
  nonce: string | undefined;
  finish: (outcome: Outcome<FinishedSignIn>) => void;
  finished: Promise<Outcome<FinishedSignIn>>;
}

/** Authorize parameters that belong to the flow itself (RFC 6749, RFC 7636, RFC 9449, OpenID Connect Core). */
const ownParameters = new Set([
  'client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'state', 'nonce', 'code_challenge',
  'code_challenge_method', 'dpop_jkt', 'request', 'request_uri', 'immediate', 'client_secret',
]);

/** The web server flow with PKCE S256. One-time `state`, bound to the org and the code verifier that it started with. */
export function createSignIns(orgs: readonly OrgSettings[], extraOrigins: readonly string[], http: HttpOptions) {
  const authorizationServer = createAuthorizationServers(http);
  const byId = new Map<string, PendingSignIn>();
  const byState = new Map<string, PendingSignIn>();

  async function start(input: SignInRequest): Promise<Outcome<StartedSignIn>> {
    const parsed = signInRequest.safeParse(input);
    if (!parsed.success) return failure('INVALID_PARAMETER', 'The sign-in request is malformed.');
    const { orgUrl, consumerKey, scopes, interaction, extraParameters } = parsed.data;
    const org = orgs.find((candidate) => candidate.orgUrl === orgUrl && candidate.consumerKey === consumerKey);
    if (!org) return failure('INVALID_PARAMETER', 'This org and consumer key are not configured.');
    const own = Object.keys(extraParameters).find((name) => ownParameters.has(name.toLowerCase()));
    if (own) return failure('INVALID_PARAMETER', `authFlowParams cannot set ${own}: it belongs to the sign-in itself.`);
    const server = await authorizationServer(orgUrl);
    if (!server.ok) return server;

    const codeVerifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const nonce = scopes.includes('openid') ? oauth.generateRandomNonce() : undefined;
    const url = new URL(server.data.authorization_endpoint!);
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
      ...(interaction === 'none' && { immediate: 'true' }),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);

    const signInId = crypto.randomUUID();
    const { promise: finished, resolve: finish } = deferred<Outcome<FinishedSignIn>>();
    const pending = { signInId, org, scopes, server: server.data, codeVerifier, nonce, finish, finished };
    byId.set(signInId, pending);
    byState.set(state, pending);
    return success({ signInId, authorizeUrl: url.href, redirectUri: org.redirectUri });
  }

  /**
   * Takes back the whole redirect URL. A URL that belongs to no sign-in in progress is refused and disturbs none:
   * `state` is compared before anything else is looked at (RFC 9700, 4.7), then spent.
   */
  async function deliverRedirect(redirectUrl: string): Promise<Outcome<void>> {
    const url = URL.canParse(redirectUrl) ? new URL(redirectUrl) : undefined;
    const state = url?.searchParams.get('state');
    const signIn = state ? byState.get(state) : undefined;
    if (!url || !state || !signIn || !isRedirectTo(url, signIn.org.redirectUri)) {
      return failure('SIGN_IN_STATE_MISMATCH', 'A sign-in answer arrived that this provider did not ask for. It was ignored.');
    }
    byState.delete(state);
    signIn.finish(await exchange(signIn, url, state));
    return success(undefined);
  }

  async function exchange(signIn: PendingSignIn, url: URL, state: string): Promise<Outcome<FinishedSignIn>> {
    const { org, server, codeVerifier, nonce, scopes } = signIn;
    const client: oauth.Client = { client_id: org.consumerKey };
    let parameters: URLSearchParams;
    try {
      parameters = oauth.validateAuthResponse(server, client, url, state);
    } catch (error) {
      if (error instanceof oauth.AuthorizationResponseError) return authorizationFailure(error);
      return failure('SIGN_IN_REFUSED', 'The org answered the sign-in with neither a code nor an error.');
    }
    try {
      const options = oauthRequestOptions(org.orgUrl, http);
      const response = await oauth.authorizationCodeGrantRequest(
        server, client, oauth.None(), parameters, org.redirectUri, codeVerifier, options,
      );
      const answer = await oauth.processAuthorizationCodeResponse(server, client, response, nonce ? { expectedNonce: nonce } : {});
      const tokens = readTokenAnswer(answer, org.orgUrl, scopes, extraOrigins);
      return tokens.ok ? success({ org, server, tokens: tokens.data }) : tokens;
    } catch (error) {
      return tokenEndpointFailure(error, 'TOKEN_EXCHANGE_FAILED', 'Salesforce refused to issue tokens for this sign-in');
    }
  }

  return {
    start,
    deliverRedirect,

    /** Settles when the redirect has been exchanged, refused, or the sign-in abandoned. To be asked once. */
    async wait(signInId: string): Promise<Outcome<FinishedSignIn>> {
      const signIn = byId.get(signInId);
      if (!signIn) return failure('SIGN_IN_CANCELLED', 'This sign-in is over.');
      const outcome = await signIn.finished;
      byId.delete(signInId);
      return outcome;
    },

    /** Forgets a sign-in; a redirect that arrives later is refused. */
    abandon(signInId: string): void {
      for (const [state, signIn] of byState) if (signIn.signInId === signInId) byState.delete(state);
      byId.get(signInId)?.finish(failure('SIGN_IN_CANCELLED', 'The sign-in was cancelled.'));
    },
  };
}

/** Exact redirect URI comparison, the answer's own query apart (RFC 9700, 2.1). */
function isRedirectTo(url: URL, redirectUri: string): boolean {
  const expected = new URL(redirectUri);
  return url.origin === expected.origin && url.pathname === expected.pathname;
}
