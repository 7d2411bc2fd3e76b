/** Joins the desktop that this page was opened in. */
import type { DesktopAgent } from '@finos/fdc3';
import { configure } from 'salesforce-interop/client';
import { connectDesktop } from '../../src/core-web/connectDesktop.ts';
import { passOnSearchKey } from '../../src/core-web/searchKey.ts';
import { appConfiguration } from '../../src/sites/pageConfiguration.ts';
import { readConfiguration } from '../pages/readConfiguration.ts';

/** User channel that the sample apps start on. */
const startChannel = 'green';

/** @throws Error that says why this page cannot join. */
export async function joinDesktop(): Promise<DesktopAgent> {
  passOnSearchKey();
  // The desktop container puts both on the page before it loads.
  const { fin, fdc3 } = window as { fin?: unknown; fdc3?: DesktopAgent };
  if (fin && fdc3) return fdc3;
  const { brokerUrl, platformId, providerOrigin } = await readConfiguration(appConfiguration);
  configure({ provider: { origin: providerOrigin } });
  await connectDesktop({ brokerUrl, platformId, userChannel: startChannel });
  return (window as unknown as { fdc3: DesktopAgent }).fdc3;
}
