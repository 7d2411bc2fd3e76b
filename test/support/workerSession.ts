import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { createTokenWorker, type TokenWorker } from '../../src/worker/tokenWorker.ts';
import type { ApiRequest } from '../../src/worker/apiRequest.ts';
import type { Outcome } from '../../src/channel/failure.ts';
import { defaultRedirectUri, morgan, OrgBrowser } from './orgBrowser.ts';

/** A token worker that may talk to this org. */
export async function configuredWorker(orgUrl: string, options: { onSessionLost?: (sessionId: string) => void; fetch?: typeof fetch } = {}): Promise<TokenWorker> {
  const worker = createTokenWorker(options.fetch ? { fetch: options.fetch } : {});
  const configured = await worker.configure(
    {
      orgs: [{ orgUrl, consumerKey: defaultConsumerKey, redirectUri: defaultRedirectUri }],
      extraOrigins: [orgUrl],
      endpointPrefixes: ['/services/data', '/services/apexrest', '/services/oauth2/userinfo'],
      requestTimeoutMs: 10_000,
    },
    options.onSessionLost ?? (() => undefined),
  );
  must(configured);
  return worker;
}

/** Signs a person in through the org's real pages and returns the session. */
export async function signedInSession(worker: TokenWorker, orgUrl: string, user = morgan, scopes = ['api', 'refresh_token']) {
  const { signInId, authorizeUrl } = must(await worker.startSignIn({ orgUrl, consumerKey: defaultConsumerKey, scopes }));
  const finished = worker.waitForSignIn(signInId);
  const redirect = await new OrgBrowser(orgUrl).signIn(authorizeUrl, user);
  must(await worker.deliverRedirect(redirect.href));
  return must(await finished);
}

export const get = (endpoint: string): ApiRequest => ({ endpoint, method: 'GET', headers: {}, includeAuthorization: true });

/** The data of an outcome that has to be good. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`Expected success, got ${outcome.error.code}: ${outcome.error.message}`);
  return outcome.data;
}
