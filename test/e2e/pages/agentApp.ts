/** An FDC3 app that knows nothing but the standard, and leaves the rest to the test. */
import { getAgent } from '@finos/fdc3';

// One that is refused is told so after all of this time (`@finos/fdc3` 2.2.0).
const timeoutMs = 5_000;

try {
  await getAgent({ timeoutMs, channelSelector: false, intentResolver: false });
  document.title = 'connected';
} catch (error) {
  document.title = `refused: ${String(error)}`;
}
