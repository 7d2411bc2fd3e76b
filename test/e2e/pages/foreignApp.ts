/** An FDC3 app that knows nothing but the standard. */
import { getAgent } from '@finos/fdc3';

try {
  await getAgent({ timeoutMs: 4_000, channelSelector: false, intentResolver: false });
  document.title = 'ready';
} catch {
  // Under load fdc3-web 0.17 may leave a page's hello without an answer. `getAgent()` says it once for each document.
  location.reload();
}
