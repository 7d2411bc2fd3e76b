/** A bare app: joins the desktop and leaves the rest to the test. */
import { getAgent } from '@finos/fdc3';
import { connectDesktop } from '../../../src/core-web/connectDesktop.ts';

Object.assign(window, { getAgent });
const platform = new URLSearchParams(location.search).get('platform') ?? '';
try {
  await connectDesktop({ brokerUrl: `${platform}/broker.html`, platformId: 'e2e-platform', timeoutMs: 5_000 });
  document.title = 'connected';
} catch (error) {
  document.title = `refused: ${String(error)}`;
}
