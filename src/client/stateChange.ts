import { providerLink } from './configure.ts';
import { type StateListener, stateListeners } from './stateListeners.ts';

/**
 * Listens to the sessions that the apps of this desktop share: signed in, signed out, sign-in required. Connects to the
 * provider if nothing else did, and stays connected through restarts of the provider.
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
  // Wrapped, so that the same function may listen twice and each stop ends its own.
  const own: StateListener = (event) => listener(event);
  stateListeners.add(own);
  providerLink().connectInBackground();
  return () => { stateListeners.delete(own); };
}
