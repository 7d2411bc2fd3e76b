/** Name of the OpenFin Channel that the provider creates. */
export const channelName = 'salesforce-interop';

/**
 * Version of the messages in `protocol.ts`. Another major version cannot talk to this one; a newer minor version only
 * adds actions and optional members.
 */
export const protocolVersion = { major: 1, minor: 7 } as const;
