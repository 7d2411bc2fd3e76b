import { followProvider, providerConnection, type Follower } from './configure.ts';
import type { LiveSubscription } from './liveSubscription.ts';
import { deliverLive } from './liveWay.ts';
import { Session } from './session.ts';
import { onStateChange } from './stateChange.ts';

/** All subscriptions of this page. */
const subscriptions = new Set<LiveSubscription>();

const follower: Follower = {
  onChannel(channel) {
    channel.listen('live', deliverLive);
    for (const subscription of subscriptions) void subscription.begin(channel);
  },
  isAwaited: () => subscriptions.size > 0,
};

/** Whether a person can see this page; true where there is no page. */
export const isPageSeen = (): boolean => typeof document === 'undefined' || document.visibilityState !== 'hidden';

/** Ends the listening, while something is subscribed to. */
let stopListening: (() => void) | undefined;

function listen(): () => void {
  const stopStates = onStateChange((event) => {
    const { channel } = providerConnection();
    if (!channel) return;
    const renewed = new Map<Session, Session>();
    const renew = (session: Session): Session => {
      const next = renewed.get(session) ?? new Session(session.request, session.details);
      renewed.set(session, next);
      return next;
    };
    for (const subscription of subscriptions) subscription.sessionChanged(event, channel, renew);
  });
  if (typeof document === 'undefined') return stopStates;
  const stop = new AbortController();
  const { signal } = stop;
  const lookAgain = (): void => subscriptions.forEach((subscription) => subscription.lookAgain());
  document.addEventListener('visibilitychange', lookAgain, { signal });
  // A page that comes back from the back/forward cache was dead to the provider.
  const beginAnew = ({ persisted }: PageTransitionEvent): void => {
    const { channel } = providerConnection();
    if (persisted && channel) for (const subscription of subscriptions) void subscription.begin(channel);
  };
  window.addEventListener('pageshow', beginAnew, { signal });
  return () => {
    stopStates();
    stop.abort();
  };
}

/** Keeps a subscription as long as it is not {@link leaveLive left}. */
export function keepLive(subscription: LiveSubscription): void {
  subscriptions.add(subscription);
  stopListening ??= listen();
  const isNew = followProvider(follower);
  const { channel } = providerConnection();
  if (!channel) providerConnection().connectInBackground();
  else if (!isNew) void subscription.begin(channel);
}

/** A subscription has ended. */
export function leaveLive(subscription: LiveSubscription): void {
  subscriptions.delete(subscription);
  if (subscriptions.size > 0) return;
  stopListening?.();
  stopListening = undefined;
}
