import { webAddress, webOrigin } from '../webAddress.ts';
import { z } from '../zod.ts';
import { configure } from '../client/configure.ts';
import { connectDesktop } from '../core-web/connectDesktop.ts';

const pageConfiguration = z.looseObject({
  brokerUrl: webAddress,
  platformId: z.string().min(1),
  providerOrigin: webOrigin.optional(),
});

/**
 * Makes sure that this page has `window.fin`. In the container it is there before any script runs; in a browser the
 * page joins the platform that `/config.json` names.
 *
 * @throws Error when the page belongs to no desktop, or its configuration cannot be read.
 */
export async function joinDesktop(): Promise<void> {
  if ('fin' in window) return;
  const answer = await fetch('/config.json');
  if (!answer.ok) throw new Error(`/config.json answered ${answer.status}`);
  const { brokerUrl, platformId, providerOrigin } = pageConfiguration.parse(await answer.json());
  if (providerOrigin !== undefined) configure({ provider: { origin: providerOrigin } });
  await connectDesktop({ brokerUrl, platformId });
}
