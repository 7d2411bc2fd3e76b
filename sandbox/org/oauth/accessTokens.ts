import type { Context } from 'koa';
import { OrgError } from '../database/orgError.ts';
import type { OrgUser } from '../database/orgUser.ts';

/** What a valid access token stands for. */
export interface TokenGrant {
  user: OrgUser;
  clientId: string;
  /** Granted scope words, e.g. `api refresh_token`. */
  scopes: readonly string[];
}

/**
 * Finds what the access token of a request stands for. Undefined when it is unknown, expired, revoked, or not a token
 * of this scheme.
 * @throws AccessDenied when the org refuses a token it knows.
 */
export type FindTokenGrant = (accessToken: string, request: Context) => Promise<TokenGrant | undefined>;

/** The org knows the token and refuses it all the same. */
export class AccessDenied extends OrgError {
  readonly headers: Readonly<Record<string, string>>;
  /** The answer, where it is not the error array of the REST API. */
  readonly body: Readonly<Record<string, string>> | undefined;

  constructor(
    failure: { status: number; errorCode: string; message: string },
    answer: { headers?: Record<string, string>; body?: Record<string, string> } = {},
  ) {
    super(failure.status, failure.errorCode, failure.message);
    this.name = 'AccessDenied';
    this.headers = answer.headers ?? {};
    this.body = answer.body;
  }
}
