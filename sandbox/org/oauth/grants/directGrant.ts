import type Provider from 'oidc-provider';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { accountIdOfUser } from '../accountId.ts';
import type { DirectoryUser } from '../userDirectory.ts';

/** Grant types whose request this org judges itself before oidc-provider authenticates the app and makes the tokens. */
export const directGrantTypes = {
  device: 'device',
  jwtBearer: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  clientCredentials: 'client_credentials',
} as const;

/** What a request is to be given. */
export interface DirectGrant {
  user: DirectoryUser;
  scopes: readonly string[];
  /** A refresh token and an id token may come with it, as the scopes say. */
  isSignIn: boolean;
  /** The request itself has proven which app it comes from; no secret is needed. */
  isAppProven?: boolean;
  /** Called once the tokens have been made. */
  onIssued?: () => void;
}

const stateKey = 'directGrant';

/** Leaves the judged request to the grant type's handler. */
export function putDirectGrant(ctx: { state: object }, grant: DirectGrant): void {
  Object.assign(ctx.state, { [stateKey]: grant });
}

/** Teaches an OAuth server the grant types of {@link directGrantTypes}. */
export function registerDirectGrants(provider: Provider): void {
  for (const name of Object.values(directGrantTypes)) provider.registerGrantType(name, issueTokens);
}

async function issueTokens(ctx: TokenEndpointGrantContext): Promise<void> {
  const { client, provider } = ctx.oidc;
  const { user, scopes, isSignIn, onIssued } = ctx.state[stateKey] as DirectGrant;
  const accountId = accountIdOfUser(user.orgUser.id);
  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(scopes.join(' '));
  const scope = scopes.join(' ');
  const common = { accountId, client, grantId: await grant.save(), gty: ctx.oidc.params.grant_type, scope };
  const accessToken = new provider.AccessToken(common);
  ctx.oidc.entity('AccessToken', accessToken);
  const body: Record<string, string> = { access_token: await accessToken.save(), scope };
  if (isSignIn && scopes.includes('refresh_token')) {
    const refreshToken = new provider.RefreshToken({ ...common, rotations: 0 });
    ctx.oidc.entity('RefreshToken', refreshToken);
    body['refresh_token'] = await refreshToken.save();
  }
  if (isSignIn && scopes.includes('openid')) {
    const idToken = new provider.IdToken({ sub: accountId }, { ctx });
    Object.assign(idToken, { scope: 'openid' });
    body['id_token'] = await idToken.issue({ use: 'idtoken' });
  }
  ctx.body = body;
  onIssued?.();
}
