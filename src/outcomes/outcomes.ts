import { failure, type Failure } from './failure.ts';
import {
  answered, did, gave, refused, row, says, type Evidence, type NoAnswer, type OutcomeRow, type Retry, type SessionAfter,
} from './outcomeRow.ts';
import { refreshRows } from './refreshOutcomes.ts';
import { serverRows } from './serverOutcomes.ts';

export type { Evidence, NoAnswer, OutcomeRow, Retry, SessionAfter, Stage, WindowEvent } from './outcomeRow.ts';

const noAnswers: Record<NoAnswer, { what: string; sentence: string }> = {
  offline: { what: 'This machine is offline.', sentence: 'This machine is offline. Try again when the network is back.' },
  unreachable: {
    what: "No answer arrived, and the browser does not say why: name not found, certificate not valid, connection refused, reset or cut off, or the provider's origin is missing from the org's CORS list.",
    sentence: 'Salesforce could not be reached. Check the network connection and, where the provider is a page, that the org lists its origin under Setup > CORS.',
  },
  timedOut: { what: 'No answer in time.', sentence: 'Salesforce did not answer in time.' },
  tooManyRequests: { what: 'HTTP 429.', sentence: 'Salesforce asks to be asked less often. Try again in a few minutes.' },
  unavailable: { what: 'HTTP 5xx.', sentence: 'Salesforce is not available at the moment. Try again in a minute.' },
  redirected: { what: 'The answer led elsewhere; it was not followed.', sentence: 'Something on the network led the request away from Salesforce. It was not followed.' },
  captivePortal: { what: 'A web page came with status 200: a captive portal or proxy.', sentence: 'A page of this network answered instead of Salesforce. Open a browser, sign in to the network, and try again.' },
  maintenance: { what: 'A page of maintenance came with status 200.', sentence: 'Salesforce is down for maintenance at the moment. Try again in a while.' },
  unreadable: { what: 'The answer was empty or no JSON.', sentence: "Salesforce's answer could not be read. Try again." },
  oversize: { what: 'The answer was larger than is accepted.', sentence: 'The answer was larger than this desktop accepts. Ask for less at a time.' },
};

/** Sources: Salesforce Help, "OAuth 2.0 Authorization Errors"; OpenID Connect Core 1.0, 3.1.2.6 for the interaction errors. */
const authorizeRows = [
  row('authorize.denied', 'The person pressed Deny on the approval page.', says(['access_denied', 'access-denied']),
    'SIGN_IN_DENIED', 'Access to Salesforce was denied on the approval page. Connect again and press Allow if it is wanted.', 'onRequest'),
  row('authorize.interactionRequired', 'No page was allowed to be shown, and a person would have to log in or approve.',
    says(['immediate_unsuccessful', 'login_required', 'interaction_required', 'consent_required', 'account_selection_required']),
    'INTERACTION_REQUIRED', 'Somebody has to sign in to Salesforce first.', 'afterSignIn'),
  row('authorize.appNotInstalled', 'The app is not installed in the org.',
    (evidence) => says(['OAUTH_EC_APP_NOT_FOUND', 'app_not_found'])(evidence) || says('invalid_client', /installed/i)(evidence),
    'SIGN_IN_REFUSED', 'This app is not installed in the Salesforce org. Ask the Salesforce administrator to install it (Setup > External Client App Manager).', 'no'),
  row('authorize.appBlocked', 'An administrator has blocked the app.', says(['OAUTH_APP_BLOCKED', 'OAUTH_EC_APP_BLOCKED', 'OAUTH_AUTHORIZATION_BLOCKED']),
    'SIGN_IN_REFUSED', 'The Salesforce administrator has blocked this app. Ask for it to be unblocked (Setup > Connected Apps OAuth Usage).', 'no'),
  row('authorize.userNotApproved', 'Only users whom an administrator has approved may use the app, and this one is not.',
    says(['OAUTH_APP_ACCESS_DENIED', 'invalid_app_access', 'app_not_approved']),
    'SIGN_IN_REFUSED', 'Your Salesforce user is not approved for this app. Ask the Salesforce administrator for its permission set.', 'no'),
  row('authorize.scopeNotAllowed', 'A scope was asked for that the app may not use.', says('invalid_scope'),
    'SIGN_IN_REFUSED', 'Salesforce does not allow this app the access that was asked for. The administrator can add the OAuth scope to the app.', 'no'),
  row('authorize.userInactive', 'The user is frozen or deactivated.', says('inactive_user'),
    'SIGN_IN_REFUSED', 'Your Salesforce user is frozen or inactive. Ask the Salesforce administrator.', 'no'),
  row('authorize.orgInactive', 'The org is not active.', says('inactive_org'),
    'SIGN_IN_REFUSED', 'This Salesforce org is not active. Ask the Salesforce administrator.', 'no'),
  row('authorize.tooMany', 'Too many sign-ins in a short time.', says('rate_limit_exceeded'),
    'SIGN_IN_REFUSED', 'Salesforce has seen too many sign-ins. Wait a few minutes and try again.', 'onRequest'),
  row('authorize.orgFailed', 'The org failed on the request.', says(['server_error', 'temporarily_unavailable', 'unknown_error']),
    'SIGN_IN_REFUSED', 'Salesforce had a problem of its own while signing in. Try again in a minute.', 'onRequest'),
  row('authorize.refused', 'Any other error on the redirect.', (evidence) => 'error' in evidence,
    'SIGN_IN_REFUSED', 'Salesforce refused the sign-in. The Salesforce administrator can tell why from the error in the details.', 'no'),
  row('authorize.neitherCodeNorError', 'The redirect held neither a code nor an error.', refused('neitherCodeNorError'),
    'SIGN_IN_REFUSED', 'Salesforce came back from the sign-in without an answer. Try again.', 'onRequest'),
  row('authorize.stateMismatch', 'A redirect arrived that belongs to no sign-in in progress. It disturbs none.', refused('stateMismatch'),
    'SIGN_IN_STATE_MISMATCH', 'A sign-in answer arrived that this provider did not ask for. It was ignored.', 'no'),
].map((entry) => ({ ...entry, stages: ['authorize'] as const, session: 'none' as const }));

/** Source: Salesforce Help, "OAuth 2.0 Device Flow"; RFC 8628, 3.2 and 3.5. */
const deviceRows = [
  row('device.notEnabled', 'The app may not use the device flow.', says('unauthorized_client'),
    'SIGN_IN_REFUSED', 'Salesforce does not allow this app to sign in on another device. The Salesforce administrator can turn on "Enable Device Flow" in its settings.', 'no', 'none', ['device']),
  row('device.scopeNotAllowed', 'A scope was asked for that the app may not use.', says('invalid_scope'),
    'SIGN_IN_REFUSED', 'Salesforce does not allow this app the access that was asked for. The administrator can add the OAuth scope to the app.', 'no', 'none', ['device']),
  row('device.foreignVerification', 'The page where the code is to be entered is not the org\'s own.', refused('foreignVerification'),
    'ORG_MISCONFIGURED', 'The org named a page outside itself for entering the code. Nobody was sent there.', 'no', 'none', ['device']),
  row('poll.pending', 'Nobody has entered the code and decided yet.', says('authorization_pending'),
    'INTERACTION_REQUIRED', 'Somebody has to enter the code and press Allow first.', 'later', 'none', ['poll']),
  row('poll.slowDown', 'The org is asked too often: five seconds are added to the pause, for good.', says('slow_down'),
    'INTERACTION_REQUIRED', 'Salesforce asks to be asked less often.', 'later', 'none', ['poll']),
  row('poll.orgFailed', 'The org failed on the request, or has seen too many. The code is still good.',
    says(['server_error', 'temporarily_unavailable', 'unknown_error', 'rate_limit_exceeded']),
    'TOKEN_EXCHANGE_FAILED', 'Salesforce had a problem of its own while signing in. Try again in a minute.', 'later', 'none', ['poll']),
];

/** What else comes of an exchange has rows of its own there, as no person takes part: `serverOutcomes.ts`. */
const onServerToo: ReadonlySet<string> = new Set(['redeem.proofRefused', 'redeem.incomplete', 'redeem.foreignInstance', 'redeem.notBound']);

/** Source: Salesforce Help, "OAuth 2.0 Authorization Errors" and "OAuth 2.0 DPoP Guide"; RFC 6749, 5.2; RFC 8628, 3.5. */
const redeemRows = [
  row('redeem.userInactive', 'The user is frozen, inactive or locked.', says(['inactive_user', 'invalid_grant'], /inactive|frozen|locked/i),
    'TOKEN_EXCHANGE_FAILED', 'Your Salesforce user is frozen or inactive. Ask the Salesforce administrator.', 'no'),
  row('redeem.placeOrTime', 'The login IP ranges or login hours of the user do not allow it.', says('invalid_grant', /ip restricted|login hours|authentication failure/i),
    'TOKEN_EXCHANGE_FAILED', "Salesforce does not allow signing in from this network or at this hour (the profile's Login IP Ranges and Login Hours).", 'onRequest'),
  row('redeem.userNotApproved', 'The user has not approved the app, or no administrator has for them.',
    (evidence) => says(['invalid_app_access', 'app_not_approved'])(evidence) || says('invalid_grant', /approved|run as|credentials user/i)(evidence),
    'TOKEN_EXCHANGE_FAILED', 'The Salesforce user is not approved for this app. The administrator can pre-authorize it in the app\'s policies.', 'no'),
  row('redeem.appNotInstalled', 'The app is not installed in the org, or is unknown there.', says(['app_not_found', 'invalid_client_id']),
    'TOKEN_EXCHANGE_FAILED', 'The Salesforce org does not know this app. Check the consumer key, and that the app is installed there.', 'no'),
  row('redeem.appBlocked', 'An administrator has blocked the app.', says(['OAUTH_APP_BLOCKED', 'OAUTH_EC_APP_BLOCKED', 'OAUTH_AUTHORIZATION_BLOCKED']),
    'TOKEN_EXCHANGE_FAILED', 'The Salesforce administrator has blocked this app. Ask for it to be unblocked (Setup > Connected Apps OAuth Usage).', 'no'),
  row('redeem.secretWanted', 'The app asks for a client secret, which no page can keep.', says(['invalid_client', 'invalid_client_credentials', 'unauthorized_client']),
    'TOKEN_EXCHANGE_FAILED', 'The app in Salesforce wants a client secret. Turn off "Require secret for Web Server Flow" and "… for Refresh Token Flow" in its settings.', 'no'),
  row('redeem.redirectMismatch', 'The redirect URL is not registered as it is.', says('redirect_uri_mismatch'),
    'TOKEN_EXCHANGE_FAILED', "The redirect URL of this provider is not among the app's callback URLs, letter by letter.", 'no'),
  row('redeem.proofRefused', 'The org did not accept the DPoP proof.', says(['invalid_dpop_proof', 'use_dpop_nonce']),
    'TOKEN_EXCHANGE_FAILED', 'Salesforce did not accept the proof that tokens are bound to this desktop. Check that the clock of this machine is right, then try again.', 'onRequest'),
  row('redeem.tooMany', 'Too many sign-ins in a short time.', says('rate_limit_exceeded'),
    'TOKEN_EXCHANGE_FAILED', 'Salesforce has seen too many sign-ins. Wait a few minutes and try again.', 'onRequest'),
  row('redeem.deviceDenied', 'Device flow: the person pressed Deny.', says('access_denied'),
    'SIGN_IN_DENIED', 'Access to Salesforce was denied on the approval page. Connect again and press Allow if it is wanted.', 'onRequest'),
  row('redeem.deviceExpired', 'Device flow: nobody entered the code in time.', (evidence) => says('expired_token')(evidence) || refused('deviceCodeOver')(evidence),
    'SIGN_IN_TIMED_OUT', 'The code was not entered in time. Connect again for a new one.', 'onRequest'),
  row('redeem.codeRefused', 'The code, device code or assertion was refused: used, expired, or not from this sign-in.', says('invalid_grant'),
    'TOKEN_EXCHANGE_FAILED', 'Salesforce did not accept this sign-in any more. Please connect again.', 'onRequest'),
  row('redeem.refused', 'Any other OAuth error.', (evidence) => 'error' in evidence,
    'TOKEN_EXCHANGE_FAILED', 'Salesforce refused to issue tokens for this sign-in. The error in the details says what it objects to.', 'onRequest'),
  row('redeem.incomplete', 'The token answer lacks a member, or a member is not what Salesforce gives.', refused('incomplete'),
    'ORG_MISCONFIGURED', "The org's token answer is not one of Salesforce.", 'no'),
  row('redeem.foreignInstance', 'The token answer names an instance or identity URL outside Salesforce.', refused('foreignInstance'),
    'ORG_MISCONFIGURED', 'The org named an instance or identity URL that is not a Salesforce host.', 'no'),
  row('redeem.notBound', 'DPoP is required here, and the org issued an unbound token or lets no page send a proof.', refused('notBound'),
    'ORG_MISCONFIGURED', 'Tokens bound to this desktop (DPoP) are required here, and the org does not issue them to this page. Set DPoP for the app in Salesforce, and allow the DPoP header in its CORS settings.', 'no'),
  row('redeem.identity', 'The org would not say who signed in.', refused('identity'),
    'ORG_MISCONFIGURED', 'The org did not tell who is signed in.', 'onRequest'),
].map((entry) => ({ ...entry, stages: onServerToo.has(entry.id) ? (['code', 'device', 'poll', 'server'] as const) : (['code', 'device', 'poll'] as const), session: 'none' as const }));

const revokeRows = [
  row('revoke.gone', 'The org no longer knows the token: it is as good as revoked.', says(['invalid_token', 'unsupported_token_type', 'invalid_grant']),
    'REQUEST_FAILED', 'Salesforce no longer knows this token.', 'no', 'ended', ['revoke']),
  row('revoke.refused', 'Any other OAuth error: the tokens are forgotten here, and sent again later.', (evidence) => 'error' in evidence,
    'REQUEST_FAILED', 'Salesforce did not revoke the session. It is tried again.', 'later', 'ended', ['revoke']),
];

/** Source: REST API Developer Guide, "Status Codes and Error Responses"; message and data stay Salesforce's own. */
const requestRows = [
  row('request.sessionExpired', 'The access token has expired or was revoked. It is renewed once and the request repeated once.',
    (evidence) => says(['INVALID_SESSION_ID', 'Bad_OAuth_Token'])(evidence) && !says('INVALID_SESSION_ID', /not valid for use with the REST API/i)(evidence),
    'REQUEST_FAILED', "Salesforce's own message.", 'now'),
  row('request.instanceMoved', 'The org is at another instance now. A renewal tells which, and the request is repeated there once.', says('URL_NOT_RESET'),
    'REQUEST_FAILED', 'This Salesforce org has moved, and does not tell this desktop where. Ask the Salesforce administrator whether its My Domain has changed.', 'now'),
  row('request.notForApi', 'The session may not use the REST API at all: the scope api is missing.', says('INVALID_SESSION_ID'),
    'REQUEST_FAILED', "Salesforce's own message.", 'no'),
  row('request.placeOrTime', 'The session is locked to another network, or this one is not allowed.', (evidence) => says(['INVALID_LOGIN', 'LOGIN_MUST_USE_SECURITY_TOKEN', 'IP_RESTRICTED', 'INSUFFICIENT_ACCESS'], /ip|network|hours/i)(evidence),
    'REQUEST_FAILED', "Salesforce's own message.", 'onRequest'),
  row('request.apiDisabled', 'The org or the user has no API access.', says(['API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED']),
    'REQUEST_FAILED', "Salesforce's own message.", 'no'),
  row('request.userInactive', 'The user was frozen or deactivated.', says(['INACTIVE_USER', 'USER_FROZEN', 'inactive_user']),
    'REQUEST_FAILED', "Salesforce's own message.", 'no'),
  row('request.limitExceeded', "The org's or user's API requests are used up.",
    says(['REQUEST_LIMIT_EXCEEDED', 'TXN_SECURITY_METERING_ERROR']),
    'REQUEST_FAILED', "Salesforce's own message.", 'onRequest'),
  row('request.nonceMissing', 'The org wants a nonce in the DPoP proof and gives none that it accepts.', says('use_dpop_nonce'),
    'REQUEST_FAILED', 'Salesforce and this desktop cannot agree on a proof that the session is bound to it. Try again.', 'onRequest'),
  row('request.proofRefused', 'The org did not accept the DPoP proof of the request. The session is renewed, which also tells the time of the org, and the request repeated once.', says('invalid_dpop_proof'),
    'REQUEST_FAILED', 'Salesforce did not accept the proof that the session is bound to this desktop. Check that the clock of this machine is right.', 'now'),
  row('request.tooManyRequests', 'HTTP 429 without an error of Salesforce, from what stands before it.', answered((status) => status === 429),
    'REQUEST_FAILED', noAnswers.tooManyRequests.sentence, 'onRequest'),
  row('request.unavailable', 'HTTP 5xx without an error of Salesforce, from what stands before it.', answered((status) => status >= 500),
    'REQUEST_FAILED', noAnswers.unavailable.sentence, 'nowIfRead'),
  row('request.busy', 'The org itself says that it is not available.', says('SERVER_UNAVAILABLE'),
    'REQUEST_FAILED', "Salesforce's own message.", 'nowIfRead'),
  row('request.refused', 'Any other error status.', (evidence) => 'error' in evidence,
    'REQUEST_FAILED', "Salesforce's own message.", 'onRequest'),
  row('request.endpointNotAllowed', "The endpoint leads off the session's instance, or is not one that apps may request.", refused('endpointNotAllowed'),
    'ENDPOINT_NOT_ALLOWED', 'This endpoint cannot be requested.', 'no'),
  row('request.urlTooLong', 'The URL is longer than the org takes, and the request no query that could go as a body instead. Nothing was sent.', refused('urlTooLong'),
    'INVALID_PARAMETER', 'The address of this request is longer than Salesforce takes (16,384 bytes with its headers). Ask for less at a time, or send what makes it long as a body, e.g. by composite or composite/sobjects.', 'no'),
  row('request.versionMissing', 'The org does not serve the version of the REST API that was asked for. It is asked which it has once.', refused('versionMissing'),
    'REQUEST_FAILED', 'This org does not have the version of the REST API that was asked for. The platform team can set apiVersion of the provider to one that it has.', 'no'),
  row('request.tooDeep', 'The answer has more levels of arrays and objects than can be handed on.', refused('tooDeep'),
    'REQUEST_FAILED', "Salesforce's answer is nested more deeply than this desktop can hand on.", 'no'),
  row('session.cancelled', 'The caller gave up.', gave('cancelled'), 'REQUEST_CANCELLED', 'The request was cancelled.', 'no'),
].map((entry) => ({ ...entry, stages: ['request'] as const, session: 'kept' as const }));

const windowRows = [
  row('window.closed', 'The person closed the window.', did('closed'),
    'SIGN_IN_WINDOW_CLOSED', 'The Salesforce sign-in window was closed before signing in. Connect again when you are ready.', 'onRequest'),
  row('window.cancelled', 'The person pressed Cancel, or every app that waited gave up.', did('cancelled'),
    'SIGN_IN_CANCELLED', 'The sign-in to Salesforce was cancelled. Connect again when you are ready.', 'onRequest'),
  row('window.timedOut', 'Nobody finished signing in within signInTimeoutMs.', did('timedOut'),
    'SIGN_IN_TIMED_OUT', 'Signing in to Salesforce took too long. Please try again.', 'onRequest'),
  row('window.unattended', 'A window that nobody sees got no further than a page that waits for a person.', did('unattended'),
    'INTERACTION_REQUIRED', 'Salesforce did not sign in without a person.', 'afterSignIn'),
  row('window.navigatedAway', 'The window was led to a page that is neither the org nor a configured identity provider.', did('navigatedAway'),
    'SIGN_IN_BLOCKED', 'The sign-in was stopped, as it led to a page outside Salesforce and the identity providers configured for it.', 'no'),
  row('window.certificate', 'The certificate of a page was not valid.', did('certificate'),
    'SIGN_IN_BLOCKED', 'The sign-in was stopped, as a page could not prove whose it is (certificate error). Do not enter your password there; tell your IT department.', 'no'),
  row('window.crashed', 'The page crashed.', did('crashed'),
    'SIGN_IN_WINDOW_CLOSED', 'The Salesforce sign-in page crashed. Please try again.', 'onRequest'),
  row('window.couldNotOpen', 'The host could not open the window, or its first page could not be reached.', did('couldNotOpen'),
    'INTERNAL', 'The Salesforce sign-in page could not be opened. Check the network connection and try again.', 'onRequest'),
  row('window.noPlatformPage', 'HERE Core Web: no platform page is there to open a window.', did('noPlatformPage'),
    'INTERACTION_REQUIRED', 'Signing in to Salesforce needs the platform page, and none is connected. Open it and try again.', 'onRequest'),
].map((entry) => ({ ...entry, stages: ['window'] as const, session: 'none' as const }));

type NoAnswerRowId = `${'discovery' | 'redeem' | 'poll' | 'session' | 'revoke'}.${NoAnswer}`;

/** Each way to get no answer: before a sign-in, while redeeming, within a session, and at its end. */
const noAnswerRows: OutcomeRow<NoAnswerRowId>[] = (Object.keys(noAnswers) as NoAnswer[]).flatMap((noAnswer) => {
  const { what, sentence } = noAnswers[noAnswer];
  const again = noAnswer === 'oversize' ? ('no' as const) : ('onRequest' as const);
  const inSession = noAnswer === 'timedOut' ? ('REQUEST_TIMED_OUT' as const) : ('NETWORK_FAILED' as const);
  return [
    row(`discovery.${noAnswer}`, what, gave(noAnswer), 'ORG_UNREACHABLE', sentence, again, 'none', ['discovery']),
    row(`redeem.${noAnswer}`, what, gave(noAnswer), 'TOKEN_EXCHANGE_FAILED', `${sentence} Then connect again.`, again, 'none', ['code', 'device']),
    // The code may have been entered meanwhile, on a device whose network is better.
    row(`poll.${noAnswer}`, what, gave(noAnswer), 'TOKEN_EXCHANGE_FAILED', `${sentence} Then connect again.`, 'later', 'none', ['poll']),
    row(`session.${noAnswer}`, what, gave(noAnswer), inSession, sentence, noAnswer === 'maintenance' ? 'nowIfRead' : again, 'kept', ['server', 'refresh', 'request']),
    row(`revoke.${noAnswer}`, `${what} The tokens are forgotten here, and sent again later.`, gave(noAnswer), inSession, sentence, 'later', 'ended', ['revoke']),
  ];
});

const discoveryRows = [
  row('discovery.notAnOrg', 'The address answers, but not as a Salesforce org: no OpenID configuration for it.', (evidence) => 'error' in evidence || refused('incomplete')(evidence),
    'ORG_MISCONFIGURED', "This address does not answer as a Salesforce org. Use the org's My Domain URL (Setup > My Domain).", 'no', 'none', ['discovery']),
  row('discovery.foreignEndpoints', 'The org names OAuth endpoints on another host (RFC 9700, 4.4).', refused('foreignEndpoints'),
    'ORG_MISCONFIGURED', 'The org names OAuth endpoints on another host. Nobody was sent there.', 'no', 'none', ['discovery']),
];

/** Everything that can come of talking to an org, first match first. `docs/outcomes.md` is generated from it. */
const table = [
  ...discoveryRows, ...authorizeRows, ...deviceRows, ...serverRows, ...redeemRows, ...refreshRows, ...revokeRows, ...requestRows, ...windowRows, ...noAnswerRows,
];

export type RowId = (typeof table)[number]['id'];
export const outcomes: readonly OutcomeRow<RowId>[] = table;

/** The row that fits. There is one for all evidence that the types allow at its stage; else a defect is reported as such. */
export function decide(evidence: Evidence): OutcomeRow {
  return outcomes.find((candidate) => candidate.stages.includes(evidence.stage) && candidate.matches(evidence)) ?? defect;
}

const defect = row('defect', 'Nothing above.', () => true, 'INTERNAL', 'The Salesforce provider met something it does not know.', 'no', 'kept', []);

/** The failure that a row stands for, with what the org said as data. The sentence may be replaced by Salesforce's own. */
export function outcomeFailure(evidence: Evidence, details: Pick<Failure, 'data' | 'status'> & { message?: string } = {}): { ok: false; error: Failure } {
  const { code, sentence, id } = decide(evidence);
  const { message = sentence, ...rest } = details;
  return failure(code, message, { reason: id, ...said(evidence), ...rest });
}

function said(evidence: Evidence): Pick<Failure, 'data' | 'status'> {
  const status = 'status' in evidence && evidence.status !== undefined ? { status: evidence.status } : {};
  const { error, description, retryAfterMs } = evidence as Partial<Extract<Evidence, { error: string }>>;
  // Of a request the data is Salesforce's own.
  const data = evidence.stage === 'request' ? {} : { ...(error !== undefined && { error }), ...(description && { error_description: description }), ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return { ...status, ...(Object.keys(data).length > 0 && { data }) };
}

/** What a failure leaves of the session, by its row; failures of another kind leave it as it was. */
export function sessionAfter({ reason }: Failure): SessionAfter {
  return outcomes.find(({ id }) => id === reason)?.session ?? 'kept';
}

/** Whether asking again helps, by the failure's row. */
export function retryOf({ reason }: Failure): Retry {
  return outcomes.find(({ id }) => id === reason)?.retry ?? 'no';
}
