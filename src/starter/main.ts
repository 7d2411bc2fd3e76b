/** Entry of the file that Workspace platforms load by its address. */
import type { HomeProvider } from '@openfin/workspace';
import { connect, getConnection } from '../client/connect.ts';
import { onStateChange } from '../client/stateChange.ts';
import type { ClientDesk } from './clientServices.ts';
import { createPlatformHome, type PlatformHomeOptions } from './platformHome.ts';
import { createStarterModule, type IntegrationModule } from './starterModule.ts';

/** What of the page's `fin` and `fdc3` is used here. */
interface PlatformPage {
  fdc3?: { raiseIntent(intent: string, context: { type: string }): Promise<unknown> };
  fin: {
    me: { interop: { fireIntent(intent: { name: string; context: { type: string } }): Promise<unknown> } };
    System: { openUrlWithBrowser(url: string): Promise<void> };
  };
}
const page = globalThis as unknown as PlatformPage;

const desk: ClientDesk = {
  connect,
  getConnection,
  onStateChange,
  raiseIntent: (intent, context) =>
    page.fdc3 ? page.fdc3.raiseIntent(intent, context) : page.fin.me.interop.fireIntent({ name: intent, context }),
  openUrl: (url) => page.fin.System.openUrlWithBrowser(url),
};

/** What a platform of the family looks for in a module. */
export const entryPoints: { integrations: IntegrationModule } = { integrations: createStarterModule(desk) };

/** For any other Workspace platform: what its `Home.register` takes. */
export const homeProvider = (options: PlatformHomeOptions): Promise<HomeProvider> => createPlatformHome(desk, options);
