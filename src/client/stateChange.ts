import { type Follower, followProvider, providerConnection } from './configure.ts';
import { askStates } from './presentStates.ts';
import { deliverState, type StateListener, stateListeners } from './stateListeners.ts';

const follower: Follower = {
  onChannel(channel) {
    channel.listen('state', deliverState);
    void askStates(channel);
  },
  isAwaited: () => stateListeners.size > 0,
};

/**
 * Listens to the sessions that this app has, and while it has none of an org, to those it could share: signed in,
 * signed out, sign-in required. It is told at once what there is already, then each change. Connects to the provider if
 * nothing else did, and stays connected through restarts of the provider.
 *
 * @returns a function that stops listening
 * @example
 * ```ts
 * const stop = onStateChange(({ state, userName }) => {
 *   banner.textContent = state === 'signedIn' ? `Signed in as ${userName}` : 'Please sign in to Salesforce';
 * });
 * ```
 */
export function onStateChange(listener: StateListener): () => void {
  const added = { listener, told: new Map() };
  stateListeners.add(added);
  // A new channel asks for the states of all listeners by itself.
  const isFirst = followProvider(follower);
  const connection = providerConnection();
  if (!connection.channel) connection.connectInBackground();
  else if (!isFirst) void askStates(connection.channel, [added]);
  return () => {
    stateListeners.delete(added);
  };
}
