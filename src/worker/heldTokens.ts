import type { ProofKey } from './proofKey.ts';
import type { Environment } from './environment.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

/** An access token with the number of the renewal that brought it, and the key it is bound to. */
export interface AccessToken {
  value: string;
  generation: number;
  proofKey: ProofKey | undefined;
  /**
   * The origin that it may be sent to. An org that moves to another instance names the new one in its next token
   * answer.
   */
  instanceUrl: string;
}

interface HeldTokensOptions extends Pick<Environment, 'now'> {
  /** How long the org lets access tokens live, if it tells. */
  lifetimeMs: (accessToken: string) => Promise<number | undefined>;
}

/** One grant's tokens as they are now, and how old the access token is. */
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

  /** The key that the tokens are bound to; kept when they are forgotten, as what the session was. */
  get proofKey(): ProofKey | undefined {
    return this.#proofKey;
  }

  /** Whether the last renewal brought another refresh token. */
  get rotated(): boolean {
    return this.#rotated;
  }

  /** Whether tokens of somebody else have come. */
  isOfOther({ userId, organizationId }: GrantedTokens): boolean {
    return userId !== this.#granted.userId || organizationId !== this.#granted.organizationId;
  }

  /**
   * The part of its life that the access token has behind it; undefined where the org does not tell how long that is.
   */
  ageShare(): number | undefined {
    return this.#lifetime === undefined ? undefined : (this.#options.now() - this.#receivedAt) / this.#lifetime;
  }

  async learnLifetime(): Promise<void> {
    const { value } = this.#accessToken;
    if (value) this.#lifetime = (await this.#options.lifetimeMs(value)) ?? this.#lifetime;
  }

  /** Takes what a renewal brought. Without another refresh token the one before stays good. */
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

  /** Forgets both. @returns what was held, the refresh token first. */
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

  /** The grant as it is now, for whoever takes it over. */
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
