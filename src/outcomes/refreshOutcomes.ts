import { refused, row, says, type Evidence, type OutcomeRow, type Retry } from './outcomeRow.ts';

/** Matches an OAuth error by its description, whatever its code: Salesforce uses `invalid_grant` for most of them. */
const describes =
  (words: RegExp) =>
  (evidence: Evidence): boolean =>
    'error' in evidence && words.test(evidence.description);

const kept = <const Id extends string>(
  id: Id,
  what: string,
  matches: OutcomeRow['matches'],
  sentence: string,
  retry: Retry = 'later',
): OutcomeRow<Id> => row({ id, what, matches, code: 'TEMPORARILY_UNAVAILABLE', sentence, retry, session: 'kept' });
const lost = <const Id extends string>(
  id: Id,
  what: string,
  matches: OutcomeRow['matches'],
  sentence: string,
): OutcomeRow<Id> =>
  row({ id, what, matches, code: 'SIGN_IN_REQUIRED', sentence, retry: 'afterSignIn', session: 'signInRequired' });

/**
 * Descriptions that say that a refresh token is no longer valid, at any endpoint (Salesforce Help 005316711; RFC 6749,
 * 5.2).
 */
const grantIsGone =
  /expired (?:access\/)?refresh token|token validity expired|(?:refresh )?token (?:is |was |has been )?(?:revoked|expired|invalid)|(?:invalid|unknown|revoked) refresh token|proof key does not match/i;

/**
 * An org's answers to a renewal. A session ends only where the org says, in a description known here, that the grant is
 * gone. Any other refusal, unknown ones included, may be temporary: the session is kept, and the renewal is repeated
 * after pauses that grow. If an org goes on refusing, the person is told and may sign in anew. Source: Salesforce
 * Help, "OAuth 2.0 Authorization Errors" and "OAuth 2.0 Refresh Token Flow"; forcedotcom/sfdx-core pull request 1342
 * and segmentio/action-destinations pull request 2300 for renewals in parallel.
 */
export const refreshRows = [
  kept(
    'refresh.beingProcessed',
    'Another renewal of this grant is under way at the org. It is tried again after a moment.',
    describes(/already being processed/i),
    'Salesforce is just renewing this session. It is kept and tried again by itself.',
    'now',
  ),
  kept(
    'refresh.tooMany',
    'Too many token requests or logins.',
    (evidence) =>
      says('rate_limit_exceeded')(evidence) || describes(/rate exceeded|too many|limit exceeded/i)(evidence),
    'Salesforce has seen too many sign-ins. The session is kept and tried again by itself in a while.',
  ),
  kept(
    'refresh.placeOrTime',
    'The login IP ranges or login hours do not allow it now.',
    describes(/ip restricted|ip range|login hours/i),
    "Salesforce does not allow access from this network or at this hour (the profile's Login IP Ranges and Login Hours). The session is kept and tried again by itself.",
  ),
  kept(
    'refresh.orgInactive',
    'The org is not active, or down for maintenance.',
    (evidence) =>
      says('inactive_org')(evidence) ||
      describes(/maintenance|organi[sz]ation is (?:inactive|locked|suspended)|unavailable/i)(evidence),
    'This Salesforce org is down for maintenance or not active. The session is kept and tried again by itself.',
  ),
  kept(
    'refresh.userInactive',
    'The user is frozen, inactive or locked.',
    says(['inactive_user', 'invalid_grant'], /inactive|frozen|locked/i),
    'Your Salesforce user is frozen or inactive. Ask the Salesforce administrator; the session is kept and tried again by itself.',
  ),
  kept(
    'refresh.orgFailed',
    'The org failed on the request.',
    says(['server_error', 'temporarily_unavailable', 'unknown_error']),
    'Salesforce had a problem of its own. The session is kept and tried again by itself.',
  ),
  kept(
    'refresh.proofRefused',
    'The org did not accept the DPoP proof.',
    says(['invalid_dpop_proof', 'use_dpop_nonce']),
    'Salesforce did not accept the proof that the session is bound to this desktop. Check that the clock of this machine is right; the session is kept and tried again by itself.',
  ),
  lost(
    'refresh.refused',
    'The refresh token was revoked, expired or used twice, or is bound to another key.',
    (evidence) => says('invalid_grant')(evidence) && describes(grantIsGone)(evidence),
    'Your Salesforce session has expired. Please sign in again.',
  ),
  lost(
    'refresh.appRemoved',
    'The app is not in the org any more, and its grants with it.',
    (evidence) =>
      says(['app_not_found', 'OAUTH_EC_APP_NOT_FOUND', 'invalid_client_id'])(evidence) ||
      says('invalid_client', /installed/i)(evidence),
    'The Salesforce administrator has removed this app. Ask the administrator, then sign in again.',
  ),
  kept(
    'refresh.appBlocked',
    'An administrator has blocked the app, or taken the approval of the user away.',
    says([
      'OAUTH_APP_BLOCKED',
      'OAUTH_EC_APP_BLOCKED',
      'OAUTH_AUTHORIZATION_BLOCKED',
      'OAUTH_APP_ACCESS_DENIED',
      'invalid_app_access',
      'app_not_approved',
    ]),
    'The Salesforce administrator has blocked this app, or your approval for it. Ask the administrator; the session is kept and tried again by itself.',
  ),
  kept(
    'refresh.clientRefused',
    'The app asks for a client secret, which no page can keep.',
    says(['invalid_client', 'invalid_client_credentials', 'unauthorized_client']),
    'The app in Salesforce wants a client secret. Ask the administrator to turn off "Require secret for Refresh Token Flow"; the session is kept and tried again by itself.',
  ),
  kept(
    'refresh.unknown',
    'Any other OAuth error: it does not say that the grant is gone.',
    (evidence) => 'error' in evidence,
    'Salesforce did not renew the session and does not say that it is over. It is kept and tried again by itself.',
  ),
  row({
    id: 'refresh.stillRefused',
    what: 'The org has gone on refusing for ten minutes. The session is kept and tried further; whoever does not want to wait signs in anew.',
    matches: refused('stillRefused'),
    code: 'SIGN_IN_REQUIRED',
    sentence:
      'Salesforce goes on refusing to renew your session. It is kept and tried again by itself; sign in again to go on at once.',
    retry: 'later',
    session: 'kept',
  }),
  lost(
    'refresh.notRenewable',
    'The org gave no refresh token, and the access token has ended.',
    refused('notRenewable'),
    'Your Salesforce session has expired, and the org lets it be renewed by signing in only. Please sign in again.',
  ),
  lost(
    'refresh.foreignInstance',
    'The token answer names an instance outside Salesforce. Another instance of Salesforce is where the org has moved to.',
    refused('foreignInstance'),
    'The org named an instance URL that is not a Salesforce host. The session was ended. Ask the Salesforce administrator.',
  ),
  lost(
    'refresh.otherUser',
    'The token answer is for another user than the session.',
    refused('otherUser'),
    'The org answered for another user than the one signed in. The session was ended; please sign in again.',
  ),
  lost(
    'refresh.notBound',
    'The session was bound to this desktop (DPoP), and the org answered with an unbound token.',
    refused('notBound'),
    'The org no longer binds the session to this desktop. The session was ended; please sign in again.',
  ),
  lost(
    'refresh.signedOutElsewhere',
    'The person signed out in another tab of this desktop, which forgot the grant they share.',
    refused('signedOutElsewhere'),
    'You have signed out of Salesforce elsewhere on this desktop. Please sign in again.',
  ),
  kept(
    'refresh.incomplete',
    'The token answer lacks a member.',
    refused('incomplete'),
    'The answer was not one of Salesforce. The session is kept and tried again by itself.',
  ),
].map((entry) => ({ ...entry, stages: ['refresh'] as const }));
