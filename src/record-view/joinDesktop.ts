import { webAddress, webOrigin } from '../webAddress.ts';
import { z } from '../zod.ts';
import { configure } from '../client/configure.ts';
import { portRuntime } from '../channel/ports/portRuntime.ts';
import { connectDesktop } from '../core-web/connectDesktop.ts';

const pageConfiguration = z.union([
  z.object({ brokerUrl: webAddress, platformId: z.string().min(1), providerOrigin: webOrigin.optional() }),
  z.object({ providerOrigin: webOrigin }),
]);

/**
 * Makes sure that this page has a way to the provider. In the container `window.fin` is there before any script runs;
 * in HERE Core Web the page joins the platform that `/config.json` names; on any other desktop the provider's page
 * frames this one, and is asked for a port.
 *
 * @throws Error when the page belongs to no desktop, or its configuration cannot be read.
 */
export async function joinDesktop(): Promise<void> {
  if ('fin' in window) return;
  const answer = await fetch('/config.json');
  if (!answer.ok) throw new Error(`/config.json answered ${answer.status}`);
  const configuration = pageConfiguration.parse(await answer.json());
  if (!('brokerUrl' in configuration)) {
    if (window.parent === window) throw new Error('This page is shown by the Salesforce app of a desktop only.');
    return configure({ fin: portRuntime({ page: window.parent, origin: configuration.providerOrigin }) });
  }
  const { brokerUrl, platformId, providerOrigin } = configuration;
  if (providerOrigin !== undefined) configure({ provider: { origin: providerOrigin } });
  await connectDesktop({ brokerUrl, platformId });
}
