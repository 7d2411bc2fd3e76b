import type { OrgOptions } from '../../sandbox/org/orgOptions.ts';
import type { SessionDetails } from '../../src/channel/protocol.ts';
import { useOrg } from './org.ts';
import type { ProviderApp } from './runningProvider.ts';

/** One org for all tests of a file, which starts over before each, and what apps ask of the providers on it. */
export function useProviderOrg(options: OrgOptions = { contacts: 20 }) {
  const org = useOrg(options);
  let requests = 0;
  const request = () => ({ requestId: `r${(requests += 1)}` });

  return {
    org,
    /** With an id that no request had before. */
    request,
    connect: (app: ProviderApp, more: object = {}) => app.ask<SessionDetails>('connect', { ...request(), ...more }),
  };
}
