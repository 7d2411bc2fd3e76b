import type { AuthorizationServer } from 'oauth4webapi';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import { apiRequest } from './apiRequest.ts';
import { sendApiRequest } from './sendApiRequest.ts';
import { createAuthorizationServers, knownEndpoints } from './authorizationServer.ts';
import { createDeviceSignIns } from './deviceSignIn.ts';
import { createCacheRule } from './cacheRule.ts';
import { createDiagnosis } from './diagnosis.ts';
import { createOrgClient, type OrgClient } from './orgClient.ts';
import { createOrgClock } from './orgClock.ts';
import { createPendingSignIns } from './pendingSignIns.ts';
import { newProofKey, type ProofKey } from './proofKey.ts';
import type { RememberedGrant, RememberedSessions } from './rememberedSessions.ts';
import { createRevocations } from './revocations.ts';
import { createServedVersions } from './servedVersions.ts';
import { createSession, type Session, type SessionOptions } from './session.ts';
import { createSessionMemory } from './sessionMemory.ts';
import { createServerSignIn } from './serverSignIn.ts';
import { createSignIns } from './signIn.ts';
import { workerSettings, type OrgSettings, type WorkerSettings } from './settings.ts';
import { plainEnvironment, type WorkerEnvironment } from './workerEnvironment.ts';
import type { GrantedTokens } from './tokenAnswer.ts';
import type { TokenWorker, WorkerEvents, WorkerSession } from './workerVerbs.ts';

export type { TokenWorker, WorkerEvents, WorkerSession } from './workerVerbs.ts';

/** Timers of engines overflow beyond it, and then fire at once. */
const longestTimerMs = 2 ** 31 - 1;

interface Held {
  session: Session;
  owner: string;
  client: OrgClient;
  memory: ReturnType<typeof createSessionMemory> | undefined;
}

interface Configured {
  settings: WorkerSettings;
  events: WorkerEvents;
  signIns: ReturnType<typeof createSignIns>;
  deviceSignIns: ReturnType<typeof createDeviceSignIns>;
}

/**
 * The token worker's logic, without its message port: everything secret lives in closures behind these verbs.
 */
export function createTokenWorker(given: Partial<WorkerEnvironment> = {}): TokenWorker {
  const environment = { ...plainEnvironment, ...given };
  const { fetch, now, isOnline, serverGrant } = environment;
  const clock = createOrgClock(environment);
  const pending = createPendingSignIns();
  const sessions = new Map<string, Held>();
  const running = new Map<string, AbortController>();
  const lifetimes = new Map<string, number>();
  const proofsAccepted = new Map<string, boolean>();
  const cacheRule = createCacheRule();
  const servedVersions = createServedVersions(environment);
  let remembered: Promise<RememberedSessions> | undefined;
  let configured: Configured | undefined;
  let authorizationServer: ReturnType<typeof createAuthorizationServers> | undefined;

  const unknownSession = failure('SESSION_ENDED', 'This Salesforce session has ended. Please connect again.');
  const notConfigured = failure('INTERNAL', 'The token worker has not been configured.');

  const http = () => ({ fetch, isOnline, timeoutMs: configured!.settings.requestTimeoutMs });

  function findOrg(orgUrl: string, consumerKey: string): OrgSettings | undefined {
    return configured?.settings.orgs.find((org) => org.orgUrl === orgUrl && org.consumerKey === consumerKey);
  }

  function isAlone({ instanceUrl, userId }: Session): boolean {
    return [...sessions.values()].every(({ session }) => session.instanceUrl !== instanceUrl || session.userId === userId);
  }

  async function orgClient(org: OrgSettings): Promise<Outcome<OrgClient>> {
    const server = await authorizationServer!(org.orgUrl);
    return server.ok ? success(clientAt(org, server.data)) : server;
  }

  const clientAt = (org: OrgSettings, server: AuthorizationServer): OrgClient =>
    createOrgClient({ org, server, extraOrigins: configured!.settings.extraOrigins, clock, http: http(), authentication: serverGrant?.authentication });

  async function proofKeyFor(client: OrgClient): Promise<Outcome<ProofKey | undefined>> {
    const { orgUrl, dpop } = client.org;
    if (dpop === 'off') return success(undefined);
    const [accepted] = await Promise.all([proofsAccepted.get(orgUrl) ?? client.acceptsProofHeader(), clock.measure()]);
    // A refusal may be a broken network: it is asked again next time.
    if (accepted) proofsAccepted.set(orgUrl, true);
    // A code that is bound to a key is worth nothing with a proof of the wrong time.
    if (accepted && dpop === 'preferred' && !clock.isTrusted()) {
      configured!.events.trouble({ kind: 'notBound', orgUrl, willBeSentLater: false });
      return success(undefined);
    }
    if (accepted) return success(await newProofKey(clock));
    return dpop === 'required' ? outcomeFailure({ stage: 'code', refused: 'notBound' }) : success(undefined);
  }

  async function lifetimeMs(client: OrgClient, accessToken: string): Promise<number | undefined> {
    const name = `${client.org.orgUrl} ${client.org.consumerKey}`;
    const known = lifetimes.get(name);
    if (known !== undefined) return known;
    const learnt = await client.lifetimeMs(accessToken);
    if (learnt !== undefined) lifetimes.set(name, learnt);
    return learnt;
  }

  /** The store, where the settings allow one and the place has one that works. */
  async function rememberedSessions(): Promise<RememberedSessions | undefined> {
    if (configured?.settings.rememberForMs === undefined || !environment.openRememberedSessions) return undefined;
    remembered ??= environment.openRememberedSessions(clock);
    try {
      return await remembered;
    } catch {
      return undefined;
    }
  }

  async function hold(client: OrgClient, tokens: GrantedTokens, owner: string, from?: RememberedGrant, reissue?: SessionOptions['reissue']): Promise<WorkerSession> {
    const { settings, events } = configured!;
    const { orgUrl, consumerKey } = client.org;
    const id = crypto.randomUUID();
    const store = await rememberedSessions();
    const trouble = (): void => events.trouble({ kind: 'notRemembered', orgUrl, willBeSentLater: false });
    if (!store && settings.rememberForMs !== undefined) trouble();
    const signedInAt = from?.signedInAt ?? now();
    const memory = store && createSessionMemory({
      store, name: { orgUrl, consumerKey, owner, userId: tokens.userId }, signedInAt, profile: from?.profile,
      organizationId: tokens.organizationId, onFailed: trouble,
    });
    const generation = from?.generation ?? 0;
    if (!from) await memory?.save({ tokens, generation, accessToken: tokens.accessToken, refreshToken: tokens.refreshToken, receivedAt: now() });
    const session = createSession({
      id, client, tokens, generation, environment, memory, reissue,
      lifetimeMs: (accessToken) => lifetimeMs(client, accessToken),
      onLost: (why) => events.sessionLost(id, why),
      onRecovered: () => events.sessionRecovered(id),
    });
    sessions.set(id, { session, owner, client, memory });
    return describe(id, from?.profile);
  }

  function describe(id: string, profile?: Record<string, unknown>): WorkerSession {
    const { session, owner } = sessions.get(id)!;
    const { orgUrl, consumerKey, scopes, userId, organizationId, tokenBinding } = session;
    return { sessionId: id, orgUrl, consumerKey, scopes, userId, organizationId, tokenBinding, owner, ...(profile && { profile }) };
  }

  async function restore(grant: RememberedGrant): Promise<WorkerSession | undefined> {
    const store = (await rememberedSessions())!;
    const { name, signedInAt, refreshToken, accessToken, scopes, organizationId, instanceUrl, proofKey } = grant;
    const org = findOrg(name.orgUrl, name.consumerKey);
    const age = now() - signedInAt;
    const isCurrent = org && refreshToken && age >= 0 && age < configured!.settings.rememberForMs!;
    if (isCurrent) {
      const asked = await orgClient(org);
      // Offline is not signed out: the session is there, and renewed once the org can be reached.
      const client = asked.ok ? asked.data : clientAt(org, knownEndpoints(org.orgUrl));
      // The access token may have been revoked or have ended meanwhile: the first request renews it.
      const tokens: GrantedTokens = { accessToken: '', refreshToken, scopes, organizationId, instanceUrl, proofKey, userId: name.userId, issuedAt: undefined };
      return hold(client, tokens, name.owner, grant);
    }
    await store.forget(name);
    for (const token of [refreshToken, accessToken]) if (token) await store.addRevocation({ orgUrl: name.orgUrl, consumerKey: name.consumerKey, token });
    return undefined;
  }

  const serverSignIn = createServerSignIn({ grant: serverGrant, clock, findOrg, orgClient, newProofKey: proofKeyFor });

  const revocations = createRevocations({
    orgs: () => configured!.settings.orgs,
    orgClient,
    store: rememberedSessions,
    onNotRevoked: (orgUrl, willBeSentLater) => configured!.events.trouble({ kind: 'notRevoked', orgUrl, willBeSentLater }),
  });

  async function endHeld({ session, client }: Held): Promise<Outcome<void>> {
    const ended = await session.end();
    if (!ended.failed) return success(undefined);
    await revocations.keep(client.org, ended.unsent);
    return ended.failed;
  }

  async function forgetRemembered(): Promise<void> {
    if (!environment.openRememberedSessions || !(await environment.hasRememberedSessions())) return;
    await revocations.clear(await environment.openRememberedSessions(clock));
  }

  const diagnose = createDiagnosis({
    environment, http, findOrg,
    extraOrigins: () => configured!.settings.extraOrigins,
    findSession: (sessionId) => sessions.get(sessionId)?.session,
    request: (sessionId, request) => verbs.request(sessionId, crypto.randomUUID(), request),
  });

  const verbs: TokenWorker = {
    async configure(settings, events) {
      if (configured) return failure('INTERNAL', 'The token worker is configured already.');
      const parsed = workerSettings.safeParse(settings);
      if (!parsed.success) return failure('INVALID_PARAMETER', `The token worker's settings are wrong: ${parsed.error.message}`);
      const { signInReturnChannel, requestTimeoutMs } = parsed.data;
      authorizationServer = createAuthorizationServers({ fetch, isOnline, timeoutMs: requestTimeoutMs });
      const signIns = createSignIns({ pending, findOrg, orgClient, newProofKey: proofKeyFor });
      const deviceSignIns = createDeviceSignIns({ pending, findOrg, orgClient, newProofKey: proofKeyFor, environment });
      configured = { settings: parsed.data, events, signIns, deviceSignIns };
      if (signInReturnChannel && environment.openSignInReturnChannel) {
        environment.openSignInReturnChannel(signInReturnChannel).onmessage = ({ data }) => {
          if (typeof data === 'string') void signIns.deliverRedirect(data);
        };
      }
      return success(undefined);
    },

    async restoreSessions() {
      if (!configured) return notConfigured;
      if (configured.settings.rememberForMs === undefined) {
        const { settings: { orgs }, events } = configured;
        // What cannot be read may be a grant of any of them.
        await forgetRemembered().catch(() => orgs.forEach(({ orgUrl }) => events.trouble({ kind: 'notRevoked', orgUrl, willBeSentLater: false })));
      }
      const store = await rememberedSessions();
      if (!store) return success([]);
      const restored: WorkerSession[] = [];
      for (const grant of await store.all().catch(() => [])) {
        const session = await restore(grant);
        if (session) restored.push(session);
      }
      void revocations.send();
      return success(restored);
    },

    async startSignIn(request) {
      return configured?.signIns.start(request) ?? notConfigured;
    },

    async startDeviceSignIn(request) {
      return configured?.deviceSignIns.start(request) ?? notConfigured;
    },

    async signInAsServer(request, owner = '') {
      if (!configured) return notConfigured;
      const signedIn = await serverSignIn(request);
      if (!signedIn.ok) return signedIn;
      const { client, tokens, reissue } = signedIn.data;
      return success(await hold(client, tokens, owner, undefined, reissue));
    },

    async waitForSignIn(signInId, owner = '') {
      if (!configured) return notConfigured;
      const finished = await pending.wait(signInId);
      return finished.ok ? success(await hold(finished.data.client, finished.data.tokens, owner)) : finished;
    },

    async deliverRedirect(redirectUrl) {
      return configured?.signIns.deliverRedirect(redirectUrl) ?? notConfigured;
    },

    isRedeeming: async (signInId) => pending.isRedeeming(signInId),

    async abandonSignIn(signInId) {
      pending.abandon(signInId);
    },

    async widenSession(sessionId, widerSessionId) {
      const held = sessions.get(sessionId);
      const wider = sessions.get(widerSessionId);
      if (!held || !wider || held.session.userId !== wider.session.userId || held.session.orgUrl !== wider.session.orgUrl) return unknownSession;
      sessions.delete(widerSessionId);
      const granted = await wider.session.handOver();
      if (!granted.ok) return granted;
      const widened = await held.session.widen(granted.data);
      if (!widened.ok) await wider.client.revoke(granted.data.refreshToken ?? granted.data.accessToken);
      return widened.ok ? success(describe(sessionId)) : widened;
    },

    async describeSession(sessionId, profile) {
      await sessions.get(sessionId)?.memory?.describe(profile);
    },

    async request(sessionId, requestId, request) {
      const held = sessions.get(sessionId);
      if (!held || !configured) return unknownSession;
      const parsed = apiRequest.safeParse(request);
      if (!parsed.success) return failure('INVALID_PARAMETER', `The request is malformed: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
      const { requestTimeoutMs, endpointPrefixes: prefixes, dangerouslyAllowedEndpoints: allowed, longestAnswerBytes } = configured.settings;
      const controller = new AbortController();
      running.set(requestId, controller);
      const timeout = AbortSignal.timeout(Math.min(parsed.data.timeoutMs ?? requestTimeoutMs, longestTimerMs));
      try {
        return await sendApiRequest(held.session, parsed.data, {
          fetch, isOnline, delay: environment.delay, endpoints: { prefixes, allowed }, longestAnswerBytes, cacheRule, servedVersions, alone: isAlone(held.session), signal: AbortSignal.any([controller.signal, timeout]),
        });
      } finally {
        running.delete(requestId);
      }
    },

    diagnose: async (request) => (configured ? diagnose(request) : notConfigured),

    async cancel(requestId) {
      running.get(requestId)?.abort();
    },

    async checkSessions() {
      await Promise.all([...sessions.values()].map(({ session }) => session.check()));
      if (configured) await revocations.send();
    },

    async renewOwed() {
      await Promise.all([...sessions.values()].map(({ session }) => session.renewOwed()));
    },

    async expireTokens(sessionId, accessTokenOnly) {
      return sessions.get(sessionId)?.session.expireTokens(accessTokenOnly) ?? unknownSession;
    },

    async endSession(sessionId) {
      const held = sessions.get(sessionId);
      sessions.delete(sessionId);
      return held ? endHeld(held) : success(undefined);
    },

    async shutDown() {
      const held = [...sessions.values()];
      sessions.clear();
      await Promise.all(held.map(async (entry) => {
        if (entry.memory?.isWorking()) entry.session.suspend();
        else await endHeld(entry);
      }));
    },
  };
  return verbs;
}
