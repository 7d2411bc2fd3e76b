import type { Context } from 'koa';
import { OrgError } from '../../database/orgError.ts';
import type { FindTokenGrant, TokenGrant } from '../../oauth/accessTokens.ts';

const SESSION_EXPIRED = 'Session expired or invalid';
const NOT_FOR_REST = 'This session is not valid for use with the REST API';
const REST_SCOPES: readonly string[] = ['api', 'full'];

/**
 * Finds who calls. Salesforce takes the schemes `Bearer`, `OAuth` and `DPoP`.
 *
 * @param path Path below the version: a `chatter_api` token may only use Connect.
 * @throws OrgError 401 `INVALID_SESSION_ID` or `INVALID_AUTH_HEADER`.
 */
export async function authenticate(ctx: Context, path: string, findTokenGrant: FindTokenGrant): Promise<TokenGrant> {
  const authorization = ctx.get('authorization');
  if (!authorization) throw new OrgError(401, 'INVALID_SESSION_ID', SESSION_EXPIRED);
  const token = /^(?:bearer|oauth|dpop)\s+(\S+)\s*$/i.exec(authorization)?.[1];
  if (!token) throw new OrgError(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
  const grant = await findTokenGrant(token, ctx);
  if (!grant) throw new OrgError(401, 'INVALID_SESSION_ID', SESSION_EXPIRED);
  if (!mayUse(path, grant)) throw new OrgError(401, 'INVALID_SESSION_ID', NOT_FOR_REST);
  return grant;
}

function mayUse(path: string, grant: TokenGrant): boolean {
  if (grant.scopes.some((scope) => REST_SCOPES.includes(scope))) return true;
  return grant.scopes.includes('chatter_api') && /^\/(chatter|connect)(\/|$)/.test(path);
}
