import type { ContextChannels } from '../channels/contextChannels.ts';
import type { IntentRoutingOptions } from '../intentRouting.ts';

/** For the platform's log. */
export interface HandlerRejected {
  intent: string;
  appId: string;
  instanceId: string;
  reason: string;
}

export interface RouterOptions extends IntentRoutingOptions {
  channels: ContextChannels;
  /** Told why a handler has not done what it was asked for: the raiser learns no more than that. */
  onHandlerRejected: (rejected: HandlerRejected) => void;
}
