import { failure } from '../../../outcomes/failure.ts';
import { outcomeFailure } from '../../../outcomes/outcomes.ts';
import type { Host } from '../host.ts';

/**
 * A server: the runtime vouches for callers as in the container, and there is neither a window nor a desktop agent.
 * Apps get the session of the service.
 */
export function createNodeHost(channels: Host['channels']): Host {
  return {
    channels,
    ticketUrl: undefined,
    redeemTicket: () => ({ refused: 'unknown' }),
    vouchFor: async ({ uuid, name }) => ({ kind: 'runtime', uuid, name }),
    canSignInSilently: true,
    isUnattended: true,
    openSignInWindow: async () => outcomeFailure({ stage: 'window', event: 'unattended' }),
    openRecordView: async () =>
      failure(
        'INTERACTION_REQUIRED',
        'This Salesforce provider runs on a server, where no record can be shown to a person.',
      ),
  };
}
