/** Entry of the broker page, which core-web loads as a hidden frame into every page of the desktop. */
import { readAppDirectory } from '../../src/core-web/appDirectory.ts';
import { startIframeBroker } from '../../src/core-web/iframeBroker.ts';
import { platformConfiguration } from '../../src/sites/pageConfiguration.ts';
import { readConfiguration } from '../pages/readConfiguration.ts';
import { logLine } from '../../src/logLine.ts';

const { sharedWorkerUrl, directoryUrl, directories, platformId, providerUrl } =
  await readConfiguration(platformConfiguration);
// Faults in the directory are not reported here, as every app loads this page: the platform page reports them, once.
const applications = readAppDirectory(await (await fetch(directoryUrl)).json(), () => undefined);
await startIframeBroker({
  sharedWorkerUrl,
  platformId,
  providerOrigin: new URL(providerUrl).origin,
  allowedOrigins: [
    ...applications.map(({ details }) => new URL(details.url).origin),
    ...directories.flatMap(({ appOrigins }) => appOrigins),
  ],
  onRefused: (refused) =>
    console.warn(
      '[salesforce-interop desktop]',
      logLine({ at: new Date().toISOString(), outcome: 'refused', ...refused }),
    ),
});
