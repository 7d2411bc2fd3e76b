import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { createTokenWorker, type TokenWorker, type WorkerEvents } from '../../src/worker/tokenWorker.ts';
import type { ApiRequest } from '../../src/worker/pipeline/apiRequest.ts';
import type { Failure, Outcome } from '../../src/outcomes/failure.ts';
import type { WorkerSettingsInput } from '../../src/worker/settings.ts';
import type { WorkerEnvironment } from '../../src/worker/workerEnvironment.ts';
import { environmentUntilTestEnd } from './endWithTest.ts';
import { defaultRedirectUri, morgan, OrgBrowser } from './orgBrowser.ts';

/** A token worker that may talk to this org, until the test ends. */
export async function configuredWorker(
  orgUrl: string,
  options: {
    onSessionLost?: (sessionId: string, why: Failure) => void;
    onSessionRecovered?: (sessionId: string) => void;
    onTrouble?: WorkerEvents['trouble'];
    onCalled?: WorkerEvents['called'];
    onUsage?: WorkerEvents['usage'];
    onLive?: WorkerEvents['live'];
    settings?: Partial<WorkerSettingsInput>;
    org?: Partial<WorkerSettingsInput['orgs'][number]>;
  } & Partial<WorkerEnvironment> = {},
): Promise<TokenWorker> {
  const {
    onSessionLost = () => undefined,
    onSessionRecovered = () => undefined,
    onTrouble = () => undefined,
    onCalled = () => undefined,
    onUsage = () => undefined,
    onLive = () => undefined,
    settings,
    org,
    ...environment
  } = options;
  const worker = createTokenWorker(
    environmentUntilTestEnd({ serverTime: async () => (environment.now ?? Date.now)(), ...environment }),
  );
  const configured = await worker.configure(
    {
      orgs: [{ orgUrl, consumerKey: defaultConsumerKey, redirectUri: defaultRedirectUri, ...org }],
      extraOrigins: [orgUrl],
      endpointPrefixes: ['/services/data', '/services/apexrest', '/services/oauth2/userinfo'],
      requestTimeoutMs: 10_000,
      ...settings,
    },
    {
      sessionLost: onSessionLost,
      sessionRecovered: onSessionRecovered,
      trouble: onTrouble,
      called: onCalled,
      usage: onUsage,
      live: onLive,
    },
  );
  must(configured);
  return worker;
}

/** Signs a person in through the org's real pages and returns the session. */
export async function signedInSession(
  worker: TokenWorker,
  orgUrl: string,
  user = morgan,
  scopes = ['api', 'refresh_token'],
) {
  const { signInId, authorizeUrl } = must(
    await worker.startSignIn({ orgUrl, consumerKey: defaultConsumerKey, scopes }),
  );
  const finished = worker.waitForSignIn(signInId);
  const redirect = await new OrgBrowser(orgUrl).signIn(authorizeUrl, user);
  must(await worker.deliverRedirect(redirect.href));
  return must(await finished);
}

/** A GET request for the worker, which is to add the access token. */
export const get = (endpoint: string): ApiRequest => ({
  endpoint,
  method: 'GET',
  headers: {},
  includeAuthorization: true,
});

/** The data of an outcome that has to be good. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`Expected success, got ${outcome.error.code}: ${outcome.error.message}`);
  return outcome.data;
}
