import type { Context } from 'koa';
import { publicOriginOf } from '../publicOrigin.ts';
import { DpopError } from './dpop/dpopError.ts';
import type { OAuthState } from './oauthState.ts';
import type { FoundToken } from './tokenStore.ts';
import { hasLiveSessions, type DirectoryUser } from './userDirectory.ts';

/** An access token as a request presents it. */
export interface PresentedToken {
  value: string;
  /** Of an `Authorization: DPoP` header; otherwise Bearer, `OAuth`, or a parameter. */
  isDpop: boolean;
}

export type AccessRefusal = 'bad-token' | DpopError;

/** The token of an `Authorization` header: `Bearer`, Salesforce's older `OAuth`, or `DPoP`. */
export function presentedToken(ctx: Context): PresentedToken | undefined {
  const [, scheme, value] = /^(bearer|oauth|dpop)\s+(\S+)\s*$/iu.exec(ctx.get('authorization')) ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  return { value, isDpop: scheme.toLowerCase() === 'dpop' };
}

/**
 * Judges an access token at a resource: live, of a user and an app that may still use it, and presented with its key
 * when it is bound to one (RFC 9449 §7).
 * Using a token keeps its session alive.
 */
export async function checkAccess(
  ctx: Context,
  presented: PresentedToken,
  state: OAuthState,
): Promise<{ token: FoundToken; user: DirectoryUser } | { refused: AccessRefusal }> {
  const { tokens, users } = state;
  const token = tokens.findToken(presented.value);
  const user = token?.kind === 'access_token' ? users.byId(token.userId) : undefined;
  if (!token || !user || !hasLiveSessions(user)) return { refused: 'bad-token' };
  const wrongKey = await wrongKeyOf(ctx, presented, token, state);
  if (wrongKey) return { refused: wrongKey };
  tokens.keepAlive(token.value);
  return { token, user };
}

async function wrongKeyOf(
  ctx: Context,
  { isDpop, value }: PresentedToken,
  { key }: FoundToken,
  { dpop }: OAuthState,
): Promise<DpopError | undefined> {
  if (!isDpop) return key === undefined ? undefined : new DpopError('invalid_token', 'token is bound to a key');
  if (key === undefined) return new DpopError('invalid_token', 'token is not bound to a key');
  try {
    const url = publicOriginOf(ctx) + ctx.path;
    const thumbprint = await dpop.verify({ proof: ctx.get('dpop'), method: ctx.method, url, accessToken: value });
    return thumbprint === key ? undefined : new DpopError('invalid_token', 'DPoP proof key does not match');
  } catch (error) {
    if (error instanceof DpopError) return error;
    throw error;
  }
}
