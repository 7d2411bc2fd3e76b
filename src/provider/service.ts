import type { z } from '../zod.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type {
  cancelRequest, CheckResult, connectRequest, diagnoseRequest, executeRequest, ExecuteReply, expireTokensRequest, getConnectionRequest, PlatformStatus,
  SessionDetails, StateEvent,
} from '../channel/protocol.ts';
import { fillApiVersion } from '../salesforce/apiVersionPlaceholder.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import { tellableEndpoint } from '../salesforce/endpointText.ts';
import { myDomainHint, normalizeOrgUrl } from '../salesforce/myDomain.ts';
import { timeoutSignal } from '../time.ts';
import type { Caller } from './accessPolicy.ts';
import type { Audit } from './audit.ts';
import { authorizeParameters } from './authorizeParameters.ts';
import type { CallsUnderWay } from './callsUnderWay.ts';
import { defaultOrg, type OrgConfiguration, type ProviderConfiguration } from './configuration.ts';
import type { Host } from './hosts/host.ts';
import type { Requests } from './requests.ts';
import type { Sessions, SessionWish } from './sessions.ts';
import { signInPlace, type SignedOutMark } from './signedOutMark.ts';
import type { RemoteTokenWorker } from './signInFlow.ts';
import type { SignIns } from './signIns.ts';
import type { Asker } from './windowTurns.ts';

interface ServiceOptions {
  configuration: ProviderConfiguration;
  worker: RemoteTokenWorker;
  requests: Requests;
  calls: CallsUnderWay;
  host: Pick<Host, 'canSignInSilently'>;
  /** Settles when the provider has tried to bring back what was there before its start. */
  resumed: Promise<void>;
  /** Set by "Sign out": the org may still know the person, who may want to make room for somebody else. */
  signedOut: SignedOutMark;
  sessions: Sessions;
  signIns: SignIns;
  audit: Audit;
}

type ConnectRequest = z.output<typeof connectRequest>;
type SessionRequest = Pick<ConnectRequest, 'scopes' | 'ownSession'>;
type CancellableRequest = Pick<ConnectRequest, 'requestId' | 'timeoutMs'>;

export type SalesforceService = ReturnType<typeof createSalesforceService>;

/** The one door: channel, intents and every later face ask for Salesforce here, as a caller that the policy let in. */
export function createSalesforceService({ configuration, worker, requests, calls, host, sessions, signIns, audit, resumed, signedOut }: ServiceOptions) {
  /** Runs what a caller can give up under its request id, or by its timeout. */
  function cancellable<T>(caller: Caller, { requestId, timeoutMs }: CancellableRequest, work: (signal: AbortSignal) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return calls.run(caller, { requestId }, ({ signal }) => work(timeoutMs === undefined ? signal : AbortSignal.any([signal, timeoutSignal(timeoutMs)])));
  }

  function resolveOrg(request: Pick<ConnectRequest, 'orgUrl' | 'consumerKey'>): Outcome<OrgConfiguration> {
    if (request.orgUrl === undefined && request.consumerKey === undefined) return success(defaultOrg(configuration));
    const orgUrl = request.orgUrl && URL.canParse(normalizeOrgUrl(request.orgUrl)) ? new URL(normalizeOrgUrl(request.orgUrl)).origin : undefined;
    if (!orgUrl) return failure('INVALID_PARAMETER', 'Invalid Salesforce URL');
    const org = configuration.orgs.find(
      (candidate) => candidate.orgUrl === orgUrl && (request.consumerKey ?? candidate.consumerKey) === candidate.consumerKey,
    );
    if (org) return success(org);
    const hint = myDomainHint(orgUrl);
    if (hint) return failure('INVALID_PARAMETER', `Invalid Salesforce URL ${orgUrl}: ${hint}.`);
    const knowsOrg = configuration.orgs.some((candidate) => candidate.orgUrl === orgUrl);
    return knowsOrg
      ? failure('INVALID_PARAMETER', 'Invalid consumer key')
      : failure('INVALID_PARAMETER', `Invalid Salesforce URL: this desktop's provider is not configured for ${orgUrl}.`);
  }

  function wishOf(org: OrgConfiguration, request: SessionRequest, caller: Caller): SessionWish {
    const { orgUrl, consumerKey } = org;
    return { orgUrl, consumerKey, scopes: requestedScopes(org, request.scopes), owner: request.ownSession ? caller.app.name : '' };
  }

  const placeOf = ({ orgUrl, consumerKey }: SessionWish): string =>
    signInPlace(configuration.orgs.find((org) => org.orgUrl === orgUrl && org.consumerKey === consumerKey) ?? { orgUrl });

  async function signIn(wish: SessionWish, request: Pick<ConnectRequest, 'authFlowParams' | 'authWindowOptions'>, interaction: 'allowed' | 'none', asker: Asker, signal?: AbortSignal): Promise<Outcome<SessionDetails>> {
    const { orgUrl, consumerKey, owner } = wish;
    const extraParameters = interaction === 'allowed' ? authorizeParameters(request.authFlowParams, signedOut.isSet(placeOf(wish))) : {};
    const signOutsBefore = sessions.signOuts();
    const session = await signIns.signIn(
      { orgUrl, consumerKey, owner, scopes: sessions.scopesWith(wish), interaction, extraParameters, windowOptions: request.authWindowOptions ?? {} },
      asker,
      () => sessions.find(wish),
      signal,
    );
    // Its window takes a moment to close, in which somebody may sign out.
    if (session.ok && interaction === 'allowed' && sessions.signOuts() === signOutsBefore) signedOut.clear(placeOf(wish));
    return session;
  }

  /** A session that the org gives without a person, or null. Not after "Sign out": the org may still know who that was. */
  async function signInSilently(wish: SessionWish, asker: Asker, signal?: AbortSignal): Promise<Outcome<SessionDetails | null>> {
    if (!host.canSignInSilently || !configuration.silentSignIn || signedOut.isSet(placeOf(wish))) return success(null);
    const session = await signIn(wish, {}, 'none', asker, signal);
    if (!session.ok && session.error.code === 'INTERACTION_REQUIRED') return success(null);
    return session;
  }

  function usable(caller: Caller, sessionId: string): Outcome<SessionDetails> {
    const session = sessions.get(sessionId);
    if (session && sessions.isUsedBy(sessionId, caller)) return success(session);
    return sessionEnded;
  }

  return {
    /** Uses the shared session, or leads a person through signing in. */
    connect(caller: Caller, request: ConnectRequest): Promise<Outcome<SessionDetails>> {
      return audit({ app: caller.app.name, action: 'connect', ...target(request.orgUrl) }, async (line) => {
        const org = resolveOrg(request);
        if (!org.ok) return org;
        const allowed = checkScopes(org.data, request.scopes, caller);
        if (!allowed.ok) return allowed;
        const wish = wishOf(org.data, request, caller);
        const session = await cancellable(caller, request, async (signal) => {
          await resumed;
          const existing = sessions.find(wish);
          return existing ? success(existing) : signIn(wish, request, 'allowed', askerOf(caller), signal);
        });
        if (!session.ok) return session;
        Object.assign(line, userOf(session.data));
        return sessions.use(session.data.sessionId, caller) ? session : sessionEnded;
      });
    },

    /** The session there is, or null. Never shows anything to a person. */
    getConnection(caller: Caller, request: z.output<typeof getConnectionRequest>): Promise<Outcome<SessionDetails | null>> {
      return audit({ app: caller.app.name, action: 'getConnection', ...target(request.orgUrl) }, async (line) => {
        const org = resolveOrg(request);
        if (!org.ok) return org;
        const allowed = checkScopes(org.data, request.scopes, caller);
        if (!allowed.ok) return allowed;
        const wish = wishOf(org.data, request, caller);
        const session = await cancellable(caller, request, async (signal): Promise<Outcome<SessionDetails | null>> => {
          await resumed;
          const existing = sessions.find(wish);
          return existing ? success(existing) : signInSilently(wish, askerOf(caller), signal);
        });
        if (!session.ok || !session.data) return session;
        Object.assign(line, userOf(session.data));
        return sessions.use(session.data.sessionId, caller) ? session : success(null);
      });
    },

    execute(caller: Caller, request: z.output<typeof executeRequest>): Promise<Outcome<ExecuteReply>> {
      const endpoint = fillApiVersion(request.endpoint, configuration.apiVersion);
      return audit({ app: caller.app.name, action: request.method, target: tellableEndpoint(endpoint) }, async (line) => {
        const session = usable(caller, request.sessionId);
        if (!session.ok) return session;
        Object.assign(line, userOf(session.data));
        return requests.run(caller, endpoint, request);
      });
    },

    cancel(caller: Caller, { requestId }: z.output<typeof cancelRequest>): Promise<Outcome<null>> {
      return audit({ app: caller.app.name, action: 'cancel' }, async () => {
        await calls.cancel(caller, requestId);
        return success(null);
      });
    },

    /** Ends this app's use of the session; one that nobody uses any more lingers before it is ended and revoked. */
    disconnect(caller: Caller, sessionId: string): Promise<Outcome<null>> {
      return audit({ app: caller.app.name, action: 'disconnect', ...userOf(sessions.get(sessionId)) }, async () => {
        sessions.leave(sessionId, caller);
        return success(null);
      });
    },

    /** The state of the sessions that concern this app. */
    states(caller: Caller): Promise<Outcome<StateEvent[]>> {
      return audit({ app: caller.app.name, action: 'states' }, async () => {
        await resumed;
        return success(sessions.states(caller));
      });
    },

    /** Embedded orgs only: what an administrator's revocation looks like to an app. */
    expireTokens(caller: Caller, { sessionId, accessTokenOnly }: z.output<typeof expireTokensRequest>): Promise<Outcome<null>> {
      return audit({ app: caller.app.name, action: 'expireTokens' }, async (line) => {
        const session = usable(caller, sessionId);
        if (!session.ok) return session;
        Object.assign(line, userOf(session.data));
        const embedded = configuration.orgs.some(({ orgUrl, embedded }) => embedded && orgUrl === session.data.orgUrl);
        if (!embedded) return failure('ENDPOINT_NOT_ALLOWED', 'Tokens can be expired on the embedded org only.');
        const expired = await worker.expireTokens(sessionId, accessTokenOnly);
        return expired.ok ? success(null) : expired;
      });
    },

    /** Ends every session for every app and revokes it. */
    signOut(caller: Caller): Promise<Outcome<null>> {
      return audit({ app: caller.app.name, action: 'signOut' }, async () => {
        signedOut.set(configuration.orgs.flatMap((org) => [org.orgUrl, signInPlace(org)]));
        const revoked = sessions.endAll();
        signIns.abandonAll();
        await revoked;
        return success(null);
      });
    },

    /** One check of the doctor on the default org, with the session that all apps share if there is one. */
    diagnose(caller: Caller, { run, check }: z.output<typeof diagnoseRequest>): Promise<Outcome<CheckResult>> {
      const { orgUrl, consumerKey, scopes, identityProviders, flow } = defaultOrg(configuration);
      return audit({ app: caller.app.name, action: 'diagnose', target: check }, async () => {
        const sessionId = sessions.find({ orgUrl, consumerKey, scopes, owner: '' })?.sessionId;
        return worker.diagnose({ run, check, orgUrl, consumerKey, scopes, identityProviders, flow, apiVersion: configuration.apiVersion, ...(sessionId && { sessionId }) });
      });
    },

    /** At start: the default org's session, if the org gives one without a person. */
    async resume(): Promise<void> {
      const org = defaultOrg(configuration);
      const wish: SessionWish = { orgUrl: org.orgUrl, consumerKey: org.consumerKey, scopes: org.scopes, owner: '' };
      if (sessions.find(wish)) return;
      await audit({ app: 'provider', action: 'resume', target: org.orgUrl }, () => signInSilently(wish, { app: 'provider', isPersons: false }));
    },

    status(apps: readonly string[]): PlatformStatus {
      return {
        sessions: sessions.list(), apps: [...new Set(apps)], signingIn: signIns.isBusy(), defaultOrgUrl: defaultOrg(configuration).orgUrl,
      };
    },

    callerGone(callerId: string): void {
      void calls.leave(callerId);
      sessions.callerGone(callerId);
    },
  };
}

/**
 * The session that all apps share is widened by what one of them asks for: no app gets more than the configuration gives it.
 *
 * @returns a failure that names the scopes which are too much
 */
function checkScopes(org: OrgConfiguration, scopes: readonly string[] | undefined, { app }: Caller): Outcome<null> {
  const ceiling = new Set([...org.scopes, ...app.scopes]);
  const tooMuch = requestedScopes(org, scopes).filter((scope) => !ceiling.has(scope) && !alwaysAsked.has(scope) && !ceiling.has('full'));
  if (tooMuch.length === 0) return success(null);
  return failure('APP_NOT_ALLOWED', `${app.name} may not ask for the scope ${tooMuch.join(' ')}. Ask the platform team to list it under the app's scopes.`, { data: { scopes: tooMuch } });
}

const alwaysAsked: ReadonlySet<string> = new Set(['api', 'refresh_token']);

function requestedScopes(org: OrgConfiguration, scopes: readonly string[] | undefined): string[] {
  // `@openfin/salesforce` always asks for these two besides what the app names.
  return scopes && scopes.length > 0 ? [...new Set([...alwaysAsked, ...scopes])] : org.scopes;
}

/** A click on the platform's page is the person's own wish; whatever else asks does so for an app. */
const askerOf = ({ app }: Caller): Asker => ({ app: app.name, isPersons: app.role === 'platform' });

function target(orgUrl: string | undefined): { target?: string } {
  return orgUrl && URL.canParse(orgUrl) ? { target: new URL(orgUrl).origin } : {};
}

/** The Salesforce user of a session, for its audit lines. */
function userOf(session: SessionDetails | undefined): { user?: string } {
  const user = session?.currentUser['Username'] ?? session?.currentUser['Id'];
  return typeof user === 'string' ? { user } : {};
}
