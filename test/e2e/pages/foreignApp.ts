/** An FDC3 app that knows nothing but the standard. */
import { getAgent } from '@finos/fdc3';

await getAgent({ timeoutMs: 10_000, channelSelector: false, intentResolver: false });
document.title = 'ready';
