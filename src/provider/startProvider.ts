import { proxy } from 'comlink';
import { createChannelEndpoint, type ChannelEndpoint, type PageEvents } from '../channel/endpoint.ts';
import { registerIntentHandlers } from '../intents/registerIntentHandlers.ts';
import { createAccessPolicy } from './accessPolicy.ts';
import { createAudit, type AuditRecord } from './audit.ts';
import type { ProviderConfiguration } from './configuration.ts';
import type { Host } from './hosts/host.ts';
import { createIntentDesk } from './intentDesk.ts';
import { createRecordViews } from './recordViews.ts';
import { createSalesforceService } from './service.ts';
import { createSessions } from './sessions.ts';
import { createSignIns } from './signIns.ts';
import type { TokenWorker } from '../worker/tokenWorker.ts';

interface ProviderOptions {
  configuration: ProviderConfiguration;
  host: Host;
  worker: TokenWorker;
  /** Name of the BroadcastChannel on which the sign-in return page reports to the worker. */
  signInReturnChannel: string;
  writeAudit: (record: AuditRecord) => void;
  /** What the platform page did with windows; only the web host has one. */
  pageEvents?: Pick<PageEvents, 'signInWindow' | 'recordViewClosed'>;
}

/**
 * Composes the provider and starts its faces: the channel and the intents.
 *
 * @throws Error when the worker refuses its settings or the channel cannot be created.
 */
export async function startProvider({ configuration, host, worker, signInReturnChannel, writeAudit, pageEvents }: ProviderOptions): Promise<ChannelEndpoint> {
  let endpoint: ChannelEndpoint | undefined;
  const statusChanged = (): void => endpoint?.statusChanged();

  const sessions = createSessions({
    lingerMs: configuration.lingerMs,
    onState(event) {
      void endpoint?.send('state', event);
      statusChanged();
    },
    onEnd: (sessionId) => worker.endSession(sessionId),
  });
  const configured = await worker.configure(
    {
      orgs: configuration.orgs.map(({ orgUrl, consumerKey }) => ({ orgUrl, consumerKey, redirectUri: configuration.redirectUri })),
      extraOrigins: configuration.extraOrgOrigins,
      endpointPrefixes: configuration.endpointPrefixes,
      requestTimeoutMs: configuration.requestTimeoutMs,
      signInReturnChannel,
    },
    proxy(sessions.lost),
  );
  if (!configured.ok) throw new Error(configured.error.message);

  const signIns = createSignIns({
    worker, host, configuration,
    async onSignedIn(details) {
      await sessions.endLost(details.orgUrl, details.consumerKey);
      sessions.add(details);
    },
    onBusyChanged: statusChanged,
  });
  const service = createSalesforceService({ configuration, worker, host, sessions, signIns, audit: createAudit(writeAudit) });
  const allowedApp = createAccessPolicy(configuration.allowedApps);
  const recordViews = createRecordViews(host, configuration.recordViewUrl);

  endpoint = await createChannelEndpoint({
    channels: host.channels,
    service,
    allowedApp,
    ticketUrl: host.ticketUrl,
    redeemTicket: (ticket) => host.redeemTicket(ticket),
    pages: {
      signIn: (caller) => service.connect(caller, { requestId: crypto.randomUUID() }),
      signInWindow: (event) => pageEvents?.signInWindow(event),
      recordViewClosed: (viewId) => pageEvents?.recordViewClosed(viewId),
      recordViewState: recordViews.state,
      recordChosen: recordViews.choose,
    },
  });
  await registerIntentHandlers(await host.desktopAgent(), createIntentDesk(allowedApp, service, recordViews));
  return endpoint;
}
