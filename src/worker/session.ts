import { success, type Failure, type Outcome } from '../outcomes/failure.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import { HeldTokens, type AccessToken } from './heldTokens.ts';
import { Renewal, type RenewalOptions } from './renewal.ts';
import { revokeTokens, type Revoked } from './revokeTokens.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

export interface SessionOptions extends Pick<RenewalOptions, 'client' | 'environment' | 'memory' | 'reissue'> {
  id: string;
  /** `accessToken` is empty for a remembered session: the first request renews it. */
  tokens: GrantedTokens;
  /** How often the grant has been renewed before. */
  generation?: number;
  /** Lifetime of the org's access tokens in milliseconds, if the org tells it. */
  lifetimeMs: (accessToken: string) => Promise<number | undefined>;
  /** Called once, when the org has ended the grant or goes on refusing to renew it. A person can sign in then. */
  onLost: (why: Failure) => void;
  /** Called when the org renews the session after all. */
  onRecovered: () => void;
}

/** Share of a token's lifetime after which it is renewed in the background, while it is still valid. */
const renewAtAge = 0.75;

/** One person's grant in one org while it is in use. Its tokens are in private fields and nowhere else. */
export class Session {
  readonly id: string;
  readonly orgUrl: string;
  readonly consumerKey: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly #options: SessionOptions;
  readonly #tokens: HeldTokens;
  readonly #renewal: Renewal;
  readonly #over = new AbortController();
  #state: 'usable' | 'lost' | 'ended' = 'usable';
  #lostBecause: Failure | undefined;

  constructor(options: SessionOptions) {
    const {
      id,
      client,
      tokens,
      generation = 0,
      environment,
      lifetimeMs,
      memory,
      reissue,
      onLost,
      onRecovered,
    } = options;
    this.id = id;
    this.orgUrl = client.org.orgUrl;
    this.consumerKey = client.org.consumerKey;
    this.userId = tokens.userId;
    this.organizationId = tokens.organizationId;
    this.#options = options;
    this.#tokens = new HeldTokens(tokens, generation, { now: environment.now, lifetimeMs });
    this.#renewal = new Renewal({
      client,
      tokens: this.#tokens,
      environment,
      memory,
      reissue,
      over: this.#over.signal,
      lose: (why) => this.#lose(why),
      onLost,
      onRecovered,
    });
    if (tokens.accessToken) void this.#tokens.learnLifetime();
  }

  get instanceUrl(): string {
    return this.#tokens.accessToken.instanceUrl;
  }

  get scopes(): string[] {
    return this.#tokens.scopes;
  }

  get tokenBinding(): 'dpop' | 'bearer' {
    return this.#tokens.proofKey ? 'dpop' : 'bearer';
  }

  /** Whether the org can be asked for new tokens without a person. */
  get isRenewable(): boolean {
    return this.#renewal.isPossible;
  }

  /**
   * The access token to use now, or the failure if there is none. Takes no lock and makes no request while the token is
   * valid. Near its end it is renewed in the background; after its end the renewal is waited for.
   */
  usableAccessToken(): Outcome<AccessToken> | Promise<Outcome<AccessToken>> {
    const refused = this.#refusal();
    if (refused) return refused;
    const { accessToken } = this.#tokens;
    const share = this.#tokens.ageShare();
    if (!accessToken.value || (share !== undefined && share >= 1)) return this.#renewal.once();
    if (share !== undefined && share >= renewAtAge) void this.#renewal.once();
    return success(accessToken);
  }

  /**
   * A token newer than `failed`: one that was renewed already, or the one of the renewal in flight. `isFresh`: it was
   * requested after `failed` had failed, so that the same event cannot have ended both.
   */
  async renewedAccessToken(failed: AccessToken): Promise<Outcome<{ token: AccessToken; isFresh: boolean }>> {
    const refused = this.#refusal();
    if (refused) return refused;
    const { accessToken } = this.#tokens;
    if (accessToken.value && accessToken.generation > failed.generation)
      return success({ token: accessToken, isFresh: false });
    this.#renewal.tokenRefused();
    const isFresh = this.#renewal.underWay === undefined;
    const renewed = await this.#renewal.once();
    return renewed.ok ? success({ token: renewed.data, isFresh }) : renewed;
  }

  /**
   * For use after a sleep or a time offline: repeats at once what the network prevented, and renews an expired token.
   */
  async check(): Promise<void> {
    if (this.#state !== 'usable') return;
    this.#renewal.skipPause();
    await this.#tokens.learnLifetime();
    const share = this.#tokens.ageShare();
    const mayHaveEnded =
      this.#renewal.isOwed || !this.#tokens.accessToken.value || share === undefined || share >= renewAtAge;
    if (mayHaveEnded && this.#options.environment.isOnline()) await this.#renewal.once();
  }

  /** Repeats a renewal that has failed, once its pause is over. */
  async renewOwed(): Promise<void> {
    if (this.#state === 'usable' && this.#renewal.isOwed && this.#options.environment.isOnline())
      await this.#renewal.once();
  }

  /**
   * Renews now, although the token may be valid, to see whether and how the org renews it. A failure has the effects of
   * any failed renewal.
   */
  async examineRenewal(): Promise<Outcome<{ rotated: boolean }>> {
    const refused = this.#refusal();
    if (refused) return refused;
    const renewed = await this.#renewal.once();
    return renewed.ok ? success({ rotated: this.#tokens.rotated }) : renewed;
  }

  /**
   * Takes over a wider grant of the same user. The tokens of the narrower one are revoked once they are no longer in
   * use.
   */
  async widen(granted: GrantedTokens): Promise<Outcome<void>> {
    const refused = this.#refusal();
    if (refused) return refused;
    await this.#renewal.underWay;
    const { memory, environment, client } = this.#options;
    const { refreshToken, accessToken } = this.#tokens;
    const generation = accessToken.generation + 1;
    await memory?.save({
      tokens: granted,
      generation,
      accessToken: granted.accessToken,
      refreshToken: granted.refreshToken,
      receivedAt: environment.now(),
    });
    this.#tokens.forgetRefreshToken();
    this.#renewal.take(granted, generation);
    await revokeTokens(client, [refreshToken, accessToken.value]);
    return success(undefined);
  }

  /** Hands over the grant with its current tokens, and ends the session without revoking it. */
  async handOver(): Promise<Outcome<GrantedTokens>> {
    await this.#renewal.underWay;
    const refused = this.#refusal();
    if (refused) return refused;
    const current = this.#tokens.asGranted();
    this.suspend();
    return success(current);
  }

  /** Revokes tokens at the org but keeps the session, as if an administrator had done it. For embedded orgs. */
  async expireTokens(accessTokenOnly: boolean): Promise<Outcome<void>> {
    const { client } = this.#options;
    const revoked = await client.revoke(this.#tokens.accessToken.value);
    const { refreshToken } = this.#tokens;
    if (!revoked.ok || accessTokenOnly || !refreshToken) return revoked;
    return client.revoke(refreshToken);
  }

  /**
   * Forgets the tokens at once and revokes them (RFC 7009). The refresh token is revoked first, as that ends the whole
   * grant. Tokens that could not be revoked are returned.
   */
  async end(): Promise<Revoked> {
    const nothing: Revoked = { unsent: [], failed: undefined };
    if (this.#state === 'ended') return nothing;
    const wasLost = this.#state === 'lost';
    const held = this.#finish();
    // Both in parallel, as the page may be about to go.
    const [revoked] = await Promise.all([
      wasLost ? nothing : revokeTokens(this.#options.client, held),
      this.#options.memory?.forget(),
    ]);
    return revoked;
  }

  /** Forgets the tokens. The next start of the provider takes up the grant again. */
  suspend(): void {
    if (this.#state !== 'ended') this.#finish();
  }

  #finish(): (string | undefined)[] {
    this.#state = 'ended';
    this.#over.abort();
    return this.#tokens.forget();
  }

  #lose(why: Failure): void {
    if (this.#state !== 'usable') return;
    this.#state = 'lost';
    this.#tokens.forgetRefreshToken();
    this.#lostBecause = why;
    void this.#options.memory?.forget();
    this.#options.onLost(why);
  }

  #refusal(): { ok: false; error: Failure } | undefined {
    if (this.#state === 'ended') return sessionEnded;
    if (this.#state === 'lost') return { ok: false, error: this.#lostBecause! };
    return undefined;
  }
}
