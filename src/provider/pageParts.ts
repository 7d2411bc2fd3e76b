/** What the provider has in a page, on whichever desktop that is. */
import { wrap } from 'comlink';
import workerUrl from '../worker/main.ts?worker&url';
import { logLine } from '../logLine.ts';
import type { TokenWorker } from '../worker/tokenWorker.ts';
import type { AuditTrail } from './audit.ts';
import { ConfigurationError } from './configuration.ts';
import { signInReturnChannel } from './hosts/web/signInReturnChannel.ts';
import { createRememberedChoices } from './rememberedChoices.ts';
import { createSignedOutMark } from './signedOutMark.ts';

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

export const audit: AuditTrail = {
  write: (record) => console.info('[salesforce-interop]', logLine(record)),
  reportCause: (correlationId, cause) => console.error('[salesforce-interop]', correlationId, cause),
};

/** Options of `startProvider` that are the same for every page: starts the token worker. */
export function pageParts() {
  return {
    worker: startWorker(),
    signInReturnChannel,
    devicePageUrl: new URL('/device.html', window.location.href).href,
    audit,
    /** In the storage of this origin, so that the mark outlives window and tab. */
    signedOut: createSignedOutMark(() => localStorage),
    choices: createRememberedChoices(() => localStorage),
  };
}

/** Why the provider could not start: a sentence, and which paths of its configuration are wrong. */
export function failureOf(error: unknown): { message: string; problems: string[] } {
  const problems = error instanceof ConfigurationError ? [...error.problems] : [];
  const message =
    problems.length > 0
      ? "The Salesforce provider's configuration is wrong."
      : `The Salesforce provider could not start: ${error instanceof Error ? error.message : 'unknown reason'}`;
  return { message, problems };
}
