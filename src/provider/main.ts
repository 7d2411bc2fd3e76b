import type { OpenFin } from '@openfin/core';
import type { providerFailed } from '../channel/windowMessages.ts';
import type { z } from '../zod.ts';
import { UserChannels } from '../core-web/channels/userChannels.ts';
import type { ChannelEndpoint } from './channelEndpoint.ts';
import { ofRole } from './audience.ts';
import { createAccessPolicy, type Caller } from './accessPolicy.ts';
import { parseConfiguration, type ProviderConfiguration } from './configuration.ts';
import type { ContainerFin } from './hosts/container/containerFin.ts';
import { createContainerHost, readManifest, type ContainerLanes } from './hosts/container/containerHost.ts';
import { intentsToProvider } from './hosts/container/platformBroker.ts';
import { vouchFor } from './hosts/container/vouchFor.ts';
import { openPortRelay } from './hosts/web/openPortRelay.ts';
import { createPlatformPage } from './hosts/web/platformPage.ts';
import { createWebHost, readWebHostSettings } from './hosts/web/webHost.ts';
import { audit, failureOf, pageParts } from './pageParts.ts';
import { startAnewWhenShownAgain } from '../startAnew.ts';
import { startProvider } from './startProvider.ts';

/** The container puts `fin` on the page before it loads; in a browser the web host connects to HERE Core Web itself. */
const containerFin = (globalThis as { fin?: ContainerFin }).fin;

/** @returns undefined where they are switched off, or the browser has no SharedWorker */
async function containerLanes({ lanes }: ProviderConfiguration): Promise<ContainerLanes | undefined> {
  const relay = lanes ? openPortRelay() : undefined;
  if (!relay) return undefined;
  // In the container only: the Public Suffix List is most of it.
  const { isSameSite } = await import('./hosts/container/sameSite.ts');
  return { relay, isSameSite, onUnavailable: (cause) => audit.reportCause('no lanes', cause) };
}

async function startInContainer(fin: ContainerFin): Promise<void> {
  const manifest = await readManifest(fin);
  const configuration = parseConfiguration(manifest.configuration);
  const userChannels = new UserChannels();
  if (manifest.isPlatform) {
    await fin.Platform.init({
      interopOverride: [
        intentsToProvider(
          fin.me.identity,
          async (raiser) => createAccessPolicy(configuration.allowedApps)(await vouchFor(fin, raiser)),
          userChannels,
          configuration.intents,
        ) as unknown as OpenFin.ConstructorOverride<OpenFin.InteropBroker>,
      ],
    });
  }
  const lanes = await containerLanes(configuration);
  const host = createContainerHost(fin, configuration.showSignInWindowAfterMs, lanes, userChannels);
  await startProvider({ configuration, host, ...pageParts() });
}

async function startInBrowser(): Promise<void> {
  const settings = readWebHostSettings(await (await fetch('/config.json', { cache: 'no-store' })).json());
  const configuration = parseConfiguration(settings.provider);
  let endpoint: ChannelEndpoint | undefined;
  const { page, arrived } = createPlatformPage({
    isExpected: configuration.allowedApps.some(({ role }) => role === 'platform'),
    sendNow: async (action, payload) => (await endpoint?.sendTo(ofRole('platform'), action, payload as never)) ?? false,
  });
  const { host, ...hostEvents } = await createWebHost(
    settings,
    page,
    configuration.lanes ? openPortRelay() : undefined,
  );
  const pageEvents = { ...hostEvents, admitted: ({ app }: Caller) => void (app.role === 'platform' && arrived()) };
  endpoint = await startProvider({ configuration, host, ...pageParts(), pageEvents });
  // Messages from before the endpoint existed wait for the platform page, which may have been admitted meanwhile.
  arrived();
}

function reportFailure(error: unknown): void {
  const { message, problems } = failureOf(error);
  const main = document.querySelector('main')!;
  main.append(Object.assign(document.createElement('p'), { textContent: message }));
  const list = main.appendChild(document.createElement('ul'));
  for (const problem of problems) list.append(Object.assign(document.createElement('li'), { textContent: problem }));
  const failed: z.input<typeof providerFailed> = { type: 'salesforce-interop.providerFailed', message, problems };
  // The platform page shows it; the message holds configuration paths only, so any framing page may have it.
  if (window.parent !== window) window.parent.postMessage(failed, '*');
  if (containerFin) void (containerFin.me as unknown as { show?: () => Promise<void> }).show?.();
}

startAnewWhenShownAgain();
try {
  await (containerFin ? startInContainer(containerFin) : startInBrowser());
} catch (error) {
  reportFailure(error);
}
