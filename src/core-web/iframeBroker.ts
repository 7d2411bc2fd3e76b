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
  await init({ sharedWorkerUrl: options.sharedWorkerUrl, experimental: { crossTab: 'same-site' } });
}
