import type { Context } from 'koa';
import { publicOriginOf } from '../../publicOrigin.ts';
import type { OAuthFailure } from '../authorizationErrors.ts';
import { appRefusal } from '../grants/refusals.ts';
import type { OAuthState } from '../oauthState.ts';
import { parseScopes } from '../scopes.ts';
import { connectPath } from './connectRoutes.ts';

type DeviceAnswer = { device_code: string; user_code: string; verification_uri: string; interval: number };

/**
 * POST `/services/oauth2/token` with `response_type=device_code`: a device asks for the codes (Salesforce Help, "OAuth
 * 2.0 Device Flow"). No `expires_in`, as at Salesforce.
 */
export function authorizeDevice(
  ctx: Context,
  form: ReadonlyMap<string, string>,
  { apps, devices, journal, settings }: OAuthState,
): DeviceAnswer | { refused: OAuthFailure } {
  const clientId = form.get('client_id');
  if (clientId === undefined) return refuse('invalid_request', 'must supply client_id');
  const app = apps.find(clientId);
  if (!app) return refuse('invalid_client_id', 'client identifier invalid');
  const refused = appRefusal(app);
  if (refused) return { refused };
  if (!app.deviceFlow) return refuse('unauthorized_client', 'device flow is not enabled for this app');
  const scope = form.get('scope');
  const scopes = scope === undefined ? app.scopes : parseScopes(scope);
  if (!scopes.every((word) => (app.scopes as readonly string[]).includes(word))) {
    return refuse('invalid_scope', 'the requested scope is not allowed');
  }
  const request = devices.begin(clientId, scopes, settings.deviceIntervalSeconds);
  journal.record('device_code', request.deviceCode);
  return {
    device_code: request.deviceCode,
    user_code: request.userCode,
    verification_uri: publicOriginOf(ctx) + connectPath,
    interval: settings.deviceIntervalSeconds,
  };
}

function refuse(error: string, error_description: string): { refused: OAuthFailure } {
  return { refused: { error, error_description } };
}
