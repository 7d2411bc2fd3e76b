import { appOptionsSchema, type AppOptions } from '../orgOptions.ts';

/** Consumer key of the public app every embedded org knows. */
export const defaultConsumerKey = '3MVG9northbridge.embedded.org.interop_sandbox';

/** Salesforce's own landing page for desktop apps. */
export const salesforceSuccessUri = 'https://login.salesforce.com/services/oauth2/success';

/** A confidential app for server-side clients such as jsforce. */
export const confidentialApp = {
  consumerKey: '3MVG9northbridge.embedded.org.confidential_test',
  secret: 'E1B7C0FFEE5A1E5F0RCE0000000000000000000000000000000000000000TEST',
  redirectUri: 'http://localhost:7073/oauth/callback',
} as const;

/**
 * The apps of an org that was not told others.
 * @param redirectUris Callback URLs of the public app, next to {@link salesforceSuccessUri}.
 */
export function defaultClients(redirectUris: readonly string[]): AppOptions[] {
  return [
    appOptionsSchema.parse({
      consumerKey: defaultConsumerKey,
      name: 'Salesforce Interop',
      deviceFlow: true,
      redirectUris: [...redirectUris, salesforceSuccessUri],
    }),
    appOptionsSchema.parse({
      consumerKey: confidentialApp.consumerKey,
      name: 'Server-side test client',
      secret: confidentialApp.secret,
      redirectUris: [confidentialApp.redirectUri],
    }),
  ];
}
