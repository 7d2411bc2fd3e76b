import { createPublicKey } from 'node:crypto';
import { compactVerify, decodeJwt, type JWTPayload } from 'jose';
import type { Context } from 'koa';
import { publicOriginOf, sharedLoginHosts } from '../../publicOrigin.ts';
import type { RegisteredApp } from '../appRegistry.ts';
import type { OAuthFailure } from '../authorizationErrors.ts';
import type { OAuthState } from '../oauthState.ts';
import type { DirectGrant } from './directGrant.ts';
import { appRefusal, userRefusal } from './refusals.ts';

/**
 * Help names three minutes, and Salesforce takes the five that public clients send (simple-salesforce issue 491);
 * whole seconds may round up.
 */
const longestMs = 5 * 60 * 1000 + 1000;

const refuse = (error: string, error_description: string): { refused: OAuthFailure } => ({
  refused: { error, error_description },
});
const unreadable = refuse('invalid_grant', 'invalid assertion');
const expired = refuse('invalid_grant', 'expired authorization code');
const tooLong = refuse('invalid_grant', 'assertion is not valid');

/**
 * Judges a JWT bearer request (Salesforce Help, "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration"; RFC 7523
 * §3): `iss` is the consumer key, `sub` (or `prn`) the username, signed with RS256 by the app's certificate. The user
 * must have approved the app before, or an administrator for them. There is no refresh token.
 */
export async function judgeJwtBearer(
  ctx: Context,
  assertion: string | undefined,
  state: OAuthState,
): Promise<{ refused: OAuthFailure } | { app: RegisteredApp; grant: DirectGrant }> {
  if (assertion === undefined || assertion === '') return refuse('invalid_request', 'must supply assertion');
  const claims = readClaims(assertion);
  if (!claims) return unreadable;
  const app = state.apps.find(claims.iss);
  if (!app) return refuse('invalid_client_id', 'client identifier invalid');
  const refusedApp = appRefusal(app);
  if (refusedApp) return { refused: refusedApp };
  if (!(await isSignedBy(app, assertion))) return unreadable;
  if (!isForThisOrg(ctx, claims.aud)) return refuse('invalid_grant', 'audience is invalid');
  const timing = judgeExpiry(claims.exp, state.clock.now());
  if (timing) return timing;
  return judgeSubject(app, claims.sub ?? claims['prn'], state);
}

function judgeSubject(
  app: RegisteredApp,
  subject: unknown,
  { consents, users }: OAuthState,
): { refused: OAuthFailure } | { app: RegisteredApp; grant: DirectGrant } {
  const user = typeof subject === 'string' ? users.byUsername(subject) : undefined;
  if (!user) return refuse('invalid_grant', 'authentication failure');
  const refused = userRefusal(app, user);
  if (refused) return { refused };
  const scopes = app.adminApprovedOnly ? app.scopes : consents.allowed(user.orgUser.id, app.consumerKey);
  if (!scopes) return refuse('invalid_grant', "user hasn't approved this consumer");
  const withoutOffline = scopes.filter((scope) => scope !== 'refresh_token');
  return { app, grant: { user, scopes: withoutOffline, isSignIn: true, isAppProven: true } };
}

function readClaims(assertion: string): JWTPayload | undefined {
  try {
    return decodeJwt(assertion);
  } catch {
    return undefined;
  }
}

async function isSignedBy({ certificate }: RegisteredApp, assertion: string): Promise<boolean> {
  if (certificate === undefined) return false;
  try {
    await compactVerify(assertion, createPublicKey(certificate), { algorithms: ['RS256'] });
    return true;
  } catch {
    return false;
  }
}

function isForThisOrg(ctx: Context, audience: JWTPayload['aud']): boolean {
  const accepted = [publicOriginOf(ctx), ...[...sharedLoginHosts].map((host) => `https://${host}`)];
  return [audience].flat().some((value) => value !== undefined && accepted.includes(value.replace(/\/$/u, '')));
}

/** The words for an expired assertion are those that clients were shown (simple-salesforce issues 371 and 491). */
function judgeExpiry(exp: number | undefined, now: number): { refused: OAuthFailure } | undefined {
  if (exp !== undefined && exp * 1000 <= now) return expired;
  return exp === undefined || exp * 1000 > now + longestMs ? tooLong : undefined;
}
