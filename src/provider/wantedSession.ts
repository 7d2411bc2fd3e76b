import type { z } from '../zod.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { connectRequest } from '../channel/protocol.ts';
import { myDomainHint, normalizeOrgUrl } from '../salesforce/myDomain.ts';
import type { Caller } from './accessPolicy.ts';
import { defaultOrg, type OrgConfiguration, type ProviderConfiguration } from './configuration.ts';
import type { WantedSession } from './liveSession.ts';

type Orgs = Pick<ProviderConfiguration, 'orgs'>;
type SessionRequest = Pick<z.output<typeof connectRequest>, 'orgUrl' | 'consumerKey' | 'scopes' | 'ownSession'>;

/**
 * Finds the session that an app's request asks for.
 *
 * @returns `INVALID_PARAMETER` for an org or key that is not configured, `APP_NOT_ALLOWED` for scopes beyond the app's
 */
export function wantedSessionOf(configuration: Orgs, caller: Caller, request: SessionRequest): Outcome<WantedSession> {
  const org = resolveOrg(configuration, request);
  if (!org.ok) return org;
  const allowed = checkScopes(org.data, request.scopes, caller);
  if (!allowed.ok) return allowed;
  const { orgUrl, consumerKey } = org.data;
  return success({
    orgUrl,
    consumerKey,
    scopes: requestedScopes(org.data, request.scopes),
    owner: request.ownSession ? caller.app.name : '',
  });
}

/** The session of an org that all apps share. */
export function sharedSessionOf({ orgUrl, consumerKey, scopes }: OrgConfiguration): WantedSession {
  return { orgUrl, consumerKey, scopes, owner: '' };
}

function resolveOrg(
  configuration: Orgs,
  request: Pick<SessionRequest, 'orgUrl' | 'consumerKey'>,
): Outcome<OrgConfiguration> {
  if (request.orgUrl === undefined && request.consumerKey === undefined) return success(defaultOrg(configuration));
  const orgUrl =
    request.orgUrl && URL.canParse(normalizeOrgUrl(request.orgUrl))
      ? new URL(normalizeOrgUrl(request.orgUrl)).origin
      : undefined;
  if (!orgUrl) return failure('INVALID_PARAMETER', 'Invalid Salesforce URL');
  const org = configuration.orgs.find(
    (candidate) =>
      candidate.orgUrl === orgUrl && (request.consumerKey ?? candidate.consumerKey) === candidate.consumerKey,
  );
  if (org) return success(org);
  const hint = myDomainHint(orgUrl);
  if (hint) return failure('INVALID_PARAMETER', `Invalid Salesforce URL ${orgUrl}: ${hint}.`);
  const knowsOrg = configuration.orgs.some((candidate) => candidate.orgUrl === orgUrl);
  return knowsOrg
    ? failure('INVALID_PARAMETER', 'Invalid consumer key')
    : failure('INVALID_PARAMETER', `Invalid Salesforce URL: this desktop's provider is not configured for ${orgUrl}.`);
}

/**
 * Refuses scopes beyond what the configuration gives the app. The session that all apps share becomes wider by what one
 * of them asks for.
 *
 * @returns a failure that names the scopes which are too much
 */
function checkScopes(org: OrgConfiguration, scopes: readonly string[] | undefined, { app }: Caller): Outcome<null> {
  const ceiling = new Set([...org.scopes, ...app.scopes]);
  const tooMuch = requestedScopes(org, scopes).filter(
    (scope) => !ceiling.has(scope) && !alwaysAsked.has(scope) && !ceiling.has('full'),
  );
  if (tooMuch.length === 0) return success(null);
  return failure(
    'APP_NOT_ALLOWED',
    `${app.name} may not ask for the scope ${tooMuch.join(' ')}. Ask the platform team to list it under the app's scopes.`,
    { data: { scopes: tooMuch } },
  );
}

const alwaysAsked: ReadonlySet<string> = new Set(['api', 'refresh_token']);

function requestedScopes(org: OrgConfiguration, scopes: readonly string[] | undefined): string[] {
  // `@openfin/salesforce` always asks for these two besides the scopes that the app names.
  return scopes && scopes.length > 0 ? [...new Set([...alwaysAsked, ...scopes])] : org.scopes;
}
