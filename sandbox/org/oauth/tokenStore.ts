import type { AdapterPayload } from 'oidc-provider';
import { userIdOfAccount } from './accountId.ts';
import { ModelStore, type StoredModel } from './modelStore.ts';
import type { SecretJournal, SecretKind } from './secretJournal.ts';

/** Model names as oidc-provider gives them. */
const grantMembers = ['AccessToken', 'RefreshToken', 'AuthorizationCode'] as const;

const journalKinds: Readonly<Record<string, SecretKind>> = {
  AccessToken: 'access_token',
  RefreshToken: 'refresh_token',
  AuthorizationCode: 'authorization_code',
};

/** One app's standing permission for one user, i.e. one live refresh token with what was made from it. */
export interface LiveApproval {
  grantId: string;
  userId: string;
  consumerKey: string;
  scope: string;
}

export interface FoundToken {
  kind: 'access_token' | 'refresh_token';
  value: string;
  userId: string;
  consumerKey: string;
  grantId: string;
  scope: string;
  /** Org clock, milliseconds. */
  issuedAt: number;
  expiresAt: number | undefined;
  /** Thumbprint of the DPoP key it is bound to. */
  key: string | undefined;
}

export interface TokenStoreOptions {
  now: () => number;
  /** The org's session policy, which may change. */
  session: () => { timeoutMs: number; isSliding: boolean };
  /** Called when the last live approval of a user and app has been revoked. */
  onLastApprovalRevoked: (userId: string, consumerKey: string) => void;
  /** When a refresh token of this app ends that is issued or used now; undefined is never. */
  refreshTokenExpiry: (consumerKey: string, times: { now: number; approvedAt: number }) => number | undefined;
  journal: SecretJournal;
}

/** The codes, tokens and approvals that oidc-provider stores, which live as long as the org's policies say. */
export class TokenStore {
  readonly #options: TokenStoreOptions;
  readonly #models: ModelStore;

  constructor(options: TokenStoreOptions) {
    this.#options = options;
    this.#models = new ModelStore({
      now: options.now,
      expiryOf: (model, payload, expiresIn) => this.#expiry(model, payload, expiresIn),
      onStored: (model, id) => {
        const kind = journalKinds[model];
        if (kind !== undefined) options.journal.record(kind, id);
      },
      revokeGrantMembers: (model, grantId) => this.#dropGrant(model, grantId),
    });
  }

  /** oidc-provider's storage. */
  get adapter(): ModelStore['adapter'] {
    return this.#models.adapter;
  }

  /** A token that would be accepted now; undefined when unknown, expired, used up or revoked. */
  findToken(value: string): FoundToken | undefined {
    for (const [model, kind] of [
      ['AccessToken', 'access_token'],
      ['RefreshToken', 'refresh_token'],
    ] as const) {
      const stored = this.#models.find(model, value);
      if (stored && this.#models.isLive(stored)) {
        const { accountId = '', clientId = '', grantId = '', scope = '' } = stored.payload;
        const userId = userIdOfAccount(accountId);
        const { issuedAt, expiresAt, key } = stored;
        return { kind, value, userId, consumerKey: clientId, grantId, scope, issuedAt, expiresAt, key };
      }
    }
    return undefined;
  }

  /** What an authorization code was bound to, whether or not it is still good. */
  authorizationCode(value: string): AdapterPayload | undefined {
    return this.#models.find('AuthorizationCode', value)?.payload;
  }

  /**
   * To be called on every use of an access token. With a sliding session timeout, a use in the second half of the
   * timeout begins it anew; Salesforce looks no earlier.
   */
  keepAlive(value: string): void {
    const stored = this.#models.find('AccessToken', value);
    const { isSliding, timeoutMs } = this.#options.session();
    if (!isSliding || stored?.expiresAt === undefined) return;
    const now = this.#options.now();
    if (stored.expiresAt - now < timeoutMs / 2) stored.expiresAt = now + timeoutMs;
  }

  /** To be called on every use of a refresh token that is not rotated: an app's policy may end those that go unused. */
  useRefreshToken(value: string): void {
    const stored = this.#models.find('RefreshToken', value);
    if (stored && this.#models.isLive(stored))
      stored.expiresAt = this.#expiry('RefreshToken', stored.payload, undefined);
  }

  /** Binds a code or token to a DPoP key, by the key's thumbprint. */
  bindToKey(value: string, thumbprint: string): void {
    const stored = this.#grantMember(value);
    if (stored) stored.key = thumbprint;
  }

  /** Thumbprint of the key a code or token is bound to, whether or not it is still good. */
  keyOf(value: string): string | undefined {
    return this.#grantMember(value)?.key;
  }

  revokeAccessToken(value: string): void {
    this.#models.delete('AccessToken', value);
  }

  /** Ends an approval: its refresh token and every access token made from it. */
  revokeGrant(grantId: string): void {
    for (const model of grantMembers) this.#dropGrant(model, grantId);
    this.#models.delete('Grant', grantId);
  }

  /**
   * Ends approvals as an administrator does, also those without a refresh token.
   * @returns How many sign-ins ended, and whose.
   */
  revokeApprovals(userId?: string, consumerKey?: string): LiveApproval[] {
    const ended = new Map<string, LiveApproval>();
    for (const model of ['RefreshToken', 'AccessToken']) {
      for (const { payload } of this.#models.live(model)) {
        const approval = approvalOf(payload);
        if (!approval || (userId !== undefined && approval.userId !== userId)) continue;
        if (consumerKey === undefined || approval.consumerKey === consumerKey) ended.set(approval.grantId, approval);
      }
    }
    for (const grantId of ended.keys()) this.revokeGrant(grantId);
    return [...ended.values()];
  }

  /** Ends the access tokens of an app; refresh tokens stay. */
  endAppSessions(consumerKey: string): void {
    this.#models.drop('AccessToken', ({ clientId }) => clientId === consumerKey);
  }

  /** Live approvals, oldest first. */
  approvals(userId?: string, consumerKey?: string): LiveApproval[] {
    const grants = new Map<string, LiveApproval>();
    for (const { payload } of this.#models.live('RefreshToken')) {
      const approval = approvalOf(payload);
      if (!approval || (userId !== undefined && approval.userId !== userId)) continue;
      if (consumerKey === undefined || approval.consumerKey === consumerKey) grants.set(approval.grantId, approval);
    }
    return [...grants.values()].sort((a, b) => this.#grantSerial(a.grantId) - this.#grantSerial(b.grantId));
  }

  /** Lets access tokens run out as if their time were over. */
  expireAccessTokens(userId?: string): number {
    return this.#expire('AccessToken', userId);
  }

  /** Lets refresh tokens run out; access tokens already issued keep working. */
  expireRefreshTokens(userId?: string): number {
    return this.#expire('RefreshToken', userId);
  }

  /** Signs a user, or everybody, out of every browser. */
  endSessions(userId?: string): void {
    this.#models.drop(
      'Session',
      ({ accountId }) => userId === undefined || userIdOfAccount(accountId ?? '') === userId,
    );
  }

  #grantMember(value: string): StoredModel | undefined {
    for (const model of grantMembers) {
      const stored = this.#models.find(model, value);
      if (stored) return stored;
    }
    return undefined;
  }

  #grantSerial(grantId: string): number {
    return this.#models.find('Grant', grantId)?.serial ?? 0;
  }

  #expiry(model: string, payload: AdapterPayload, expiresIn: number | undefined): number | undefined {
    const now = this.#options.now();
    if (model === 'AccessToken') return now + this.#options.session().timeoutMs;
    if (model !== 'RefreshToken') return expiresIn && now + expiresIn * 1000;
    const approvedAt = this.#models.find('Grant', payload.grantId ?? '')?.issuedAt ?? now;
    return this.#options.refreshTokenExpiry(payload.clientId ?? '', { now, approvedAt });
  }

  #dropGrant(model: string, grantId: string): void {
    const dropped = this.#models.drop(model, (payload) => payload.grantId === grantId);
    const approval =
      model === 'RefreshToken' ? dropped.map(approvalOf).find((found) => found !== undefined) : undefined;
    if (!approval || this.approvals(approval.userId, approval.consumerKey).length > 0) return;
    this.#options.onLastApprovalRevoked(approval.userId, approval.consumerKey);
  }

  #expire(model: string, userId: string | undefined): number {
    const concerned = this.#models
      .live(model)
      .filter(({ payload }) => userId === undefined || userIdOfAccount(payload.accountId ?? '') === userId);
    for (const stored of concerned) stored.expiresAt = this.#options.now();
    return concerned.length;
  }
}

function approvalOf({ grantId, accountId, clientId = '', scope = '' }: AdapterPayload): LiveApproval | undefined {
  if (grantId === undefined || accountId === undefined) return undefined;
  return { grantId, userId: userIdOfAccount(accountId), consumerKey: clientId, scope };
}
