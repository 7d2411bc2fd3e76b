/**
 * BroadcastChannel on which the sign-in return page hands its whole URL to the token worker. In a file of its own, as
 * that page must not load a schema library first.
 */
export const signInReturnChannel = 'salesforce-interop.sign-in-return';
