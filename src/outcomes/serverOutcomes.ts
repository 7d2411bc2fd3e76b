import { row, says } from './outcomeRow.ts';

/**
 * An org's answers to a flow without a person. As nobody can sign in to such a session, it is kept, and tokens are
 * asked for again. Rows of other flows apply where an answer may not be accepted. Source: Salesforce Help, "OAuth 2.0
 * Authorization Errors", "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration" and "OAuth 2.0 Client Credentials
 * Flow".
 */
export const serverRows = [
  row({
    id: 'server.userInactive',
    what: 'The user that the provider signs in as is frozen, inactive or locked.',
    matches: says(['inactive_user', 'invalid_grant'], /inactive|frozen|locked/i),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'The Salesforce user that this provider signs in as is frozen or inactive. Ask the Salesforce administrator.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.placeOrTime',
    what: 'The login IP ranges or login hours of the user do not allow it.',
    matches: says('invalid_grant', /ip restricted|login hours/i),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      "Salesforce does not allow signing in from this server's network or at this hour (the profile's Login IP Ranges and Login Hours).",
    retry: 'onRequest',
  }),
  row({
    id: 'server.userUnknown',
    what: 'JWT bearer: there is no such user, or it may not log in.',
    matches: says('invalid_grant', /authentication failure/i),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'Salesforce knows no user of this name. Check --username, which in a sandbox ends with the name of the sandbox.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.userNotApproved',
    what: 'No administrator has approved the user for the app.',
    matches: (evidence) =>
      says(['invalid_app_access', 'app_not_approved'])(evidence) || says('invalid_grant', /approved/i)(evidence),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'The Salesforce user is not pre-authorized for this app. In its policies choose "Admin approved users are pre-authorized", and assign a profile or permission set of the user.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.noRunAsUser',
    what: 'Client credentials: the app has no user to run as.',
    matches: says('invalid_grant', /credentials user/i),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'The app in Salesforce has no user to run as. In its policies turn on "Enable Client Credentials Flow" and name one under Run As.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.sharedHost',
    what: 'Client credentials: asked for at a login host that many orgs share.',
    matches: says('invalid_grant', /this domain/i),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: "Salesforce takes client credentials at the org's My Domain URL only (Setup > My Domain).",
    retry: 'no',
  }),
  row({
    id: 'server.audienceRefused',
    what: 'JWT bearer: the assertion is meant for another login host than the org has.',
    matches: says('invalid_grant', /audience/i),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'The org does not accept the audience of the sign-in. Set --audience to https://login.salesforce.com, for a sandbox to https://test.salesforce.com.',
    retry: 'no',
  }),
  row({
    id: 'server.assertionRefused',
    what: "JWT bearer: the assertion was not signed with the key of the app's certificate, or is not of this time.",
    matches: says('invalid_grant', /assertion|expired/i),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'Salesforce does not accept the signature of this provider. Check that the private key belongs to the certificate uploaded to the app, and that the clock of this machine is right.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.secretRefused',
    what: 'Client credentials: the secret is wrong, or the app has none.',
    matches: says(['invalid_client', 'invalid_client_credentials']),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'Salesforce does not accept the client secret. It may have been rotated: take the current one from the settings of the app.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.appNotInstalled',
    what: 'The app is not installed in the org, or is unknown there.',
    matches: says(['app_not_found', 'invalid_client_id']),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: 'The Salesforce org does not know this app. Check the consumer key, and that the app is installed there.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.appBlocked',
    what: 'An administrator has blocked the app.',
    matches: says(['OAUTH_APP_BLOCKED', 'OAUTH_EC_APP_BLOCKED', 'OAUTH_AUTHORIZATION_BLOCKED']),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: 'The Salesforce administrator has blocked this app (Setup > Connected Apps OAuth Usage).',
    retry: 'onRequest',
  }),
  row({
    id: 'server.flowNotEnabled',
    what: 'The app or the org does not have the flow.',
    matches: says(['unsupported_grant_type', 'unauthorized_client']),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence:
      'The app in Salesforce does not have this flow. Turn on "Enable JWT Bearer Flow" or "Enable Client Credentials Flow" in its settings.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.tooMany',
    what: 'Too many sign-ins in a short time.',
    matches: says('rate_limit_exceeded'),
    code: 'NETWORK_FAILED',
    sentence: 'Salesforce has seen too many sign-ins. Try again in a few minutes.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.orgFailed',
    what: 'The org failed on the request.',
    matches: says(['server_error', 'temporarily_unavailable', 'unknown_error']),
    code: 'NETWORK_FAILED',
    sentence: 'Salesforce had a problem of its own while signing in. Try again in a minute.',
    retry: 'onRequest',
  }),
  row({
    id: 'server.refused',
    what: 'Any other OAuth error, apart from those about the proof of possession.',
    matches: (evidence) => 'error' in evidence && !says(['invalid_dpop_proof', 'use_dpop_nonce'])(evidence),
    code: 'TOKEN_EXCHANGE_FAILED',
    sentence: 'Salesforce refused to issue tokens. The error in the details says what it objects to.',
    retry: 'onRequest',
  }),
].map((entry) => ({ ...entry, stages: ['server'] as const, session: 'kept' as const }));
