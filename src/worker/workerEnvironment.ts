import { delay } from '../time.ts';
import type { Environment } from './environment.ts';
import type { RememberedSessions } from './rememberedSessions.ts';
import type { OrgClock } from './orgClock.ts';
import type { ServerGrant } from './serverGrant.ts';

/** What the token worker as a whole needs of the environment in which it runs. */
export interface WorkerEnvironment extends Environment {
  /** Opens the store of remembered sessions. Called only when the settings ask for it, or to delete what was there. */
  openRememberedSessions: ((clock: OrgClock) => Promise<RememberedSessions>) | undefined;
  /** Whether anything was ever stored there. Stores nothing itself. */
  hasRememberedSessions: () => Promise<boolean>;
  /** Opens the channel on which return pages hand over redirect URLs; undefined where the host delivers them. */
  openSignInReturnChannel: ((name: string) => Pick<BroadcastChannel, 'onmessage'>) | undefined;
  /** Address of the worker's own script; undefined where there is no page to examine. */
  scriptUrl: string | undefined;
  /** The flow by which it signs in without a person; undefined in a page, which could keep no secret. */
  serverGrant: ServerGrant | undefined;
}

/** Defaults for a worker without a browser around it. */
export const plainEnvironment: WorkerEnvironment = {
  fetch: (...parameters) => globalThis.fetch(...parameters),
  now: () => Date.now(),
  isOnline: () => true,
  delay,
  nextTask: () => delay(0),
  hasPreflights: false,
  alone: (_name, work) => work(),
  serverTime: async () => undefined,
  openRememberedSessions: undefined,
  hasRememberedSessions: async () => false,
  openSignInReturnChannel: undefined,
  scriptUrl: undefined,
  serverGrant: undefined,
};
