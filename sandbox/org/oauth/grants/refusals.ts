import type { RegisteredApp } from '../appRegistry.ts';
import type { OAuthFailure } from '../authorizationErrors.ts';
import { maySignIn, type DirectoryUser } from '../userDirectory.ts';

const failure = (error: string, error_description: string): OAuthFailure => ({ error, error_description });

/** Why an app gets no tokens for anybody. The wording for a blocked app is that of the authorize endpoint. */
export function appRefusal(app: RegisteredApp): OAuthFailure | undefined {
  if (!app.installed) return failure('app_not_found', 'External client app is not installed in this org');
  return app.blocked ? failure('OAUTH_APP_BLOCKED', 'this app is blocked by admin') : undefined;
}

/** Why an app gets no tokens for this user. */
export function userRefusal(app: RegisteredApp, user: DirectoryUser | undefined): OAuthFailure | undefined {
  if (!user) return undefined;
  if (!maySignIn(user)) return failure('inactive_user', 'user is inactive');
  if (user.ipRestricted) return failure('invalid_grant', 'ip restricted');
  if (!app.adminApprovedOnly || app.approvedUsernames.includes(user.username)) return undefined;
  return failure('invalid_app_access', 'user is not admin approved to access this app');
}
