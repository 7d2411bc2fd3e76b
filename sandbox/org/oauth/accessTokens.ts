import type { OrgUser } from '../database/orgUser.ts';

/** What a valid access token stands for. */
export interface TokenGrant {
  user: OrgUser;
  clientId: string;
  /** Granted scope words, e.g. `api refresh_token`. */
  scopes: readonly string[];
}

/** Looks an access token up. Undefined when it is unknown, expired or revoked. */
export type FindTokenGrant = (accessToken: string) => Promise<TokenGrant | undefined>;
