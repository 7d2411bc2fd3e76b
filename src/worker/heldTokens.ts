import type { ProofKey } from './proofKey.ts';
import type { Environment } from './environment.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

/** An access token with the number of the renewal that brought it, and the key that it is bound to. */
export interface AccessToken {
  value: string;
  generation: number;
  proofKey: ProofKey | undefined;
  /**
   * The origin that it may be sent to. When an org moves to another instance, its next token answer names the new one.
   */
  instanceUrl: string;
}

interface HeldTokensOptions extends Pick<Environment, 'now'> {
  /** Lifetime of the org's access tokens in milliseconds, if the org tells it. */
  lifetimeMs: (accessToken: string) => Promise<number | undefined>;
}

/** The current tokens of one grant, and the age of the access token. */
export class HeldTokens {
  readonly #granted: GrantedTokens;
  readonly #options: HeldTokensOptions;
  #accessToken: AccessToken;
  #refreshToken: string | undefined;
  #scopes: string[];
  #proofKey: ProofKey | undefined;
  #rotated = false;
  #receivedAt: number;
  #lifetime: number | undefined;

  /** @param generation How often the grant has been renewed before. */
  constructor(granted: GrantedTokens, generation: number, options: HeldTokensOptions) {
    const { accessToken, refreshToken, scopes, proofKey, instanceUrl } = granted;
    this.#granted = granted;
    this.#options = options;
    this.#accessToken = { value: accessToken, generation, proofKey, instanceUrl };
    this.#refreshToken = refreshToken;
    this.#scopes = scopes;
    this.#proofKey = proofKey;
    this.#receivedAt = options.now();
  }

  /** Its value is empty for a remembered session before its first renewal, and for one that is over. */
  get accessToken(): AccessToken {
    return this.#accessToken;
  }

  get refreshToken(): string | undefined {
    return this.#refreshToken;
  }

  get scopes(): string[] {
    return this.#scopes;
  }

  /**
   * The key that the tokens are bound to. Kept when the tokens are forgotten, as it still says whether the session was
   * bound.
   */
  get proofKey(): ProofKey | undefined {
    return this.#proofKey;
  }

  /** Whether the last renewal brought another refresh token. */
  get rotated(): boolean {
    return this.#rotated;
  }

  /** Whether these tokens are those of another user. */
  isOfOther({ userId, organizationId }: GrantedTokens): boolean {
    return userId !== this.#granted.userId || organizationId !== this.#granted.organizationId;
  }

  /** The age of the access token as a share of its lifetime; undefined where the org does not tell the lifetime. */
  ageShare(): number | undefined {
    return this.#lifetime === undefined ? undefined : (this.#options.now() - this.#receivedAt) / this.#lifetime;
  }

  async learnLifetime(): Promise<void> {
    const { value } = this.#accessToken;
    if (value) this.#lifetime = (await this.#options.lifetimeMs(value)) ?? this.#lifetime;
  }

  /** Takes the tokens of a renewal. If no refresh token is among them, the last one stays valid. */
  take(granted: GrantedTokens, generation: number, at: number): AccessToken {
    const { accessToken, refreshToken, scopes, proofKey, instanceUrl } = granted;
    this.#rotated = refreshToken !== undefined && refreshToken !== this.#refreshToken;
    this.#refreshToken = refreshToken ?? this.#refreshToken;
    this.#scopes = scopes;
    this.#proofKey = proofKey;
    this.#receivedAt = at;
    this.#accessToken = { value: accessToken, generation, proofKey, instanceUrl };
    return this.#accessToken;
  }

  forgetRefreshToken(): void {
    this.#refreshToken = undefined;
  }

  /**
   * Forgets both tokens.
   *
   * @returns the tokens, the refresh token first.
   */
  forget(): (string | undefined)[] {
    const held = [this.#refreshToken, this.#accessToken.value];
    this.#accessToken = {
      ...this.#accessToken,
      value: '',
      generation: this.#accessToken.generation + 1,
      proofKey: undefined,
    };
    this.#refreshToken = undefined;
    return held;
  }

  /** The grant with its current tokens, for a session that takes it over. */
  asGranted(): GrantedTokens {
    const { value: accessToken, instanceUrl } = this.#accessToken;
    return {
      ...this.#granted,
      accessToken,
      refreshToken: this.#refreshToken,
      proofKey: this.#proofKey,
      scopes: this.#scopes,
      instanceUrl,
    };
  }
}
