import { row, says } from './outcomeRow.ts';

/**
 * What an org answers to a flow without a person. Nobody can sign in to such a session: it is kept, and asked for again.
 * Where a row of another flow's exchange fits (an answer that may not be accepted), it decides.
 *
 * Source: Salesforce Help, "OAuth 2.0 Authorization Errors", "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration"
 * and "OAuth 2.0 Client Credentials Flow".
 */
export const serverRows = [
  row('server.userInactive', 'The user that the provider signs in as is frozen, inactive or locked.', says(['inactive_user', 'invalid_grant'], /inactive|frozen|locked/i),
    'TOKEN_EXCHANGE_FAILED', 'The Salesforce user that this provider signs in as is frozen or inactive. Ask the Salesforce administrator.', 'onRequest'),
  row('server.placeOrTime', 'The login IP ranges or login hours of the user do not allow it.', says('invalid_grant', /ip restricted|login hours/i),
    'TOKEN_EXCHANGE_FAILED', "Salesforce does not allow signing in from this server's network or at this hour (the profile's Login IP Ranges and Login Hours).", 'onRequest'),
  row('server.userUnknown', 'JWT bearer: there is no such user, or it may not log in.', says('invalid_grant', /authentication failure/i),
    'TOKEN_EXCHANGE_FAILED', 'Salesforce knows no user of this name. Check --username, which in a sandbox ends with the name of the sandbox.', 'onRequest'),
  row('server.userNotApproved', 'No administrator has approved the user for the app.',
    (evidence) => says(['invalid_app_access', 'app_not_approved'])(evidence) || says('invalid_grant', /approved/i)(evidence),
    'TOKEN_EXCHANGE_FAILED', 'The Salesforce user is not pre-authorized for this app. In its policies choose "Admin approved users are pre-authorized", and assign a profile or permission set of the user.', 'onRequest'),
  row('server.noRunAsUser', 'Client credentials: the app has no user to run as.', says('invalid_grant', /credentials user/i),
    'TOKEN_EXCHANGE_FAILED', 'The app in Salesforce has no user to run as. In its policies turn on "Enable Client Credentials Flow" and name one under Run As.', 'onRequest'),
  row('server.sharedHost', 'Client credentials: asked for at a login host that many orgs share.', says('invalid_grant', /this domain/i),
    'TOKEN_EXCHANGE_FAILED', "Salesforce takes client credentials at the org's My Domain URL only (Setup > My Domain).", 'no'),
  row('server.audienceRefused', 'JWT bearer: the assertion is meant for another login host than the org has.', says('invalid_grant', /audience/i),
    'TOKEN_EXCHANGE_FAILED', 'The org does not accept the audience of the sign-in. Set --audience to https://login.salesforce.com, for a sandbox to https://test.salesforce.com.', 'no'),
  row('server.assertionRefused', "JWT bearer: the assertion was not signed with the key of the app's certificate, or is not of this time.", says('invalid_grant', /assertion|expired/i),
    'TOKEN_EXCHANGE_FAILED', "Salesforce does not accept the signature of this provider. Check that the private key belongs to the certificate uploaded to the app, and that the clock of this machine is right.", 'onRequest'),
  row('server.secretRefused', 'Client credentials: the secret is wrong, or the app has none.', says(['invalid_client', 'invalid_client_credentials']),
    'TOKEN_EXCHANGE_FAILED', 'Salesforce does not accept the client secret. It may have been rotated: take the current one from the settings of the app.', 'onRequest'),
  row('server.appNotInstalled', 'The app is not installed in the org, or is unknown there.', says(['app_not_found', 'invalid_client_id']),
    'TOKEN_EXCHANGE_FAILED', 'The Salesforce org does not know this app. Check the consumer key, and that the app is installed there.', 'onRequest'),
  row('server.appBlocked', 'An administrator has blocked the app.', says(['OAUTH_APP_BLOCKED', 'OAUTH_EC_APP_BLOCKED', 'OAUTH_AUTHORIZATION_BLOCKED']),
    'TOKEN_EXCHANGE_FAILED', 'The Salesforce administrator has blocked this app (Setup > Connected Apps OAuth Usage).', 'onRequest'),
  row('server.flowNotEnabled', 'The app or the org does not have the flow.', says(['unsupported_grant_type', 'unauthorized_client']),
    'TOKEN_EXCHANGE_FAILED', 'The app in Salesforce does not have this flow. Turn on "Enable JWT Bearer Flow" or "Enable Client Credentials Flow" in its settings.', 'onRequest'),
  row('server.tooMany', 'Too many sign-ins in a short time.', says('rate_limit_exceeded'),
    'NETWORK_FAILED', 'Salesforce has seen too many sign-ins. Try again in a few minutes.', 'onRequest'),
  row('server.orgFailed', 'The org failed on the request.', says(['server_error', 'temporarily_unavailable', 'unknown_error']),
    'NETWORK_FAILED', 'Salesforce had a problem of its own while signing in. Try again in a minute.', 'onRequest'),
  row('server.refused', 'Any other OAuth error, apart from those about the proof of possession.', (evidence) => 'error' in evidence && !says(['invalid_dpop_proof', 'use_dpop_nonce'])(evidence),
    'TOKEN_EXCHANGE_FAILED', 'Salesforce refused to issue tokens. The error in the details says what it objects to.', 'onRequest'),
].map((entry) => ({ ...entry, stages: ['server'] as const, session: 'kept' as const }));
