import { success, type Failure, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure, retryOf, sessionAfter } from '../outcomes/outcomes.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import type { Environment } from './environment.ts';
import type { AccessToken, HeldTokens } from './heldTokens.ts';
import type { OrgClient } from './orgClient.ts';
import type { RememberedGrant } from './rememberedSessions.ts';
import { createRenewalPause } from './renewalPause.ts';
import { revokeTokens } from './revokeTokens.ts';
import type { GrantedTokens } from './tokenAnswer.ts';
import type { GrantOptions } from './tokenRequests.ts';

/** Where a session's grant is stored for the next start of the provider. */
export interface SessionMemory {
  /** Name of the lock among all workers of this origin under which the grant is renewed. */
  lockName: string;
  /** False once storing has failed; the session then goes on without being remembered. */
  isWorking(): boolean;
  load(): Promise<RememberedGrant | undefined>;
  save(
    grant: Pick<RememberedGrant, 'generation' | 'accessToken' | 'refreshToken' | 'receivedAt'> & {
      tokens: GrantedTokens;
    },
  ): Promise<void>;
  forget(): Promise<void>;
}

export interface RenewalOptions {
  client: OrgClient;
  tokens: HeldTokens;
  environment: Pick<Environment, 'now' | 'isOnline' | 'alone' | 'delay'>;
  memory?: SessionMemory | undefined;
  /** Asks for new tokens, in server-side flows, which have no refresh token. */
  reissue?: ((grant: GrantOptions) => Promise<Outcome<GrantedTokens>>) | undefined;
  /** Aborted when the session ends. */
  over: AbortSignal;
  /** Called when the org has ended the grant. */
  lose: (why: Failure) => void;
  /** Called when the org goes on refusing to renew a grant that it has not ended. */
  onLost: (why: Failure) => void;
  /** Called when the org has renewed the grant after that. */
  onRecovered: () => void;
}

type Failed = { ok: false; error: Failure };

/** Milliseconds to wait for what passes quickly: another renewal of the same grant that the org has not finished. */
const momentMs = 700;

/**
 * Renews one grant. A refresh token can be used once where the org rotates them (Salesforce Help, "Refresh Token
 * Rotation"), so there is never more than one renewal in flight.
 */
export class Renewal {
  readonly #options: RenewalOptions;
  readonly #pause;
  #underWay: Promise<Outcome<AccessToken>> | undefined;
  #isOwed = false;
  /** The org has refused the access token, so that no request succeeds before a renewal. */
  #isRefused = false;
  /** Whether the person was told that the org goes on refusing to renew the session. */
  #isReported = false;

  constructor(options: RenewalOptions) {
    this.#options = options;
    this.#pause = createRenewalPause(options.environment);
  }

  /** Whether the org can be asked for new tokens without a person. */
  get isPossible(): boolean {
    return this.#options.tokens.refreshToken !== undefined || this.#options.reissue !== undefined;
  }

  /** The renewal that is in flight, if there is one. */
  get underWay(): Promise<unknown> | undefined {
    return this.#underWay;
  }

  /** Whether a renewal was wanted and has not succeeded yet. */
  get isOwed(): boolean {
    return this.#isOwed;
  }

  /** Renews now, or joins the renewal that is in flight. */
  once(): Promise<Outcome<AccessToken>> {
    this.#underWay ??= this.#renewAlone().finally(() => (this.#underWay = undefined));
    return this.#underWay;
  }

  /** Ends the pause, as something has changed: the next attempt may be made at once. */
  skipPause(): void {
    this.#pause.skip();
  }

  /** To be called when the org has refused the access token. */
  tokenRefused(): void {
    this.#isRefused = true;
  }

  /** Takes new tokens of any source. A wanted renewal is then done. */
  take(granted: GrantedTokens, generation: number, at = this.#options.environment.now()): AccessToken {
    const accessToken = this.#options.tokens.take(granted, generation, at);
    this.#pause.end();
    this.#isOwed = false;
    this.#isRefused = false;
    if (this.#isReported) this.#options.onRecovered();
    this.#isReported = false;
    return accessToken;
  }

  /** Renews under the lock, unless another worker has renewed the same grant meanwhile. */
  async #renewAlone(): Promise<Outcome<AccessToken>> {
    const {
      environment: { isOnline, alone },
      memory,
      tokens,
      lose,
    } = this.#options;
    this.#isOwed = true;
    const standing = this.#pause.standing();
    if (standing) return this.#reported(standing);
    if (!isOnline()) return outcomeFailure({ stage: 'refresh', noAnswer: 'offline' });
    if (!memory?.isWorking()) return this.#renew();
    return alone(memory.lockName, async () => {
      const kept = await memory.load();
      if (!kept) {
        const gone = outcomeFailure({ stage: 'refresh', refused: 'signedOutElsewhere' });
        lose(gone.error);
        return gone;
      }
      if (kept.generation > tokens.accessToken.generation) {
        const { accessToken, refreshToken, proofKey, scopes, instanceUrl } = kept;
        return success(
          this.take(
            { ...tokens.asGranted(), accessToken, refreshToken, proofKey, scopes, instanceUrl },
            kept.generation,
            kept.receivedAt,
          ),
        );
      }
      return this.#renew();
    });
  }

  async #renew(): Promise<Outcome<AccessToken>> {
    const {
      environment: { delay, now },
      client,
      tokens,
      memory,
      over,
      lose,
    } = this.#options;
    let granted = await this.#ask();
    if (!granted.ok && retryOf(granted.error) === 'now') {
      await delay(momentMs, over);
      granted = await this.#ask();
    }
    if (over.aborted) {
      if (granted.ok) await revokeTokens(client, [granted.data.refreshToken, granted.data.accessToken]);
      return sessionEnded;
    }
    if (!granted.ok) {
      if (sessionAfter(granted.error) === 'signInRequired') {
        lose(granted.error);
        return granted;
      }
      return this.#reported(this.#pause.begin(granted));
    }
    const at = now();
    const generation = tokens.accessToken.generation + 1;
    const { accessToken, refreshToken = tokens.refreshToken } = granted.data;
    // Stored before it is used: if this process ends now, the next one must not send the refresh token that has been
    // used up.
    await memory?.save({ tokens: granted.data, generation, accessToken, refreshToken, receivedAt: at });
    return success(this.take(granted.data, generation, at));
  }

  /** Asks the org for new tokens, by refresh token or by a server-side flow. */
  async #ask(): Promise<Outcome<GrantedTokens>> {
    const { client, tokens, reissue } = this.#options;
    const { scopes, proofKey, refreshToken } = tokens;
    const grant: GrantOptions = { scopes, proofKey, bindingRequired: proofKey !== undefined };
    if (!reissue && !refreshToken) return outcomeFailure({ stage: 'refresh', refused: 'notRenewable' });
    const granted = await (reissue ? reissue(grant) : client.refresh(refreshToken!, grant));
    // The user may have been moved to another instance of the org. That the instance is a Salesforce host was checked
    // when the answer was read.
    if (granted.ok && tokens.isOfOther(granted.data)) return outcomeFailure({ stage: 'refresh', refused: 'otherUser' });
    return granted;
  }

  /** The failure for callers. Once the org has refused for long, it says that the person may sign in again, and why. */
  #reported(failed: Failed): Failed {
    const { tokens, reissue, onLost } = this.#options;
    const isUsable = tokens.accessToken.value !== '' && !this.#isRefused && (tokens.ageShare() ?? 0) < 1;
    if (isUsable || reissue || !this.#pause.isLong()) return failed;
    const { error } = outcomeFailure({ stage: 'refresh', refused: 'stillRefused' }, { data: failed.error.data });
    const why = { ...error, message: `${error.message} Its reason: ${failed.error.message}` };
    if (!this.#isReported) onLost(why);
    this.#isReported = true;
    return { ok: false, error: why };
  }
}
