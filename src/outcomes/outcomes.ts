import { failure, type Failure } from './failure.ts';
import {
  answered,
  did,
  gave,
  refused,
  row,
  says,
  type Evidence,
  type NoAnswer,
  type OutcomeRow,
  type Retry,
  type SessionAfter,
} from './outcomeRow.ts';
import { refreshRows } from './refreshOutcomes.ts';
import { serverRows } from './serverOutcomes.ts';

export type { Evidence, NoAnswer, OutcomeRow, Retry, SessionAfter, Stage, WindowEvent } from './outcomeRow.ts';

const noAnswers: Record<NoAnswer, { what: string; sentence: string }> = {
  offline: {
    what: 'This machine is offline.',
    sentence: 'This machine is offline. Try again when the network is back.',
  },
  unreachable: {
    what: "No answer arrived, and the browser does not say why: name not found, certificate not valid, connection refused, reset or cut off, or the provider's origin is missing from the org's CORS list.",
    sentence:
      'Salesforce could not be reached. Check the network connection and, where the provider is a page, that the org lists its origin under Setup > CORS.',
  },
  timedOut: { what: 'No answer in time.', sentence: 'Salesforce did not answer in time.' },
  tooManyRequests: {
    what: 'HTTP 429.',
    sentence: 'Salesforce asks to be asked less often. Try again in a few minutes.',
  },
  unavailable: { what: 'HTTP 5xx.', sentence: 'Salesforce is not available at the moment. Try again in a minute.' },
  redirected: {
    what: 'The answer led elsewhere; it was not followed.',
    sentence: 'Something on the network led the request away from Salesforce. It was not followed.',
  },
  captivePortal: {
    what: 'A web page came with status 200: a captive portal or proxy.',
    sentence:
      'A page of this network answered instead of Salesforce. Open a browser, sign in to the network, and try again.',
  },
  maintenance: {
    what: 'A page of maintenance came with status 200.',
    sentence: 'Salesforce is down for maintenance at the moment. Try again in a while.',
  },
  unreadable: {
    what: 'The answer was empty or no JSON.',
    sentence: "Salesforce's answer could not be read. Try again.",
  },
  oversize: {
    what: 'The answer was larger than is accepted.',
    sentence: 'The answer was larger than this desktop accepts. Ask for less at a time.',
  },
};

/**
 * Sources: Salesforce Help, "OAuth 2.0 Authorization Errors"; OpenID Connect Core 1.0, 3.1.2.6 for the interaction
 * errors.
 */
const authorizeRows = [
  row({
    id: 'authorize.denied',
    what: 'The person pressed Deny on the approval page.',
    matches: says(['access_denied', 'access-denied']),
    code: 'SIGN_IN_DENIED',
    sentence: 'Access to Salesforce was denied on the approval page. Connect again and press Allow if it is wanted.',
    retry: 'onRequest',
  }),
  row({
    id: 'authorize.interactionRequired',
    what: 'No page was allowed to be shown, and a person would have to log in or approve.',
    matches: says([
      'immediate_unsuccessful',
      'login_required',
      'interaction_required',
      'consent_required',
      'account_selection_required',
    ]),
    code: 'INTERACTION_REQUIRED',
    sentence: 'Somebody has to sign in to Salesforce first.',
    retry: 'afterSignIn',
  }),
  row({
    id: 'authorize.appNotInstalled',
    what: 'The app is not installed in the org.',
    matches: (evidence) =>
      says(['OAUTH_EC_APP_NOT_FOUND', 'app_not_found'])(evidence) || says('invalid_client', /installed/i)(evidence),
    code: 'SIGN_IN_REFUSED',
    sentence:
      'This app is not installed in the Salesforce org. Ask the Salesforce administrator to install it (Setup > External Client App Manager).',
    retry: 'no',
  }),
  row({
    id: 'authorize.appBlocked',
    what: 'An administrator has blocked the app.',
    matches: says(['OAUTH_APP_BLOCKED', 'OAUTH_EC_APP_BLOCKED', 'OAUTH_AUTHORIZATION_BLOCKED']),
    code: 'SIGN_IN_REFUSED',
    sentence:
      'The Salesforce administrator has blocked this app. Ask for it to be unblocked (Setup > Connected Apps OAuth Usage).',
    retry: 'no',
  }),
  row({
    id: 'authorize.userNotApproved',
    what: 'Only users whom an administrator has approved may use the app, and this one is not.',
    matches: says(['OAUTH_APP_ACCESS_DENIED', 'invalid_app_access', 'app_not_approved']),
    code: 'SIGN_IN_REFUSED',
    sentence:
      'Your Salesforce user is not approved for this app. Ask the Salesforce administrator for its permission set.',
    retry: 'no',
  }),
  row({
    id: 'authorize.scopeNotAllowed',
    what: 'A scope was asked for that the app may not use.',
    matches: says('invalid_scope'),
    code: 'SIGN_IN_REFUSED',
    sentence:
      'Salesforce does not allow this app the access that was asked for. The administrator can add the OAuth scope to the app.',
    retry: 'no',
  }),
  row({
    id: 'authorize.userInactive',
    what: 'The user is frozen or deactivated.',
    matches: says('inactive_user'),
    code: 'SIGN_IN_REFUSED',
    sentence: 'Your Salesforce user is frozen or inactive. Ask the Salesforce administrator.',
    retry: 'no',
  }),
  row({
    id: 'authorize.orgInactive',
    what: 'The org is not active.',
    matches: says('inactive_org'),
    code: 'SIGN_IN_REFUSED',
    sentence: 'This Salesforce org is not active. Ask the Salesforce administrator.',
    retry: 'no',
  }),
  row({
    id: 'authorize.tooMany',
    what: 'Too many sign-ins in a short time.',
    matches: says('rate_limit_exceeded'),
    code: 'SIGN_IN_REFUSED',
    sentence: 'Salesforce has seen too many sign-ins. Wait a few minutes and try again.',
    retry: 'onRequest',
  }),
  row({
    id: 'authorize.orgFailed',
    what: 'The org failed on the request.',
    matches: says(['server_error', 'temporarily_unavailable', 'unknown_error']),
    code: 'SIGN_IN_REFUSED',
    sentence: 'Salesforce had a problem of its own while signing in. Try again in a minute.',
    retry: 'onRequest',
  }),
  row({
    id: 'authorize.refused',
    what: 'Any other error on the redirect.',
    matches: (evidence) => 'error' in evidence,
    code: 'SIGN_IN_REFUSED',
    sentence:
      'Salesforce refused the sign-in. The Salesforce administrator can tell why from the error in the details.',
    retry: 'no',
  }),
  row({
    id: 'authorize.neitherCodeNorError',
    what: 'The redirect held neither a code nor an error.',
    matches: refused('neitherCodeNorError'),
    code: 'SIGN_IN_REFUSED',
    sentence: 'Salesforce came back from the sign-in without an answer. Try again.',
    retry: 'onRequest',
  }),
  row({
    id: 'authorize.stateMismatch',
    what: 'A redirect arrived that belongs to no sign-in in progress. It disturbs none.',
    matches: refused('stateMismatch'),
    code: 'SIGN_IN_STATE_MISMATCH',
    sentence: 'A sign-in answer arrived that this provider did not ask for. It was ignored.',
    retry: 'no',
  }),
].map((entry) => ({ ...entry, stages: ['authorize'] as const, session: 'none' as const }));

/** Source: Salesforce Help, "OAuth 2.0 Device Flow"; RFC 8628, 3.2 and 3.5. */
const deviceRows = [
  row({
    id: 'device.notEnabled',
    what: 'The app may not use the device flow.',
    matches: says('unauthorized_client'),
    code: 'SIGN_IN_REFUSED',
    sentence:
      'Salesforce does not allow this app to sign in on another device. The Salesforce administrator can turn on "Enable Device Flow" in its settings.',
    retry: 'no',
    session: 'none',
    stages: ['device'],
  }),
  row({
    id: 'device.scopeNotAllowed',
    what: 'A scope was asked for that the app may not use.',
    matches: says('invalid_scope'),
    code: 'SIGN_IN_REFUSED',
    sentence:
      'Salesforce does not allow this app the access that was asked for. The administrator can add the OAuth scope to the app.',
    retry: 'no',
    session: 'none',
    stages: ['device'],
  }),
  row({
    id: 'device.foreignVerification',
    what: "The page where the code is to be entered is not the org's own.",
    matches: refused('foreignVerification'),
    code: 'ORG_MISCONFIGURED',
    sentence: 'The org named a page outside itself for entering the code. Nobody was sent there.',
    retry: 'no',
    session: 'none',
    stages: ['device'],
  }),
  row({
    id: 'poll.pending',
    what: 'Nobody has entered the code and decided yet.',
    matches: says('authorization_pending'),
    code: 'INTERACTION_REQUIRED',
    sentence: 'Somebody has to enter the code and press Allow first.',
    retry: 'later',
    session: 'none',
    stages: ['poll'],
  }),
  row({
    id: 'poll.slowDown',
    what: 'The org is asked too often: five seconds are added to the pause, for good.',
    matches: says('slow_down'),
    code: 'INTERACTION_REQUIRED',
    sentence: 'Salesforce asks to be asked less often.',
    retry: 'later',
    session: 'none',
    stages: ['poll'],
  }),
  row({
    id: 'poll.orgFailed',
    what: 'The org failed on the request, or has seen too many. The code is still good.',
    matches: says(['server_error', 'temporarily_unavailable', 'unknown_error', 'rate_limit_exceeded']),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: 'Salesforce had a problem of its own while signing in. Try again in a minute.',
    retry: 'later',
    session: 'none',
    stages: ['poll'],
  }),
];

/**
 * Rows that apply to a server's flows too. The others assume a person; `serverOutcomes.ts` has rows of its own for
 * them.
 */
const onServerToo: ReadonlySet<string> = new Set([
  'redeem.proofRefused',
  'redeem.incomplete',
  'redeem.foreignInstance',
  'redeem.notBound',
]);

/**
 * Source: Salesforce Help, "OAuth 2.0 Authorization Errors" and "OAuth 2.0 DPoP Guide"; RFC 6749, 5.2; RFC 8628, 3.5.
 */
const redeemRows = [
  row({
    id: 'redeem.userInactive',
    what: 'The user is frozen, inactive or locked.',
    matches: says(['inactive_user', 'invalid_grant'], /inactive|frozen|locked/i),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: 'Your Salesforce user is frozen or inactive. Ask the Salesforce administrator.',
    retry: 'no',
  }),
  row({
    id: 'redeem.placeOrTime',
    what: 'The login IP ranges or login hours of the user do not allow it.',
    matches: says('invalid_grant', /ip restricted|login hours|authentication failure/i),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      "Salesforce does not allow signing in from this network or at this hour (the profile's Login IP Ranges and Login Hours).",
    retry: 'onRequest',
  }),
  row({
    id: 'redeem.userNotApproved',
    what: 'The user has not approved the app, or no administrator has for them.',
    matches: (evidence) =>
      says(['invalid_app_access', 'app_not_approved'])(evidence) ||
      says('invalid_grant', /approved|run as|credentials user/i)(evidence),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      "The Salesforce user is not approved for this app. The administrator can pre-authorize it in the app's policies.",
    retry: 'no',
  }),
  row({
    id: 'redeem.appNotInstalled',
    what: 'The app is not installed in the org, or is unknown there.',
    matches: says(['app_not_found', 'invalid_client_id']),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: 'The Salesforce org does not know this app. Check the consumer key, and that the app is installed there.',
    retry: 'no',
  }),
  row({
    id: 'redeem.appBlocked',
    what: 'An administrator has blocked the app.',
    matches: says(['OAUTH_APP_BLOCKED', 'OAUTH_EC_APP_BLOCKED', 'OAUTH_AUTHORIZATION_BLOCKED']),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'The Salesforce administrator has blocked this app. Ask for it to be unblocked (Setup > Connected Apps OAuth Usage).',
    retry: 'no',
  }),
  row({
    id: 'redeem.secretWanted',
    what: 'The app asks for a client secret, which no page can keep.',
    matches: says(['invalid_client', 'invalid_client_credentials', 'unauthorized_client']),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'The app in Salesforce wants a client secret. Turn off "Require secret for Web Server Flow" and "… for Refresh Token Flow" in its settings.',
    retry: 'no',
  }),
  row({
    id: 'redeem.redirectMismatch',
    what: 'The redirect URL is not registered as it is.',
    matches: says('redirect_uri_mismatch'),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: "The redirect URL of this provider is not among the app's callback URLs, letter by letter.",
    retry: 'no',
  }),
  row({
    id: 'redeem.proofRefused',
    what: 'The org did not accept the DPoP proof.',
    matches: says(['invalid_dpop_proof', 'use_dpop_nonce']),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'Salesforce did not accept the proof that tokens are bound to this desktop. Check that the clock of this machine is right, then try again.',
    retry: 'onRequest',
  }),
  row({
    id: 'redeem.tooMany',
    what: 'Too many sign-ins in a short time.',
    matches: says('rate_limit_exceeded'),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: 'Salesforce has seen too many sign-ins. Wait a few minutes and try again.',
    retry: 'onRequest',
  }),
  row({
    id: 'redeem.deviceDenied',
    what: 'Device flow: the person pressed Deny.',
    matches: says('access_denied'),
    code: 'SIGN_IN_DENIED',
    sentence: 'Access to Salesforce was denied on the approval page. Connect again and press Allow if it is wanted.',
    retry: 'onRequest',
  }),
  row({
    id: 'redeem.deviceExpired',
    what: 'Device flow: nobody entered the code in time.',
    matches: (evidence) => says('expired_token')(evidence) || refused('deviceCodeOver')(evidence),
    code: 'SIGN_IN_TIMED_OUT',
    sentence: 'The code was not entered in time. Connect again for a new one.',
    retry: 'onRequest',
  }),
  row({
    id: 'redeem.codeRefused',
    what: 'The code, device code or assertion was refused: used, expired, or not from this sign-in.',
    matches: says('invalid_grant'),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: 'Salesforce did not accept this sign-in any more. Please connect again.',
    retry: 'onRequest',
  }),
  row({
    id: 'redeem.refused',
    what: 'Any other OAuth error.',
    matches: (evidence) => 'error' in evidence,
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: 'Salesforce refused to issue tokens for this sign-in. The error in the details says what it objects to.',
    retry: 'onRequest',
  }),
  row({
    id: 'redeem.incomplete',
    what: 'The token answer lacks a member, or a member is not what Salesforce gives.',
    matches: refused('incomplete'),
    code: 'ORG_MISCONFIGURED',
    sentence: "The org's token answer is not one of Salesforce.",
    retry: 'no',
  }),
  row({
    id: 'redeem.foreignInstance',
    what: 'The token answer names an instance or identity URL outside Salesforce.',
    matches: refused('foreignInstance'),
    code: 'ORG_MISCONFIGURED',
    sentence: 'The org named an instance or identity URL that is not a Salesforce host.',
    retry: 'no',
  }),
  row({
    id: 'redeem.notBound',
    what: 'DPoP is required here, and the org issued an unbound token or lets no page send a proof.',
    matches: refused('notBound'),
    code: 'ORG_MISCONFIGURED',
    sentence:
      'Tokens bound to this desktop (DPoP) are required here, and the org does not issue them to this page. Set DPoP for the app in Salesforce, and allow the DPoP header in its CORS settings.',
    retry: 'no',
  }),
  row({
    id: 'redeem.identity',
    what: 'The org would not say who signed in.',
    matches: refused('identity'),
    code: 'ORG_MISCONFIGURED',
    sentence: 'The org did not tell who is signed in.',
    retry: 'onRequest',
  }),
].map((entry) => ({
  ...entry,
  stages: onServerToo.has(entry.id)
    ? (['code', 'device', 'poll', 'server'] as const)
    : (['code', 'device', 'poll'] as const),
  session: 'none' as const,
}));

const revokeRows = [
  row({
    id: 'revoke.gone',
    what: 'The org no longer knows the token: it is as good as revoked.',
    matches: says(['invalid_token', 'unsupported_token_type', 'invalid_grant']),
    code: 'REQUEST_FAILED',
    sentence: 'Salesforce no longer knows this token.',
    retry: 'no',
    session: 'ended',
    stages: ['revoke'],
  }),
  row({
    id: 'revoke.refused',
    what: 'Any other OAuth error: the tokens are forgotten here, and sent again later.',
    matches: (evidence) => 'error' in evidence,
    code: 'REQUEST_FAILED',
    sentence: 'Salesforce did not revoke the session. It is tried again.',
    retry: 'later',
    session: 'ended',
    stages: ['revoke'],
  }),
];

/** Source: REST API Developer Guide, "Status Codes and Error Responses"; message and data stay Salesforce's own. */
const requestRows = [
  row({
    id: 'request.sessionExpired',
    what: 'The access token has expired or was revoked. It is renewed once and the request repeated once.',
    matches: (evidence) =>
      says(['INVALID_SESSION_ID', 'Bad_OAuth_Token'])(evidence) &&
      !says('INVALID_SESSION_ID', /not valid for use with the REST API/i)(evidence),
    code: 'REQUEST_FAILED',
    sentence: "Salesforce's own message.",
    retry: 'now',
  }),
  row({
    id: 'request.instanceMoved',
    what: 'The org is at another instance now. A renewal tells which, and the request is repeated there once.',
    matches: says('URL_NOT_RESET'),
    code: 'REQUEST_FAILED',
    sentence:
      'This Salesforce org has moved, and does not tell this desktop where. Ask the Salesforce administrator whether its My Domain has changed.',
    retry: 'now',
  }),
  row({
    id: 'request.notForApi',
    what: 'The session may not use the REST API at all: the scope api is missing.',
    matches: says('INVALID_SESSION_ID'),
    code: 'REQUEST_FAILED',
    sentence: "Salesforce's own message.",
    retry: 'no',
  }),
  row({
    id: 'request.placeOrTime',
    what: 'The session is locked to another network, or this one is not allowed.',
    matches: (evidence) =>
      says(
        ['INVALID_LOGIN', 'LOGIN_MUST_USE_SECURITY_TOKEN', 'IP_RESTRICTED', 'INSUFFICIENT_ACCESS'],
        /ip|network|hours/i,
      )(evidence),
    code: 'REQUEST_FAILED',
    sentence: "Salesforce's own message.",
    retry: 'onRequest',
  }),
  row({
    id: 'request.apiDisabled',
    what: 'The org or the user has no API access.',
    matches: says(['API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED']),
    code: 'REQUEST_FAILED',
    sentence: "Salesforce's own message.",
    retry: 'no',
  }),
  row({
    id: 'request.userInactive',
    what: 'The user was frozen or deactivated.',
    matches: says(['INACTIVE_USER', 'USER_FROZEN', 'inactive_user']),
    code: 'REQUEST_FAILED',
    sentence: "Salesforce's own message.",
    retry: 'no',
  }),
  row({
    id: 'request.limitExceeded',
    what: "The org's or user's API requests are used up.",
    matches: says(['REQUEST_LIMIT_EXCEEDED', 'TXN_SECURITY_METERING_ERROR']),
    code: 'REQUEST_FAILED',
    sentence: "Salesforce's own message.",
    retry: 'onRequest',
  }),
  row({
    id: 'request.nonceMissing',
    what: 'The org wants a nonce in the DPoP proof and gives none that it accepts.',
    matches: says('use_dpop_nonce'),
    code: 'REQUEST_FAILED',
    sentence: 'Salesforce and this desktop cannot agree on a proof that the session is bound to it. Try again.',
    retry: 'onRequest',
  }),
  row({
    id: 'request.proofRefused',
    what: 'The org did not accept the DPoP proof of the request. The session is renewed, which also tells the time of the org, and the request repeated once.',
    matches: says('invalid_dpop_proof'),
    code: 'REQUEST_FAILED',
    sentence:
      'Salesforce did not accept the proof that the session is bound to this desktop. Check that the clock of this machine is right.',
    retry: 'now',
  }),
  row({
    id: 'request.tooManyRequests',
    what: 'HTTP 429 without an error of Salesforce, from what stands before it.',
    matches: answered((status) => status === 429),
    code: 'REQUEST_FAILED',
    sentence: noAnswers.tooManyRequests.sentence,
    retry: 'onRequest',
  }),
  row({
    id: 'request.unavailable',
    what: 'HTTP 5xx without an error of Salesforce, from what stands before it.',
    matches: answered((status) => status >= 500),
    code: 'REQUEST_FAILED',
    sentence: noAnswers.unavailable.sentence,
    retry: 'nowIfRead',
  }),
  row({
    id: 'request.busy',
    what: 'The org itself says that it is not available.',
    matches: says('SERVER_UNAVAILABLE'),
    code: 'REQUEST_FAILED',
    sentence: "Salesforce's own message.",
    retry: 'nowIfRead',
  }),
  row({
    id: 'request.refused',
    what: 'Any other error status.',
    matches: (evidence) => 'error' in evidence,
    code: 'REQUEST_FAILED',
    sentence: "Salesforce's own message.",
    retry: 'onRequest',
  }),
  row({
    id: 'request.endpointNotAllowed',
    what: "The endpoint leads off the session's instance, or is not one that apps may request.",
    matches: refused('endpointNotAllowed'),
    code: 'ENDPOINT_NOT_ALLOWED',
    sentence: 'This endpoint cannot be requested.',
    retry: 'no',
  }),
  row({
    id: 'request.urlTooLong',
    what: 'The URL is longer than the org takes, and the request no query that could go as a body instead. Nothing was sent.',
    matches: refused('urlTooLong'),
    code: 'INVALID_PARAMETER',
    sentence:
      'The address of this request is longer than Salesforce takes (16,384 bytes with its headers). Ask for less at a time, or send what makes it long as a body, e.g. by composite or composite/sobjects.',
    retry: 'no',
  }),
  row({
    id: 'request.versionMissing',
    what: 'The org does not serve the version of the REST API that was asked for. It is asked which it has once.',
    matches: refused('versionMissing'),
    code: 'REQUEST_FAILED',
    sentence:
      'This org does not have the version of the REST API that was asked for. The platform team can set apiVersion of the provider to one that it has.',
    retry: 'no',
  }),
  row({
    id: 'request.paused',
    what: 'The org has asked to be left alone, or has said that its requests are used up, and the request would have to wait too long for that. Nothing was sent; `data.until` says when it may be.',
    matches: refused('paused'),
    code: 'TOO_MANY_REQUESTS',
    sentence: 'Salesforce asks to be left alone for a while. Try again later.',
    retry: 'onRequest',
  }),
  row({
    id: 'request.overBudget',
    what: "So much of the org's API requests of 24 hours is used that no request of the background is sent. `data.until` says when the use is looked at again.",
    matches: refused('overBudget'),
    code: 'TOO_MANY_REQUESTS',
    sentence:
      'Most of the requests that Salesforce allows in a day are used. Work in the background rests until later.',
    retry: 'later',
  }),
  row({
    id: 'request.tooDeep',
    what: 'The answer has more levels of arrays and objects than can be handed on.',
    matches: refused('tooDeep'),
    code: 'REQUEST_FAILED',
    sentence: "Salesforce's answer is nested more deeply than this desktop can hand on.",
    retry: 'no',
  }),
  row({
    id: 'request.writeLost',
    what: 'The connection broke before the answer to a write arrived.',
    matches: gave('writeLost'),
    code: 'NETWORK_FAILED',
    sentence:
      'The connection to Salesforce broke before its answer arrived. The change may have been made or not: look before you make it again.',
    retry: 'nowIfRead',
  }),
  row({
    id: 'request.writeTimedOut',
    what: 'No answer to a write in time.',
    matches: gave('writeTimedOut'),
    code: 'REQUEST_TIMED_OUT',
    sentence:
      'Salesforce did not answer in time. The change may have been made or not, and may still be made: look before you make it again.',
    retry: 'onRequest',
  }),
  row({
    id: 'session.cancelled',
    what: 'The caller gave up.',
    matches: gave('cancelled'),
    code: 'REQUEST_CANCELLED',
    sentence: 'The request was cancelled.',
    retry: 'no',
  }),
].map((entry) => ({ ...entry, stages: ['request'] as const, session: 'kept' as const }));

const windowRows = [
  row({
    id: 'window.closed',
    what: 'The person closed the window.',
    matches: did('closed'),
    code: 'SIGN_IN_WINDOW_CLOSED',
    sentence: 'The Salesforce sign-in window was closed before signing in. Connect again when you are ready.',
    retry: 'onRequest',
  }),
  row({
    id: 'window.cancelled',
    what: 'The person pressed Cancel, or every app that waited gave up.',
    matches: did('cancelled'),
    code: 'SIGN_IN_CANCELLED',
    sentence: 'The sign-in to Salesforce was cancelled. Connect again when you are ready.',
    retry: 'onRequest',
  }),
  row({
    id: 'window.timedOut',
    what: 'Nobody finished signing in within signInTimeoutMs.',
    matches: did('timedOut'),
    code: 'SIGN_IN_TIMED_OUT',
    sentence: 'Signing in to Salesforce took too long. Please try again.',
    retry: 'onRequest',
  }),
  row({
    id: 'window.unattended',
    what: 'A window that nobody sees got no further than a page that waits for a person.',
    matches: did('unattended'),
    code: 'INTERACTION_REQUIRED',
    sentence: 'Salesforce did not sign in without a person.',
    retry: 'afterSignIn',
  }),
  row({
    id: 'window.navigatedAway',
    what: 'The window was led to a page that is neither the org nor a configured identity provider.',
    matches: did('navigatedAway'),
    code: 'SIGN_IN_BLOCKED',
    sentence:
      'The sign-in was stopped, as it led to a page outside Salesforce and the identity providers configured for it.',
    retry: 'no',
  }),
  row({
    id: 'window.certificate',
    what: 'The certificate of a page was not valid.',
    matches: did('certificate'),
    code: 'SIGN_IN_BLOCKED',
    sentence:
      'The sign-in was stopped, as a page could not prove whose it is (certificate error). Do not enter your password there; tell your IT department.',
    retry: 'no',
  }),
  row({
    id: 'window.crashed',
    what: 'The page crashed.',
    matches: did('crashed'),
    code: 'SIGN_IN_WINDOW_CLOSED',
    sentence: 'The Salesforce sign-in page crashed. Please try again.',
    retry: 'onRequest',
  }),
  row({
    id: 'window.couldNotOpen',
    what: 'The host could not open the window, or its first page could not be reached.',
    matches: did('couldNotOpen'),
    code: 'INTERNAL',
    sentence: 'The Salesforce sign-in page could not be opened. Check the network connection and try again.',
    retry: 'onRequest',
  }),
  row({
    id: 'window.noPlatformPage',
    what: 'HERE Core Web: no platform page is there to open a window.',
    matches: did('noPlatformPage'),
    code: 'INTERACTION_REQUIRED',
    sentence: 'Signing in to Salesforce needs the platform page, and none is connected. Open it and try again.',
    retry: 'onRequest',
  }),
].map((entry) => ({ ...entry, stages: ['window'] as const, session: 'none' as const }));

type NoAnswerRowId = `${'discovery' | 'redeem' | 'poll' | 'session' | 'revoke'}.${NoAnswer}`;

/**
 * A row for each way to get no answer, at each stage: before a sign-in, while redeeming the code, within a session, and
 * at its end.
 */
const noAnswerRows: OutcomeRow<NoAnswerRowId>[] = (Object.keys(noAnswers) as NoAnswer[]).flatMap((noAnswer) => {
  const { what, sentence } = noAnswers[noAnswer];
  const again = noAnswer === 'oversize' ? ('no' as const) : ('onRequest' as const);
  const inSession = noAnswer === 'timedOut' ? ('REQUEST_TIMED_OUT' as const) : ('NETWORK_FAILED' as const);
  return [
    row({
      id: `discovery.${noAnswer}`,
      what,
      matches: gave(noAnswer),
      code: 'ORG_UNREACHABLE',
      sentence,
      retry: again,
      session: 'none',
      stages: ['discovery'],
    }),
    row({
      id: `redeem.${noAnswer}`,
      what,
      matches: gave(noAnswer),
      code: 'TOKEN_EXCHANGE_FAILED',
      sentence: `${sentence} Then connect again.`,
      retry: again,
      session: 'none',
      stages: ['code', 'device'],
    }),
    // The person may have entered the code meanwhile, on a device that has a network.
    row({
      id: `poll.${noAnswer}`,
      what,
      matches: gave(noAnswer),
      code: 'TOKEN_EXCHANGE_FAILED',
      sentence: `${sentence} Then connect again.`,
      retry: 'later',
      session: 'none',
      stages: ['poll'],
    }),
    row({
      id: `session.${noAnswer}`,
      what,
      matches: gave(noAnswer),
      code: inSession,
      sentence,
      retry: noAnswer === 'maintenance' || noAnswer === 'unreachable' ? 'nowIfRead' : again,
      session: 'kept',
      stages: ['server', 'refresh', 'request'],
    }),
    row({
      id: `revoke.${noAnswer}`,
      what: `${what} The tokens are forgotten here, and sent again later.`,
      matches: gave(noAnswer),
      code: inSession,
      sentence,
      retry: 'later',
      session: 'ended',
      stages: ['revoke'],
    }),
  ];
});

const discoveryRows = [
  row({
    id: 'discovery.notAnOrg',
    what: 'The address answers, but not as a Salesforce org: no OpenID configuration for it.',
    matches: (evidence) => 'error' in evidence || refused('incomplete')(evidence),
    code: 'ORG_MISCONFIGURED',
    sentence: "This address does not answer as a Salesforce org. Use the org's My Domain URL (Setup > My Domain).",
    retry: 'no',
    session: 'none',
    stages: ['discovery'],
  }),
  row({
    id: 'discovery.foreignEndpoints',
    what: 'The org names OAuth endpoints on another host (RFC 9700, 4.4).',
    matches: refused('foreignEndpoints'),
    code: 'ORG_MISCONFIGURED',
    sentence: 'The org names OAuth endpoints on another host. Nobody was sent there.',
    retry: 'no',
    session: 'none',
    stages: ['discovery'],
  }),
];

/**
 * The rows for every answer and event, of which the first that matches decides. `docs/outcomes.md` is generated from
 * it.
 */
const table = [
  ...discoveryRows,
  ...authorizeRows,
  ...deviceRows,
  ...serverRows,
  ...redeemRows,
  ...refreshRows,
  ...revokeRows,
  ...requestRows,
  ...windowRows,
  ...noAnswerRows,
];

export type RowId = (typeof table)[number]['id'];
export const outcomes: readonly OutcomeRow<RowId>[] = table;

/**
 * Finds the row for the evidence. There is one for all evidence that the types allow at its stage; if there is none,
 * the failure says that this is a defect.
 */
export function decide(evidence: Evidence): OutcomeRow {
  return (
    outcomes.find((candidate) => candidate.stages.includes(evidence.stage) && candidate.matches(evidence)) ?? defect
  );
}

const defect = row({
  id: 'defect',
  what: 'Nothing above.',
  matches: () => true,
  code: 'INTERNAL',
  sentence: 'The Salesforce provider met something it does not know.',
  retry: 'no',
  session: 'kept',
  stages: [],
});

/**
 * The failure of a row, with the org's answer as data. Salesforce's own message may take the place of the row's
 * sentence.
 */
export function outcomeFailure(
  evidence: Evidence,
  details: Pick<Failure, 'data' | 'status'> & { message?: string } = {},
): { ok: false; error: Failure } {
  const { code, sentence, id } = decide(evidence);
  const { message = sentence, ...rest } = details;
  return failure(code, message, { reason: id, ...said(evidence), ...rest });
}

function said(evidence: Evidence): Pick<Failure, 'data' | 'status'> {
  const status = 'status' in evidence && evidence.status !== undefined ? { status: evidence.status } : {};
  const { error, description, retryAfterMs } = evidence as Partial<Extract<Evidence, { error: string }>>;
  // The failure of a request carries Salesforce's own error body.
  const data =
    evidence.stage === 'request'
      ? {}
      : {
          ...(error !== undefined && { error }),
          ...(description && { error_description: description }),
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        };
  return { ...status, ...(Object.keys(data).length > 0 && { data }) };
}

/** What becomes of the session after a failure, by the failure's row; failures without a row leave it as it was. */
export function sessionAfter({ reason }: Failure): SessionAfter {
  return outcomes.find(({ id }) => id === reason)?.session ?? 'kept';
}

/** Whether a repetition helps, by the failure's row. */
export function retryOf({ reason }: Failure): Retry {
  return outcomes.find(({ id }) => id === reason)?.retry ?? 'no';
}
