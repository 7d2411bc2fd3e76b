import relayUrl from './portRelay.ts?sharedworker&url';

/**
 * Connects this page of the provider's origin to the {@link import('./portRelay.ts') port relay}.
 *
 * @returns undefined where the browser has no SharedWorker: apps then have no lane, and use the channel.
 */
export function openPortRelay(): MessagePort | undefined {
  const policy = window.trustedTypes?.createPolicy('salesforce-interop-relay', {
    createScriptURL(url) {
      if (new URL(url, location.href).origin !== location.origin)
        throw new TypeError('The port relay is served by the provider only.');
      return url;
    },
  });
  try {
    const url = policy?.createScriptURL(relayUrl) ?? relayUrl;
    return new SharedWorker(url as string, { type: 'module', name: 'salesforce-interop port relay' }).port;
  } catch {
    return undefined;
  }
}
