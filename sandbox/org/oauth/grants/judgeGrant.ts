import type { Context } from 'koa';
import { userIdOfAccount } from '../accountId.ts';
import type { RegisteredApp } from '../appRegistry.ts';
import type { OAuthFailure } from '../authorizationErrors.ts';
import { clientIdOf } from '../clientAuthentication.ts';
import type { OAuthState } from '../oauthState.ts';
import type { DirectoryUser } from '../userDirectory.ts';
import { judgeClientCredentials } from './clientCredentials.ts';
import { judgeJwtBearer } from './jwtBearer.ts';
import { directGrantTypes, type DirectGrant } from './directGrant.ts';
import { appRefusal, userRefusal } from './refusals.ts';

type Form = ReadonlyMap<string, string>;

/** An app's request is refused, is this org's to grant, or is left to oidc-provider. */
export type Judgement = { refused: OAuthFailure } | { app: RegisteredApp; grant: DirectGrant | undefined };

/** Judges a token request as far as that needs no look at a code, refresh token or secret. */
export async function judgeGrant(ctx: Context, form: Form, state: OAuthState): Promise<Judgement> {
  const clientId = clientIdOf(ctx, form);
  const app = state.apps.find(clientId);
  switch (form.get('grant_type')) {
    case 'authorization_code':
    case 'refresh_token': {
      if (clientId === undefined) return refuse('invalid_request', 'must supply client_id');
      if (!app) return unknownApp;
      const refused = appRefusal(app) ?? userRefusal(app, ownerOf(form, state)) ?? unexpectedVerifier(form, state);
      return refused ? { refused } : { app, grant: undefined };
    }
    case directGrantTypes.device:
      if (!app) return unknownApp;
      return deviceGrant(app, form.get('code') ?? '', state);
    case directGrantTypes.jwtBearer:
      return judgeJwtBearer(ctx, form.get('assertion'), state);
    case directGrantTypes.clientCredentials:
      if (!app) return unknownApp;
      return judgeClientCredentials(ctx, app, state);
    case 'password':
      // New orgs block the username-password flow.
      if (!app) return unknownApp;
      return refuse('invalid_grant', 'authentication failure');
    default:
      return refuse('unsupported_grant_type', 'grant type not supported');
  }
}

const refuse = (error: string, error_description: string): { refused: OAuthFailure } => ({
  refused: { error, error_description },
});
const unknownApp = refuse('invalid_client_id', 'client identifier invalid');

function deviceGrant(app: RegisteredApp, deviceCode: string, { devices, users }: OAuthState): Judgement {
  const refusedApp = appRefusal(app);
  if (refusedApp) return { refused: refusedApp };
  const answer = devices.poll(deviceCode, app.consumerKey);
  if ('refused' in answer) return answer;
  const user = users.byId(answer.approvedBy);
  const refused = userRefusal(app, user);
  if (refused || !user) return refused ? { refused } : refuse('inactive_user', 'user is inactive');
  const { request } = answer;
  return { app, grant: { user, scopes: request.scopes, isSignIn: true, onIssued: () => (request.state = 'used') } };
}

/** Whose code or refresh token a form presents, when it is still good. */
function ownerOf(form: Form, { tokens, users }: OAuthState): DirectoryUser | undefined {
  const refreshToken = tokens.findToken(form.get('refresh_token') ?? '');
  const accountId = tokens.authorizationCode(form.get('code') ?? '')?.accountId;
  const userId = refreshToken?.userId ?? (accountId === undefined ? undefined : userIdOfAccount(accountId));
  return userId === undefined ? undefined : users.byId(userId);
}

function unexpectedVerifier(form: Form, { tokens }: OAuthState): OAuthFailure | undefined {
  const code = tokens.authorizationCode(form.get('code') ?? '');
  const verifier = form.get('code_verifier') ?? '';
  if (!code || code.codeChallenge !== undefined || verifier === '') return undefined;
  return { error: 'invalid_grant', error_description: 'unexpected code verifier' };
}
