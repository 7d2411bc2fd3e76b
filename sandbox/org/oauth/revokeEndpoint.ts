import type { Middleware } from 'koa';
import { sendOAuthAnswer } from './answerFormat.ts';
import { readForm } from './formBody.ts';
import type { OAuthState } from './oauthState.ts';

/**
 * GET/POST `/services/oauth2/revoke` (Salesforce Help, "Revoke OAuth Tokens"; RFC 7009 in spirit): an access token
 * ends alone, a refresh token takes its access tokens and the user's consent with it. No client authentication is
 * asked for, and an unknown token is an error.
 */
export function createRevokeEndpoint(state: OAuthState): Middleware {
  return async (ctx) => {
    const form = ctx.method === 'POST' ? await readForm(ctx) : undefined;
    const parameter = (name: string): string | undefined => form?.get(name) ?? single(ctx.query[name]);
    const callback = ctx.method === 'GET' ? parameter('callback') : undefined;
    const failure = revoke(state, parameter('token'), parameter('token_type_hint'));
    if (callback !== undefined && /^[\w$.]{1,64}$/u.test(callback)) {
      ctx.set('X-Content-Type-Options', 'nosniff');
      ctx.type = 'application/javascript';
      ctx.body = `${callback}(${JSON.stringify(failure ? { error: failure } : {})});`;
      return;
    }
    if (!failure) {
      ctx.status = 200;
      ctx.body = '';
      return;
    }
    // jsforce reads this as a form, @openfin/salesforce as JSON.
    const format = ctx.get('accept').includes('application/json') ? 'json' : 'urlencoded';
    sendOAuthAnswer(ctx, format, { error: failure, error_description: descriptions[failure] }, 400);
  };
}

type RevokeFailure = 'unsupported_token_type' | 'invalid_token';

const descriptions: Record<RevokeFailure, string> = {
  unsupported_token_type: 'this token type is not supported',
  invalid_token: 'invalid token',
};

const tokenTypes: readonly (string | undefined)[] = [undefined, '', 'access_token', 'refresh_token'];

function revoke(
  { tokens }: OAuthState,
  value: string | undefined,
  hint: string | undefined,
): RevokeFailure | undefined {
  if (!tokenTypes.includes(hint)) return 'unsupported_token_type';
  const token = value === undefined ? undefined : tokens.findToken(value);
  if (!token) return 'invalid_token';
  if (token.kind === 'access_token') {
    tokens.revokeAccessToken(token.value);
    return undefined;
  }
  tokens.revokeGrant(token.grantId);
  return undefined;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
