import type { TokenEndpointResponse } from 'oauth4webapi';
import { z } from '../zod.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure, type Stage } from '../outcomes/outcomes.ts';
import { isOrgUrl, judgeOrgUrl } from '../salesforce/orgHosts.ts';
import type { ProofKey } from './proofKey.ts';

/** Salesforce's additions to a token answer (Help, "OAuth 2.0 Web Server Flow"). There is no `expires_in`. */
const salesforceTokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  /** In lower case, to which the OAuth library converts it. */
  token_type: z.enum(['bearer', 'dpop']),
  instance_url: z.url(),
  /** Identity URL; its last two segments are the organization's and the user's id. */
  id: z.url().regex(/\/id\/[a-zA-Z0-9]{15,18}\/[a-zA-Z0-9]{15,18}$/),
  scope: z.string().optional(),
  issued_at: z.string().optional(),
});

export interface GrantedTokens {
  accessToken: string;
  refreshToken: string | undefined;
  /** The key that the tokens are bound to; undefined for bearer tokens. */
  proofKey: ProofKey | undefined;
  /** Origin that the access token may be sent to. */
  instanceUrl: string;
  organizationId: string;
  userId: string;
  scopes: string[];
  issuedAt: string | undefined;
}

export interface TokenAnswerContext {
  stage: Stage;
  orgUrl: string;
  /** The scopes that were asked for. They are those granted where the answer names none (RFC 6749, 5.1). */
  requestedScopes: readonly string[];
  extraOrigins: readonly string[];
  proofKey: ProofKey | undefined;
  /** Whether unbound tokens must be refused. */
  bindingRequired: boolean;
}

/**
 * Reads a token answer in Salesforce's form. Refuses a missing member, an instance or identity URL that is neither of
 * the org nor of a Salesforce host, and an unbound token where a bound one is required.
 */
export function readTokenAnswer(answer: TokenEndpointResponse, context: TokenAnswerContext): Outcome<GrantedTokens> {
  const { stage, orgUrl, requestedScopes, extraOrigins, proofKey, bindingRequired } = context;
  const parsed = salesforceTokenAnswer.safeParse(answer);
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
    return outcomeFailure({ stage, refused: 'incomplete' }, { data: { members: paths } });
  }
  const { access_token, refresh_token, token_type, instance_url, id, scope, issued_at } = parsed.data;
  const instanceUrl = new URL(instance_url).origin;
  const isOrg = (url: string): boolean =>
    new URL(url).origin === new URL(orgUrl).origin || isOrgUrl(url, { extraOrigins });
  // The host of Salesforce's identity URL is the shared login host.
  const isIdentity = isOrg(id) || judgeOrgUrl(id).kind === 'loginHost';
  if (!isOrg(instance_url) || !isIdentity) return outcomeFailure({ stage, refused: 'foreignInstance' });
  const bound = token_type === 'dpop';
  if (bound ? !proofKey : bindingRequired) return outcomeFailure({ stage, refused: 'notBound' });
  const [organizationId, userId] = id.split('/').slice(-2) as [string, string];
  return success({
    accessToken: access_token,
    refreshToken: refresh_token,
    proofKey: bound ? proofKey : undefined,
    instanceUrl,
    organizationId,
    userId,
    scopes: scope ? scope.split(' ') : [...requestedScopes],
    issuedAt: issued_at,
  });
}
