import type { FailureCode } from './failure.ts';

/**
 * What each failure means and how to fix it. `docs/errors.md` is generated from this; it is not bundled with the
 * client.
 */
export const failureMeanings: Record<FailureCode, { cause: string; remedy: string }> = {
  INVALID_PARAMETER: {
    cause:
      'An argument or message is malformed, or names an org or consumer key that the provider is not configured for.',
    remedy: 'Correct the call; the message names what is wrong. Orgs and keys are configured at the provider.',
  },
  PROVIDER_UNAVAILABLE: {
    cause: 'No provider answered in time, it went away during the call, or somebody else answers in its place.',
    remedy:
      'Start the platform. A connection works again by itself once the provider is back; repeat writes only after checking whether they arrived.',
  },
  PROTOCOL_MISMATCH: {
    cause: 'Client and provider speak different major versions of the channel.',
    remedy: 'Update the side that the message names.',
  },
  ORG_UNREACHABLE: {
    cause: 'The org did not answer before a sign-in was started.',
    remedy: 'Check the network and the My Domain URL.',
  },
  ORG_MISCONFIGURED: {
    cause: 'The address answers, but not as a Salesforce org, or its token answer names a foreign host.',
    remedy: 'Use the My Domain URL; list custom domains under extraOrgOrigins.',
  },
  APP_NOT_ALLOWED: {
    cause: 'The app is not listed, has not identified itself, or asks for what its role may not do.',
    remedy: 'Have the platform team list the app under allowedApps.',
  },
  SIGN_IN_DENIED: {
    cause: 'The person pressed Deny on the approval page.',
    remedy: 'Connect again when access is wanted.',
  },
  SIGN_IN_CANCELLED: {
    cause: 'The person pressed Cancel, or every app that waited gave up.',
    remedy: 'Connect again when access is wanted.',
  },
  SIGN_IN_WINDOW_CLOSED: { cause: 'The sign-in window was closed before signing in.', remedy: 'Connect again.' },
  SIGN_IN_TIMED_OUT: { cause: 'Nobody signed in within signInTimeoutMs.', remedy: 'Connect again.' },
  SIGN_IN_REFUSED: {
    cause:
      'The org refused the sign-in with an error of its own (in data): app not installed, user not approved, scope not allowed.',
    remedy: 'Ask the Salesforce administrator; data.error_description says what the org objects to.',
  },
  SIGN_IN_BLOCKED: {
    cause:
      'The sign-in window was led outside the org and the configured identity providers, or a certificate was not valid.',
    remedy:
      'If the page belongs to your sign-in, list its origin under identityProviders; otherwise tell your IT department.',
  },
  SIGN_IN_STATE_MISMATCH: {
    cause: 'A redirect arrived that belongs to no sign-in in progress.',
    remedy: 'Nothing: it was ignored and disturbed no sign-in.',
  },
  TOKEN_EXCHANGE_FAILED: {
    cause: 'The org did not issue tokens for the authorization code.',
    remedy: 'Connect again; if it persists, check that the app asks for no client secret and lists this callback URL.',
  },
  INTERACTION_REQUIRED: {
    cause: 'A person would have to act, and nothing may or can be shown now.',
    remedy: 'Call connect() from a click, with the platform page open.',
  },
  SIGN_IN_REQUIRED: {
    cause: 'The org ended the grant (refresh token expired, revoked or used twice), or goes on refusing to renew it.',
    remedy: 'Call connect() again.',
  },
  SESSION_ENDED: {
    cause: 'The session was signed out, or this app disconnected from it.',
    remedy: 'Call connect() again.',
  },
  REQUEST_FAILED: {
    cause: "Salesforce answered with an error status; message, status and data are Salesforce's own.",
    remedy: 'Depends on the error; see the REST API guide for data[0].errorCode.',
  },
  ENDPOINT_NOT_ALLOWED: {
    cause: 'The endpoint is not a path on the org under the allowed prefixes.',
    remedy: 'Use a path such as /services/data/vXX.X/…; more prefixes can be allowed with endpointPrefixes.',
  },
  NETWORK_FAILED: {
    cause: "No answer arrived: offline, refused, reset, or the provider's origin is missing from the org's CORS list.",
    remedy: 'Try again when online; add the origin under Setup > CORS. The session is kept.',
  },
  TEMPORARILY_UNAVAILABLE: {
    cause: 'The org does not renew the session at the moment, and has not said that it is over.',
    remedy:
      'Nothing: the session is kept, and renewed again by itself after data.retryAfterMs milliseconds. Ask again then.',
  },
  REQUEST_TIMED_OUT: {
    cause: 'No answer within the timeout.',
    remedy: 'Try again, or give more time with the timeout option.',
  },
  REQUEST_CANCELLED: { cause: 'The caller cancelled.', remedy: 'Nothing.' },
  TOO_MANY_REQUESTS: {
    cause: 'Too many requests, sign-ins or record views of this app are under way or waiting.',
    remedy: 'Wait for some of them to end. The platform team sets how many there may be under limits.',
  },
  INTERNAL: {
    cause: 'A defect of the provider.',
    remedy: 'Report it with its correlationId, which joins it to the audit trail.',
  },
};
