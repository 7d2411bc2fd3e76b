import { transfer } from 'comlink';
import type { OrgUsage } from '../channel/orgUsage.ts';
import type { PlatformStatus } from '../channel/protocol.ts';
import { doorCaller, type Caller } from './accessPolicy.ts';
import { defaultOrg } from './configuration.ts';
import { createOrgService, type OrgServiceOptions } from './orgService.ts';
import { createSessionService, type SessionServiceOptions } from './sessionService.ts';

export type SalesforceService = ReturnType<typeof createSalesforceService>;

interface ServiceOptions extends SessionServiceOptions, OrgServiceOptions {
  /** What the desktop has used of each org; undefined while nothing is counted. */
  usage: () => OrgUsage[] | undefined;
}

/**
 * The only entry for channel, intents and later interfaces: each asks for Salesforce here, as a caller that the access
 * policy has admitted.
 */
export function createSalesforceService(options: ServiceOptions) {
  const { configuration, worker, calls, sessions, signIns } = options;
  return {
    ...createSessionService(options),
    ...createOrgService(options),

    status(connected: Pick<PlatformStatus, 'apps' | 'clients'>): PlatformStatus {
      const usage = options.usage();
      return {
        ...(usage && { usage }),
        sessions: sessions.list(),
        ...connected,
        signingIn: signIns.isBusy(),
        defaultOrgUrl: defaultOrg(configuration).orgUrl,
        orgs: configuration.orgs.map(({ orgUrl, consumerKey }) => ({ orgUrl, consumerKey })),
      };
    },

    /** Opens a lane to the token worker for a caller that has been admitted. */
    openLane(caller: Caller, port: MessagePort): void {
      void worker.openLane(doorCaller(caller), transfer(port, [port]));
    },

    callerGone(callerId: string): void {
      calls.leave(callerId);
      void worker.dismissCaller(callerId);
      sessions.callerGone(callerId);
    },
  };
}
