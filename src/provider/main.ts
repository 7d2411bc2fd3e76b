import type { OpenFin } from '@openfin/core';
import { wrap } from 'comlink';
import type { providerFailed } from '../channel/windowMessages.ts';
import type { z } from '../zod.ts';
import workerUrl from '../worker/main.ts?worker&url';
import { logLine } from '../logLine.ts';
import type { TokenWorker } from '../worker/tokenWorker.ts';
import type { ChannelEndpoint } from './channelEndpoint.ts';
import { ofRole } from './audience.ts';
import type { AuditTrail } from './audit.ts';
import { createAccessPolicy, type Caller } from './accessPolicy.ts';
import { ConfigurationError, parseConfiguration, type ProviderConfiguration } from './configuration.ts';
import type { ContainerFin } from './hosts/container/containerFin.ts';
import { createContainerHost, readManifest, type ContainerLanes } from './hosts/container/containerHost.ts';
import { intentsToProvider } from './hosts/container/platformBroker.ts';
import { vouchFor } from './hosts/container/vouchFor.ts';
import { openPortRelay } from './hosts/web/openPortRelay.ts';
import { signInReturnChannel } from './hosts/web/signInReturnChannel.ts';
import { createPlatformPage } from './hosts/web/platformPage.ts';
import { createWebHost, readWebHostSettings } from './hosts/web/webHost.ts';
import { createRememberedChoices } from './rememberedChoices.ts';
import { createSignedOutMark } from './signedOutMark.ts';
import { startAnewWhenShownAgain } from '../startAnew.ts';
import { startProvider } from './startProvider.ts';

/** The container puts `fin` on the page before it loads; in a browser the web host connects to HERE Core Web itself. */
const containerFin = (globalThis as { fin?: ContainerFin }).fin;

/** In the storage of this origin, so that the mark outlives window and tab. */
const signedOut = createSignedOutMark(() => localStorage);
const choices = createRememberedChoices(() => localStorage);

const devicePageUrl = new URL('/device.html', window.location.href).href;

/**
 * Milliseconds for which a page that goes away waits for the token worker's thread, which needs a few on an idle
 * machine.
 */
const workerGraceMs = 250;

function startWorker(): TokenWorker {
  const policy = window.trustedTypes?.createPolicy('salesforce-interop-worker', {
    createScriptURL(url) {
      if (new URL(url, location.href).origin !== location.origin)
        throw new TypeError('The token worker is served by the provider only.');
      return url;
    },
  });
  const url = policy?.createScriptURL(workerUrl) ?? workerUrl;
  const worker = wrap<TokenWorker>(new Worker(url as string, { type: 'module', name: 'token-worker' })) as TokenWorker;
  window.addEventListener('pagehide', () => {
    void worker.shutDown();
    // The browser ends the worker together with this page, in half of all cases before the worker has read its
    // messages. This wait gives it the time.
    for (const until = performance.now() + workerGraceMs; performance.now() < until;);
  });
  return worker;
}

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
  if (manifest.isPlatform) {
    await fin.Platform.init({
      interopOverride: [
        intentsToProvider(fin.me.identity, async (raiser) =>
          createAccessPolicy(configuration.allowedApps)(await vouchFor(fin, raiser)),
        ) as unknown as OpenFin.ConstructorOverride<OpenFin.InteropBroker>,
      ],
    });
  }
  const host = createContainerHost(fin, configuration.showSignInWindowAfterMs, await containerLanes(configuration));
  await startProvider({
    configuration,
    host,
    worker: startWorker(),
    signInReturnChannel,
    devicePageUrl,
    audit,
    signedOut,
    choices,
  });
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
  endpoint = await startProvider({
    configuration,
    host,
    worker: startWorker(),
    signInReturnChannel,
    devicePageUrl,
    audit,
    signedOut,
    choices,
    pageEvents,
  });
  // Messages from before the endpoint existed wait for the platform page, which may have been admitted meanwhile.
  arrived();
}

const audit: AuditTrail = {
  write: (record) => console.info('[salesforce-interop]', logLine(record)),
  reportCause: (correlationId, cause) => console.error('[salesforce-interop]', correlationId, cause),
};

function reportFailure(error: unknown): void {
  const problems = error instanceof ConfigurationError ? error.problems : [];
  const message =
    problems.length > 0
      ? "The Salesforce provider's configuration is wrong."
      : `The Salesforce provider could not start: ${error instanceof Error ? error.message : 'unknown reason'}`;
  const main = document.querySelector('main')!;
  main.append(Object.assign(document.createElement('p'), { textContent: message }));
  const list = main.appendChild(document.createElement('ul'));
  for (const problem of problems) list.append(Object.assign(document.createElement('li'), { textContent: problem }));
  const failed: z.input<typeof providerFailed> = {
    type: 'salesforce-interop.providerFailed',
    message,
    problems: [...problems],
  };
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
