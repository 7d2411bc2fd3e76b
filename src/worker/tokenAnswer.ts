import type { TokenEndpointResponse } from 'oauth4webapi';
import { z } from '../zod.ts';
import { failure, success, type Outcome } from '../channel/failure.ts';
import { isOrgUrl } from '../salesforce/orgHosts.ts';

/** Salesforce's additions to a token answer (Help, "OAuth 2.0 Web Server Flow"). There is no `expires_in`. */
const salesforceTokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  instance_url: z.url(),
  /** Identity URL; its last two segments are the organization's and the user's id. */
  id: z.string().regex(/\/[a-zA-Z0-9]{15,18}\/[a-zA-Z0-9]{15,18}$/),
  scope: z.string().optional(),
});

export interface GrantedTokens {
  accessToken: string;
  refreshToken: string | undefined;
  /** Origin that the access token may be sent to. */
  instanceUrl: string;
  organizationId: string;
  userId: string;
  scopes: string[];
}

/**
 * Reads a token answer as Salesforce gives it.
 *
 * @param requestedScopes Granted as asked when the answer names no scope (RFC 6749, 5.1).
 * @returns `ORG_MISCONFIGURED` when a member is missing or `instance_url` is neither the org itself nor a Salesforce host.
 */
export function readTokenAnswer(
  answer: TokenEndpointResponse,
  orgUrl: string,
  requestedScopes: readonly string[],
  extraOrigins: readonly string[],
): Outcome<GrantedTokens> {
  const parsed = salesforceTokenAnswer.safeParse(answer);
  if (!parsed.success) {
    const missing = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return failure('ORG_MISCONFIGURED', `The org's token answer is not Salesforce's: ${missing}.`);
  }
  const { access_token, refresh_token, instance_url, id, scope } = parsed.data;
  const instanceUrl = new URL(instance_url).origin;
  if (instanceUrl !== new URL(orgUrl).origin && !isOrgUrl(instance_url, { extraOrigins })) {
    return failure('ORG_MISCONFIGURED', 'The org named an instance URL that is not a Salesforce host.');
  }
  const [organizationId, userId] = id.split('/').slice(-2) as [string, string];
  return success({
    accessToken: access_token,
    refreshToken: refresh_token,
    instanceUrl,
    organizationId,
    userId,
    scopes: scope ? scope.split(' ') : [...requestedScopes],
  });
}
