import type { AppInstance, AppInstances } from '../appInstances.ts';
import type { ContextChannels } from '../channels/contextChannels.ts';
import type { UserChannels } from '../channels/userChannels.ts';
import type { DesktopRouter } from '../router/desktopRouter.ts';
import type { AppPort } from './appPort.ts';
import type { RequestPayload, RequestType } from './requests.ts';

/** What apps ask for is kept and routed by these, for apps of core-web too. */
export interface WebDesktop {
  instances: AppInstances;
  router: DesktopRouter;
  channels: ContextChannels;
  userChannels: UserChannels;
  /** FDC3 `ImplementationMetadata.provider` and `providerVersion`. */
  provider: { name: string; version: string };
}

/** One request of an app. */
export interface Asking {
  instance: AppInstance;
  port: AppPort;
  requestUuid: string;
  /** Does something once the answer is on its way: an app knows its new listener by then. */
  afterwards(work: () => void): void;
}

/**
 * By request: what is answered, or undefined where the standard has no answer. Throws Errors whose message is a value
 * of FDC3's error enumerations.
 */
export type Answers<Type extends RequestType = RequestType> = {
  [T in Type]: (payload: RequestPayload<T>, asking: Asking) => object | undefined | Promise<object>;
};
