import { startIframeBroker } from '../../../src/core-web/iframeBroker.ts';

const { applications } = await (await fetch('/appd.json')).json();
await startIframeBroker({
  sharedWorkerUrl: `${location.origin}/shared-worker.js`,
  platformId: 'e2e-platform',
  providerOrigin: 'https://no.provider.here',
  allowedOrigins: applications.map((app: { details: { url: string } }) => new URL(app.details.url).origin),
});
