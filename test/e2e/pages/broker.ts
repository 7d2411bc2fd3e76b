import { startIframeBroker } from '../../../src/core-web/iframeBroker.ts';

const { applications } = await (await fetch('/appd.json')).json();
await startIframeBroker({
  sharedWorkerUrl: `${location.origin}/shared-worker.js`,
  allowedOrigins: applications.map((app: { details: { url: string } }) => new URL(app.details.url).origin),
});
