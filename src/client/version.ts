/** Name and version this client tells the provider in its `hello`. */
export const clientName = 'salesforce-interop';
export const clientVersion = '0.1.0';
