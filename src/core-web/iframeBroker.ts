/** The platform's broker page: core-web loads it as a hidden frame into every page that joins the platform. */
import { init, rejectConnections } from '@openfin/core-web/iframe-broker';

/**
 * Lets pages of the given origins join, refuses all others.
 * `crossTab: 'same-site'` makes frames of other origins share the platform's worker (core-web 0.40, iframe broker).
 */
export async function startIframeBroker(options: { sharedWorkerUrl: string; allowedOrigins: readonly string[] }): Promise<void> {
  const embedder = location.ancestorOrigins?.[0] ?? new URL(document.referrer).origin;
  if (embedder !== location.origin && !options.allowedOrigins.includes(embedder)) {
    rejectConnections({ reason: `${embedder} is not in the app directory of this platform.` });
    return;
  }
  await init({ sharedWorkerUrl: trustedWorkerUrl(options.sharedWorkerUrl), experimental: { crossTab: 'same-site' } });
}

/**
 * Where the page's policy asks for it (Trusted Types), a worker may be started from this one address only. core-web hands
 * what it is given to `new SharedWorker` as it is.
 */
function trustedWorkerUrl(sharedWorkerUrl: string): string {
  const policy = window.trustedTypes?.createPolicy('salesforce-interop-broker', {
    createScriptURL(url) {
      if (new URL(url, location.href).origin !== location.origin) throw new TypeError("HERE's shared worker is served by the platform only.");
      return url;
    },
  });
  return (policy?.createScriptURL(sharedWorkerUrl) ?? sharedWorkerUrl) as string;
}
