/** Entry of the broker page, which core-web loads as a hidden frame into every page of the desktop. */
import { appDirectoryDocument } from '../../src/core-web/appDirectory.ts';
import { startIframeBroker } from '../../src/core-web/iframeBroker.ts';
import { platformConfiguration, readConfiguration } from './desktopConfiguration.ts';

const { sharedWorkerUrl, directoryUrl } = await readConfiguration(platformConfiguration);
const { applications } = appDirectoryDocument.parse(await (await fetch(directoryUrl)).json());
await startIframeBroker({ sharedWorkerUrl, allowedOrigins: applications.map(({ details }) => new URL(details.url).origin) });
