import { success, type Failure, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure, retryOf, sessionAfter } from '../outcomes/outcomes.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import type { GrantOptions, OrgClient } from './orgClient.ts';
import type { ProofKey } from './proofKey.ts';
import { createRenewalPause } from './renewalPause.ts';
import type { RememberedGrant } from './rememberedSessions.ts';
import type { Environment } from './environment.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

/** Where this session's grant is kept for the next start of the provider. */
export interface SessionMemory {
  /** Name of the lock under which the grant is renewed, among all workers of this origin. */
  lockName: string;
  /** False once storing has failed: the session goes on without being remembered. */
  isWorking(): boolean;
  load(): Promise<RememberedGrant | undefined>;
  save(grant: Pick<RememberedGrant, 'generation' | 'accessToken' | 'refreshToken' | 'receivedAt'> & { tokens: GrantedTokens }): Promise<void>;
  forget(): Promise<void>;
}

export interface SessionOptions {
  id: string;
  client: OrgClient;
  /** `accessToken` is empty for a remembered session: the first request renews it. */
  tokens: GrantedTokens;
  /** How often the grant has been renewed before. */
  generation?: number;
  /** How long the org lets access tokens live, if it tells. */
  lifetimeMs: (accessToken: string) => Promise<number | undefined>;
  environment: Pick<Environment, 'now' | 'isOnline' | 'alone' | 'delay'>;
  memory?: SessionMemory | undefined;
  /** For server-side flows, which have no refresh token: asks for new tokens. */
  reissue?: ((grant: GrantOptions) => Promise<Outcome<GrantedTokens>>) | undefined;
  /** Called once, when the org has ended the grant, or has gone on refusing to renew it: a person can sign in. */
  onLost: (why: Failure) => void;
  /** Called when the org renews the session after all. */
  onRecovered: () => void;
}

/** An access token with the number of the renewal that brought it, and the key it is bound to. */
export interface AccessToken {
  value: string;
  generation: number;
  proofKey: ProofKey | undefined;
  /** The origin that it may be sent to. An org that moves to another instance names the new one in its next token answer. */
  instanceUrl: string;
}

export type Session = ReturnType<typeof createSession>;

/** Part of a token's life after which it is renewed in the background while it is still good. */
const renewAtAge = 0.75;
/** For what passes in a moment: another renewal of the same grant that the org has not finished. */
const momentMs = 700;

/**
 * Keeps one grant's tokens in this closure and nowhere else. A refresh token is single use where the org rotates them
 * (Salesforce Help, "Refresh Token Rotation"), so there is never more than one renewal in flight.
 */
export function createSession({ id, client, tokens, generation = 0, lifetimeMs, environment, memory, reissue, onLost, onRecovered }: SessionOptions) {
  const { now, isOnline, alone, delay } = environment;
  const pause = createRenewalPause(environment);
  const over = new AbortController();
  const { userId, organizationId } = tokens;
  let { refreshToken, scopes } = tokens;
  let accessToken: AccessToken = { value: tokens.accessToken, generation, proofKey: tokens.proofKey, instanceUrl: tokens.instanceUrl };
  let proofKey = tokens.proofKey;
  let receivedAt = now();
  let lifetime: number | undefined;
  let renewing: Promise<Outcome<AccessToken>> | undefined;
  /** A renewal that was wanted has not come about yet. */
  let isOwed = false;
  /** Whether the last renewal brought another refresh token. */
  let rotated = false;
  let state: 'usable' | 'lost' | 'ended' = 'usable';
  let lostBecause: Failure | undefined;
  /** The org has refused the access token, so that nothing works before a renewal. */
  let isRefused = false;
  /** The org has gone on refusing to renew the session, and the person knows. */
  let isReported = false;

  function lose(why: { ok: false; error: Failure }): void {
    if (state !== 'usable') return;
    state = 'lost';
    refreshToken = undefined;
    lostBecause = why.error;
    void memory?.forget();
    onLost(why.error);
  }

  function take(granted: GrantedTokens, asGeneration: number, at = now()): AccessToken {
    rotated = granted.refreshToken !== undefined && granted.refreshToken !== refreshToken;
    refreshToken = granted.refreshToken ?? refreshToken;
    scopes = granted.scopes;
    proofKey = granted.proofKey;
    receivedAt = at;
    accessToken = { value: granted.accessToken, generation: asGeneration, proofKey, instanceUrl: granted.instanceUrl };
    pause.end();
    isOwed = false;
    isRefused = false;
    if (isReported) onRecovered();
    isReported = false;
    return accessToken;
  }

  async function learnLifetime(): Promise<void> {
    const { value } = accessToken;
    if (value) lifetime = (await lifetimeMs(value)) ?? lifetime;
  }

  /** Asks the org for new tokens, with whatever brings them. */
  async function ask(): Promise<Outcome<GrantedTokens>> {
    const grant: GrantOptions = { scopes, proofKey, bindingRequired: proofKey !== undefined };
    if (!reissue && !refreshToken) return outcomeFailure({ stage: 'refresh', refused: 'notRenewable' });
    const granted = await (reissue ? reissue(grant) : client.refresh(refreshToken!, grant));
    if (!granted.ok) return granted;
    // The same user of the same org may have been moved to another instance; that it is a Salesforce host, its reader has checked.
    if (granted.data.userId !== userId || granted.data.organizationId !== organizationId) return outcomeFailure({ stage: 'refresh', refused: 'otherUser' });
    return granted;
  }

  async function renew(): Promise<Outcome<AccessToken>> {
    let granted = await ask();
    if (!granted.ok && retryOf(granted.error) === 'now') {
      await delay(momentMs, over.signal);
      granted = await ask();
    }
    if (state === 'ended') {
      if (granted.ok) await revokeAll([granted.data.refreshToken, granted.data.accessToken]);
      return sessionEnded;
    }
    if (!granted.ok) {
      if (sessionAfter(granted.error) === 'signInRequired') {
        lose(granted);
        return granted;
      }
      return reported(pause.begin(granted));
    }
    const at = now();
    const next = accessToken.generation + 1;
    // Kept before it is used: if this process ends now, its successor must not send the refresh token that is spent.
    await memory?.save({
      tokens: granted.data, generation: next, accessToken: granted.data.accessToken, refreshToken: granted.data.refreshToken ?? refreshToken, receivedAt: at,
    });
    return success(take(granted.data, next, at));
  }

  /** Renews alone among all workers of this origin, unless another has renewed the same grant meanwhile. */
  async function renewAlone(): Promise<Outcome<AccessToken>> {
    isOwed = true;
    const standing = pause.standing();
    if (standing) return reported(standing);
    if (!isOnline()) return outcomeFailure({ stage: 'refresh', noAnswer: 'offline' });
    if (!memory?.isWorking()) return renew();
    return alone(memory.lockName, async () => {
      const kept = await memory.load();
      if (!kept) {
        const gone = outcomeFailure({ stage: 'refresh', refused: 'signedOutElsewhere' });
        lose(gone);
        return gone;
      }
      if (kept.generation > accessToken.generation) {
        const { accessToken: value, refreshToken: renewable, proofKey: boundTo, scopes: granted, instanceUrl } = kept;
        return success(take({ ...tokens, accessToken: value, refreshToken: renewable, proofKey: boundTo, scopes: granted, instanceUrl }, kept.generation, kept.receivedAt));
      }
      return renew();
    });
  }

  function renewOnce(): Promise<Outcome<AccessToken>> {
    renewing ??= renewAlone().finally(() => (renewing = undefined));
    return renewing;
  }

  /** The failure for whoever asks: after the org has refused for long, that they may sign in anew, and why. */
  function reported(failed: { ok: false; error: Failure }): { ok: false; error: Failure } {
    const isUsable = accessToken.value !== '' && !isRefused && (ageShare() ?? 0) < 1;
    if (isUsable || reissue || !pause.isLong()) return failed;
    const { error } = outcomeFailure({ stage: 'refresh', refused: 'stillRefused' }, { data: failed.error.data });
    const why = { ...error, message: `${error.message} Its reason: ${failed.error.message}` };
    if (!isReported) onLost(why);
    isReported = true;
    return { ok: false, error: why };
  }

  /** The tokens that could not be revoked. */
  async function revokeAll(those: readonly (string | undefined)[]): Promise<{ unsent: string[]; failed: { ok: false; error: Failure } | undefined }> {
    const unsent: string[] = [];
    let failed: { ok: false; error: Failure } | undefined;
    for (const token of those) {
      if (!token) continue;
      const revoked = await client.revoke(token);
      if (revoked.ok) continue;
      unsent.push(token);
      failed = revoked;
    }
    return { unsent, failed };
  }

  function refusal(): { ok: false; error: Failure } | undefined {
    if (state === 'ended') return sessionEnded;
    if (state === 'lost') return { ok: false, error: lostBecause! };
    return undefined;
  }

  /** Milliseconds until the access token has ended its life; none where the org does not tell, or a clock was set back. */
  const ageShare = (): number | undefined => (lifetime === undefined ? undefined : (now() - receivedAt) / lifetime);

  if (tokens.accessToken) void learnLifetime();

  return {
    id,
    orgUrl: client.org.orgUrl,
    consumerKey: client.org.consumerKey,
    userId,
    organizationId,
    get instanceUrl() {
      return accessToken.instanceUrl;
    },
    get scopes() {
      return scopes;
    },
    get tokenBinding(): 'dpop' | 'bearer' {
      return proofKey ? 'dpop' : 'bearer';
    },

    /**
     * The access token to use now, or why there is none. Takes no lock and makes no request while the token is good; is
     * renewed in the background near its end, and waited for once it has ended.
     */
    usableAccessToken(): Outcome<AccessToken> | Promise<Outcome<AccessToken>> {
      const refused = refusal();
      if (refused) return refused;
      const share = ageShare();
      if (!accessToken.value || (share !== undefined && share >= 1)) return renewOnce();
      if (share !== undefined && share >= renewAtAge) void renewOnce();
      return success(accessToken);
    },

    /**
     * A token newer than `failed`: the one somebody else has already fetched, or that of the one renewal in flight.
     * `isFresh`: it was asked for after `failed` had failed, so that both cannot have ended together.
     */
    async renewedAccessToken(failed: AccessToken): Promise<Outcome<{ token: AccessToken; isFresh: boolean }>> {
      const refused = refusal();
      if (refused) return refused;
      if (accessToken.value && accessToken.generation > failed.generation) return success({ token: accessToken, isFresh: false });
      isRefused = true;
      const isFresh = renewing === undefined;
      const renewed = await renewOnce();
      return renewed.ok ? success({ token: renewed.data, isFresh }) : renewed;
    },

    /** After a sleep or a time offline: tries again at once what the network prevented, and renews what has ended. */
    async check(): Promise<void> {
      if (state !== 'usable') return;
      pause.skip();
      await learnLifetime();
      const share = ageShare();
      const mayHaveEnded = isOwed || !accessToken.value || share === undefined || share >= renewAtAge;
      if (mayHaveEnded && isOnline()) await renewOnce();
    },

    /** Tries a renewal again that did not come about, once its pause is over. */
    async renewOwed(): Promise<void> {
      if (state === 'usable' && isOwed && isOnline()) await renewOnce();
    },

    /** Whether the org can be asked for new tokens without a person. */
    get isRenewable(): boolean {
      return refreshToken !== undefined || reissue !== undefined;
    },

    /** Renews now, good or not, to see whether and how the org does it. Fails, and ends the session, as any renewal. */
    async examineRenewal(): Promise<Outcome<{ rotated: boolean }>> {
      const refused = refusal();
      if (refused) return refused;
      const renewed = await renewOnce();
      return renewed.ok ? success({ rotated }) : renewed;
    },

    /** Takes over a wider grant of the same user. The narrower one's tokens are revoked once they are no longer used. */
    async widen(granted: GrantedTokens): Promise<Outcome<void>> {
      const refused = refusal();
      if (refused) return refused;
      await renewing;
      const former = [refreshToken, accessToken.value];
      const next = accessToken.generation + 1;
      await memory?.save({ tokens: granted, generation: next, accessToken: granted.accessToken, refreshToken: granted.refreshToken, receivedAt: now() });
      refreshToken = undefined;
      take(granted, next);
      await revokeAll(former);
      return success(undefined);
    },

    /** Gives the grant away as it is now, after renewals and all, and ends without revoking it. */
    async handOver(): Promise<Outcome<GrantedTokens>> {
      await renewing;
      const refused = refusal();
      if (refused) return refused;
      const current: GrantedTokens = { ...tokens, accessToken: accessToken.value, refreshToken, proofKey, scopes, instanceUrl: accessToken.instanceUrl };
      this.suspend();
      return success(current);
    },

    /** Revokes tokens at the org but keeps the session, as if an administrator had done it. For embedded orgs. */
    async expireTokens(accessTokenOnly: boolean): Promise<Outcome<void>> {
      const revoked = await client.revoke(accessToken.value);
      if (!revoked.ok || accessTokenOnly || !refreshToken) return revoked;
      return client.revoke(refreshToken);
    },

    /**
     * Forgets the tokens at once and revokes them (RFC 7009). The refresh token goes first: it ends the whole grant.
     * What could not be sent is given back.
     */
    async end(): Promise<{ unsent: string[]; failed: { ok: false; error: Failure } | undefined }> {
      if (state === 'ended') return { unsent: [], failed: undefined };
      const wasLost = state === 'lost';
      state = 'ended';
      over.abort();
      const held = [refreshToken, accessToken.value];
      accessToken = { ...accessToken, value: '', generation: accessToken.generation + 1, proofKey: undefined };
      refreshToken = undefined;
      // Both at once: the page may be about to go.
      const [revoked] = await Promise.all([wasLost ? { unsent: [], failed: undefined } : revokeAll(held), memory?.forget()]);
      return revoked;
    },

    /** Forgets the tokens here, leaving the grant to be taken up again by the next start of the provider. */
    suspend(): void {
      if (state === 'ended') return;
      state = 'ended';
      over.abort();
      accessToken = { ...accessToken, value: '', generation: accessToken.generation + 1, proofKey: undefined };
      refreshToken = undefined;
    },
  };
}
