import { beginCall } from './call.ts';
import { InitializationError } from './errors.ts';
import type { ChannelConnection } from './channelConnection.ts';
import { errorCode, log } from './logging.ts';
import { silentLimitMs } from './session.ts';
import { deliverStates, type Follower, stateListeners } from './stateListeners.ts';

/**
 * Asks the provider which sessions there are for this app and tells the listeners what is news to them. A provider that
 * cannot say leaves them as they are.
 */
export async function askStates(
  channel: ChannelConnection,
  followers: Iterable<Follower> = stateListeners,
): Promise<void> {
  const known = new Map([...followers].map((follower) => [follower, [...follower.told.keys()]]));
  if (known.size === 0) return;
  const unanswered = () => new InitializationError('The Salesforce provider did not say which sessions there are.');
  const call = beginCall({}, unanswered, { ms: silentLimitMs, error: unanswered });
  try {
    deliverStates(await channel.exchange('states', {}, call), known);
  } catch (error) {
    log(`no present states: ${errorCode(error)}`);
  } finally {
    call.end();
  }
}
