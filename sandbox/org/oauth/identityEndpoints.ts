import { XMLBuilder } from 'fast-xml-parser';
import type { Context, Middleware } from 'koa';
import { organizationId } from '../organization.ts';
import { publicOriginOf } from '../publicOrigin.ts';
import { checkAccess, presentedToken } from './accessCheck.ts';
import { DpopError } from './dpop/dpopError.ts';
import { sendNonce } from './dpop/bindTokens.ts';
import { dpopChallenge } from './dpop/dpopChallenge.ts';
import { readForm } from './formBody.ts';
import type { OAuthState } from './oauthState.ts';
import type { DirectoryUser } from './userDirectory.ts';
import { identityOf, userInfoOf } from './userProfile.ts';

const xml = new XMLBuilder({ ignoreAttributes: true });

/** GET/POST `/services/oauth2/userinfo` (OpenID Connect; Salesforce Help, "User Info Endpoint"). */
export function createUserInfoEndpoint(state: OAuthState): Middleware {
  return async (ctx) => {
    const form = ctx.method === 'POST' ? await readForm(ctx) : undefined;
    const user = await userOfToken(ctx, state, form?.get('access_token'));
    if (user) send(ctx, userInfoOf(publicOriginOf(ctx), user, state.users.record(user)));
  };
}

/** GET `/id/:organization/:user`, the identity URL, in JSON, XML or JSONP. */
export function createIdentityEndpoint(state: OAuthState): Middleware {
  return async (ctx) => {
    const { organization, user: userId } = ctx['params'] as { organization: string; user: string };
    const user = await userOfToken(ctx, state, single(ctx.query['oauth_token']));
    if (!user) return;
    if (organization.slice(0, 15) !== organizationId.slice(0, 15)) return refuse(ctx, 'Wrong_Org');
    const asked = state.users.byId(userId);
    if (!asked || (asked !== user && !user.orgUser.seesAll)) return refuse(ctx, 'Bad_Id', 404);
    const identity = identityOf(publicOriginOf(ctx), asked, state.users.record(asked), asked === user);
    send(ctx, withVersion(identity, single(ctx.query['version'])));
  };
}

/**
 * Answers 403 in Salesforce's words when there is no good token, and 401 with a challenge when it lacks its proof.
 * @param parameter A token given as a parameter; the header wins.
 */
async function userOfToken(
  ctx: Context,
  state: OAuthState,
  parameter: string | undefined,
): Promise<DirectoryUser | undefined> {
  const presented = presentedToken(ctx) ?? (parameter === undefined ? undefined : { value: parameter, isDpop: false });
  if (!presented) {
    refuse(ctx, 'Missing_OAuth_Token');
    return undefined;
  }
  const access = await checkAccess(ctx, presented, state);
  if (presented.isDpop) sendNonce(ctx, state);
  if ('user' in access) return access.user;
  if (access.refused instanceof DpopError) {
    ctx.status = 401;
    ctx.set('WWW-Authenticate', dpopChallenge(access.refused));
    ctx.body = { error: access.refused.error, error_description: access.refused.message };
    return undefined;
  }
  refuse(ctx, 'Bad_OAuth_Token');
  return undefined;
}

function refuse(ctx: Context, text: string, status = 403): void {
  ctx.status = status;
  ctx.set('Content-Type', 'text/html;charset=UTF-8');
  ctx.body = text;
}

function send(ctx: Context, body: Record<string, unknown>): void {
  const format = single(ctx.query['format']) ?? (ctx.get('accept') === 'application/xml' ? 'xml' : 'json');
  const callback = single(ctx.query['callback']);
  ctx.set('Cache-Control', 'no-cache,must-revalidate,max-age=0,no-store,private');
  ctx.set('X-Content-Type-Options', 'nosniff');
  if (format === 'xml') {
    ctx.set('Content-Type', 'application/xml;charset=UTF-8');
    ctx.body = `<?xml version="1.0" encoding="UTF-8"?>${xml.build({ user: body })}`;
  } else if (format === 'jsonp' && callback !== undefined && /^[\w$.]{1,64}$/u.test(callback)) {
    ctx.set('Content-Type', 'application/javascript;charset=UTF-8');
    ctx.body = `${callback}(${JSON.stringify(body)});`;
  } else {
    ctx.set('Content-Type', 'application/json;charset=UTF-8');
    ctx.body = JSON.stringify(body);
  }
}

/** `version=latest` or `version=66.0` fills the `{version}` placeholders of the URLs. */
function withVersion(body: Record<string, unknown>, version: string | undefined): Record<string, unknown> {
  const number = version === 'latest' ? '67.0' : version;
  if (number === undefined || !/^\d{1,3}(?:\.\d)?$/u.test(number)) return body;
  return JSON.parse(JSON.stringify(body).replaceAll('{version}', number)) as Record<string, unknown>;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
