import { beginCall } from './call.ts';
import { InitializationError } from './errors.ts';
import type { ChannelConnection } from './channelConnection.ts';
import { errorCode, log } from './logging.ts';
import { silentLimitMs } from './session.ts';
import { deliverStates, type ToldListener, stateListeners } from './stateListeners.ts';

/**
 * Asks the provider for the sessions of this app, and tells the listeners what has changed. If the provider cannot
 * answer, the listeners are told nothing.
 */
export async function askStates(
  channel: ChannelConnection,
  followers: Iterable<ToldListener> = stateListeners,
): Promise<void> {
  const known = new Map([...followers].map((follower) => [follower, [...follower.told.keys()]]));
  if (known.size === 0) return;
  const unanswered = () => new InitializationError('The Salesforce provider did not say which sessions there are.');
  const call = beginCall(silentLimitMs, unanswered);
  try {
    deliverStates(await channel.exchange('states', {}, call), known);
  } catch (error) {
    log(`no present states: ${errorCode(error)}`);
  } finally {
    call.end();
  }
}
