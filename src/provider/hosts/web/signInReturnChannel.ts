/**
 * The sign-in return page hands its whole URL to the token worker on this BroadcastChannel. In a file of its own, as
 * that page must not wait for a schema library.
 */
export const signInReturnChannel = 'salesforce-interop.sign-in-return';
