/** The platform's broker page: core-web loads it as a hidden frame into every page that joins the platform. */
import { init, rejectConnections } from '@openfin/core-web/iframe-broker';
import { claimUuid, readIdentity, type ClientIdentity } from './guard/clientIdentity.ts';
import { createWireRules } from './guard/wireRules.ts';
import { guardPorts } from './guard/workerGuard.ts';
import { busChannelName } from './interopBus.ts';
import { channelName } from '../channel/channelVersion.ts';

export interface IframeBrokerOptions {
  sharedWorkerUrl: string;
  platformId: string;
  /** Origins of the pages that may join besides the platform's own. */
  allowedOrigins: readonly string[];
  /** Where the provider's page is served: no other page may make its channel. */
  providerOrigin: string;
  /** Called for everything that a page was refused, for the platform team. */
  onRefused?: (refused: { origin: string; action: string; reason: string }) => void;
}

/**
 * Lets pages of the given origins join, and refuses all others. HERE's shared worker believes what a page states about
 * its client. This page knows from the browser which page embeds it, and so holds the client to it: one open frame for
 * each uuid, and no message in another's name. `crossTab: 'same-site'` makes frames of other origins share the
 * platform's worker (core-web 0.40, iframe broker).
 */
export async function startIframeBroker({
  sharedWorkerUrl,
  platformId,
  allowedOrigins,
  providerOrigin,
  onRefused = () => undefined,
}: IframeBrokerOptions): Promise<void> {
  // Not the referrer: it names the page that has navigated this frame here, which need not be the page that embeds it.
  const embedder = location.ancestorOrigins?.[0];
  const refuse = (reason: string): void => {
    onRefused({ origin: embedder ?? 'unknown', action: 'join', reason });
    rejectConnections({ reason });
  };
  if (embedder === undefined)
    return refuse('This browser does not say which page has framed this one (Location.ancestorOrigins).');
  if (embedder !== location.origin && !allowedOrigins.includes(embedder))
    return refuse(`${embedder} is not in the app directory of this platform.`);
  // Without a shared worker core-web uses a worker of this page, which the guard does not cover.
  if (!('SharedWorker' in window)) return refuse('This browser has no shared workers, which the desktop needs.');

  let identity: ClientIdentity;
  try {
    identity = readIdentity(window.name);
    if (!(await claimUuid(navigator.locks, identity)))
      return refuse('Another page of this desktop has this client id. Reload the page.');
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'This client could not be told from others.');
  }
  const reservedChannels = {
    [channelName]: providerOrigin,
    [busChannelName(platformId)]: location.origin,
    [`interop-broker-${platformId}`]: location.origin,
  };
  guardPorts(MessagePort.prototype, {
    identity,
    rules: createWireRules({ origin: embedder, reservedChannels }),
    onRefused: (action, reason) => onRefused({ origin: embedder, action, reason }),
  });
  return init({ sharedWorkerUrl: trustedWorkerUrl(sharedWorkerUrl), experimental: { crossTab: 'same-site' } });
}

/**
 * Where the page's policy asks for it (Trusted Types), a worker may be started from this one address only. core-web
 * hands what it is given to `new SharedWorker` as it is.
 */
function trustedWorkerUrl(sharedWorkerUrl: string): string {
  const policy = window.trustedTypes?.createPolicy('salesforce-interop-broker', {
    createScriptURL(url) {
      if (new URL(url, location.href).origin !== location.origin)
        throw new TypeError("HERE's shared worker is served by the platform only.");
      return url;
    },
  });
  return (policy?.createScriptURL(sharedWorkerUrl) ?? sharedWorkerUrl) as string;
}
