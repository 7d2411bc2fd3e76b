import { delay } from '../time.ts';
import type { Environment } from './environment.ts';
import type { RememberedSessions } from './rememberedSessions.ts';
import type { OrgClock } from './orgClock.ts';
import type { ServerGrant } from './serverGrant.ts';

/** What the token worker as a whole needs of the place it runs in. */
export interface WorkerEnvironment extends Environment {
  /** Where sessions are remembered; opened only when the settings ask for it, or to clear what was there. */
  openRememberedSessions: ((clock: OrgClock) => Promise<RememberedSessions>) | undefined;
  /** Whether anything was ever stored there; asking stores nothing. */
  hasRememberedSessions: () => Promise<boolean>;
  /** Where return pages hand over redirect URLs; absent where the host delivers them. */
  openSignInReturnChannel: ((name: string) => Pick<BroadcastChannel, 'onmessage'>) | undefined;
  /** Address of the worker's own script; absent where there is no page, and so nothing of it to examine. */
  scriptUrl: string | undefined;
  /** How to sign in without a person; absent in a page, which could keep no secret. */
  serverGrant: ServerGrant | undefined;
}

/** Defaults for a worker without a browser around it. */
export const plainEnvironment: WorkerEnvironment = {
  fetch: (...parameters) => globalThis.fetch(...parameters),
  now: () => Date.now(),
  isOnline: () => true,
  delay,
  alone: (_name, work) => work(),
  serverTime: async () => undefined,
  openRememberedSessions: undefined,
  hasRememberedSessions: async () => false,
  openSignInReturnChannel: undefined,
  scriptUrl: undefined,
  serverGrant: undefined,
};
