import { followProvider, providerConnection } from './configure.ts';
import { askStates } from './presentStates.ts';
import { deliverState, type StateListener, stateListeners } from './stateListeners.ts';

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
  const follower = { listener, told: new Map() };
  stateListeners.add(follower);
  followProvider({
    onState: deliverState,
    onChannel: (channel) => void askStates(channel),
    isAwaited: () => stateListeners.size > 0,
  });
  const connection = providerConnection();
  // A new channel asks for the states of all listeners by itself.
  if (connection.channel) void askStates(connection.channel, [follower]);
  else connection.connectInBackground();
  return () => {
    stateListeners.delete(follower);
  };
}
