import { success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import type { OrgClient } from './orgClient.ts';
import type { OrgClock } from './orgClock.ts';
import type { Orgs } from './orgs.ts';
import type { RememberedGrant, RememberedSessions } from './rememberedSessions.ts';
import { createRevocations } from './revocations.ts';
import { Session, type SessionOptions } from './session.ts';
import { createSessionMemory } from './sessionMemory.ts';
import type { WorkerSettings } from './settings.ts';
import type { GrantedTokens } from './tokenAnswer.ts';
import type { WorkerEnvironment } from './workerEnvironment.ts';
import type { WorkerEvents, WorkerSession } from './workerVerbs.ts';

interface HeldSessionsOptions {
  settings: WorkerSettings;
  events: Pick<WorkerEvents, 'sessionLost' | 'sessionRecovered' | 'trouble'>;
  environment: WorkerEnvironment;
  clock: OrgClock;
  orgs: Orgs;
}

interface Held {
  session: Session;
  owner: string;
  client: OrgClient;
  memory: ReturnType<typeof createSessionMemory> | undefined;
}

/** A grant to be held as a session. */
interface NewSession {
  client: OrgClient;
  tokens: GrantedTokens;
  /** The app that the session will belong to; empty for the shared session. */
  owner: string;
  /** The remembered grant that it comes from. */
  from?: RememberedGrant;
  reissue?: SessionOptions['reissue'];
}

/** The sessions that this worker holds: how they are created (signed in, or remembered), widened, and ended. */
export class HeldSessions {
  readonly #held = new Map<string, Held>();
  readonly #options: HeldSessionsOptions;
  readonly #revocations;
  #store: Promise<RememberedSessions> | undefined;
  #isShutDown = false;

  constructor(options: HeldSessionsOptions) {
    this.#options = options;
    const { orgs, events } = options;
    this.#revocations = createRevocations({
      orgs: options.settings.orgs,
      orgClient: orgs.orgClient,
      store: () => this.#rememberedSessions(),
      onNotRevoked: (orgUrl, willBeSentLater) => events.trouble({ kind: 'notRevoked', orgUrl, willBeSentLater }),
    });
  }

  find(sessionId: string): Session | undefined {
    return this.#held.get(sessionId)?.session;
  }

  /** Whether no other user's session is on the same instance. */
  isAlone({ instanceUrl, userId }: Session): boolean {
    return [...this.#held.values()].every(
      ({ session }) => session.instanceUrl !== instanceUrl || session.userId === userId,
    );
  }

  /**
   * Holds a grant as a session, and remembers it where the settings say so. One that comes after the end of the worker
   * is ended at once.
   */
  async hold({ client, tokens, owner, from, reissue }: NewSession): Promise<Outcome<WorkerSession>> {
    const { environment, events, orgs } = this.#options;
    const id = crypto.randomUUID();
    const generation = from?.generation ?? 0;
    const memory = await this.#memoryFor({ client, tokens, owner, ...(from && { from }) });
    const receivedAt = environment.now();
    if (!from)
      await memory?.save({
        tokens,
        generation,
        accessToken: tokens.accessToken,
        refreshToken: tokens.refreshToken,
        receivedAt,
      });
    const session = new Session({
      id,
      client,
      tokens,
      generation,
      environment,
      memory,
      reissue,
      lifetimeMs: (accessToken) => orgs.lifetimeMs(client, accessToken),
      onLost: (why) => events.sessionLost(id, why),
      onRecovered: () => events.sessionRecovered(id),
    });
    const held: Held = { session, owner, client, memory };
    if (this.#isShutDown) {
      await this.#letGo(held);
      return outcomeFailure({ stage: 'window', event: 'cancelled' });
    }
    this.#held.set(id, held);
    return success(described(held, from?.profile));
  }

  /** Stores the user's record with the remembered session. */
  async describe(sessionId: string, profile: Record<string, unknown>): Promise<void> {
    await this.#held.get(sessionId)?.memory?.describe(profile);
  }

  /** Restores the remembered sessions, and sends the revocations that were kept. */
  async restore(): Promise<WorkerSession[]> {
    const { settings, events } = this.#options;
    if (settings.rememberForMs === undefined) {
      // Records that cannot be read may be grants of any of these orgs.
      await this.#forgetRemembered().catch(() =>
        settings.orgs.forEach(({ orgUrl }) => events.trouble({ kind: 'notRevoked', orgUrl, willBeSentLater: false })),
      );
      return [];
    }
    const store = await this.#rememberedSessions();
    const restored: WorkerSession[] = [];
    for (const grant of (await store?.all().catch(() => [])) ?? []) {
      const session = await this.#restoreOne(grant, store!, settings.rememberForMs);
      if (session?.ok) restored.push(session.data);
    }
    if (store) void this.#revocations.send();
    return restored;
  }

  async #restoreOne(
    grant: RememberedGrant,
    store: RememberedSessions,
    rememberForMs: number,
  ): Promise<Outcome<WorkerSession> | undefined> {
    const { orgs, environment } = this.#options;
    const { name, signedInAt, refreshToken, accessToken, scopes, organizationId, instanceUrl, proofKey } = grant;
    const org = orgs.findOrg(name.orgUrl, name.consumerKey);
    const age = environment.now() - signedInAt;
    if (org && refreshToken && age >= 0 && age < rememberForMs) {
      const asked = await orgs.orgClient(org);
      // A session is restored offline too, and renewed once the org can be reached.
      const client = asked.ok ? asked.data : orgs.unaskedClient(org);
      // The access token may have expired or been revoked meanwhile, so the first request renews it.
      const tokens: GrantedTokens = {
        accessToken: '',
        refreshToken,
        scopes,
        organizationId,
        instanceUrl,
        proofKey,
        userId: name.userId,
        issuedAt: undefined,
      };
      return this.hold({ client, tokens, owner: name.owner, from: grant });
    }
    await store.forget(name);
    for (const token of [refreshToken, accessToken])
      if (token) await store.addRevocation({ orgUrl: name.orgUrl, consumerKey: name.consumerKey, token });
    return undefined;
  }

  /** Gives a session the wider grant of another session of the same user, which is then gone. */
  async widen(sessionId: string, widerSessionId: string): Promise<Outcome<WorkerSession>> {
    const held = this.#held.get(sessionId);
    const wider = this.#held.get(widerSessionId);
    if (!held || !wider || held.session.userId !== wider.session.userId || held.session.orgUrl !== wider.session.orgUrl)
      return sessionEnded;
    this.#held.delete(widerSessionId);
    const granted = await wider.session.handOver();
    if (!granted.ok) return granted;
    const widened = await held.session.widen(granted.data);
    if (!widened.ok) await wider.client.revoke(granted.data.refreshToken ?? granted.data.accessToken);
    return widened.ok ? success(described(held)) : widened;
  }

  /** For use after a sleep or a time offline: see {@link Session.check}. Sends the revocations that were kept. */
  async check(): Promise<void> {
    await Promise.all([...this.#held.values()].map(({ session }) => session.check()));
    await this.#revocations.send();
  }

  async renewOwed(): Promise<void> {
    await Promise.all([...this.#held.values()].map(({ session }) => session.renewOwed()));
  }

  /** Forgets the tokens at once and revokes them at the org. */
  async end(sessionId: string): Promise<Outcome<void>> {
    const held = this.#held.get(sessionId);
    this.#held.delete(sessionId);
    return held ? this.#revoke(held) : success(undefined);
  }

  /** Ends the worker. Remembered sessions are left to the next start; the others end and are revoked. */
  async shutDown(): Promise<void> {
    this.#isShutDown = true;
    const held = [...this.#held.values()];
    this.#held.clear();
    await Promise.all(held.map((one) => this.#letGo(one)));
  }

  async #letGo(held: Held): Promise<void> {
    if (held.memory?.isWorking()) held.session.suspend();
    else await this.#revoke(held);
  }

  async #revoke({ session, client }: Held): Promise<Outcome<void>> {
    const ended = await session.end();
    if (!ended.failed) return success(undefined);
    await this.#revocations.keep(client.org, ended.unsent);
    return ended.failed;
  }

  async #memoryFor({ client, tokens, owner, from }: NewSession): Promise<Held['memory']> {
    const { settings, environment, events } = this.#options;
    const { orgUrl, consumerKey } = client.org;
    const store = await this.#rememberedSessions();
    const trouble = (): void => events.trouble({ kind: 'notRemembered', orgUrl, willBeSentLater: false });
    if (!store && settings.rememberForMs !== undefined) trouble();
    return (
      store &&
      createSessionMemory({
        store,
        name: { orgUrl, consumerKey, owner, userId: tokens.userId },
        signedInAt: from?.signedInAt ?? environment.now(),
        profile: from?.profile,
        organizationId: tokens.organizationId,
        onFailed: trouble,
      })
    );
  }

  /** The store of remembered sessions, where the settings allow one and the environment has one that works. */
  async #rememberedSessions(): Promise<RememberedSessions | undefined> {
    const { settings, environment, clock } = this.#options;
    if (settings.rememberForMs === undefined || !environment.openRememberedSessions) return undefined;
    this.#store ??= environment.openRememberedSessions(clock);
    try {
      return await this.#store;
    } catch {
      return undefined;
    }
  }

  async #forgetRemembered(): Promise<void> {
    const { environment, clock } = this.#options;
    if (!environment.openRememberedSessions || !(await environment.hasRememberedSessions())) return;
    await this.#revocations.clear(await environment.openRememberedSessions(clock));
  }
}

function described({ session, owner }: Held, profile?: Record<string, unknown>): WorkerSession {
  const { id, orgUrl, consumerKey, scopes, userId, organizationId, tokenBinding } = session;
  return {
    sessionId: id,
    orgUrl,
    consumerKey,
    scopes,
    userId,
    organizationId,
    tokenBinding,
    owner,
    ...(profile && { profile }),
  };
}
