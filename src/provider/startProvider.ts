import { proxy } from 'comlink';
import type { OrgUsage } from '../channel/orgUsage.ts';
import { deferred } from '../deferred.ts';
import { failure, success } from '../outcomes/failure.ts';
import { createChannelEndpoint, type ChannelEndpoint, type PageEvents } from './channelEndpoint.ts';
import type { FailedIntent, IntentServices } from '../intents/intentServices.ts';
import { registerIntentHandlers } from '../intents/registerIntentHandlers.ts';
import { ofCaller } from './audience.ts';
import { createAccessPolicy } from './accessPolicy.ts';
import { createAudit, writeCalls, type Audit, type AuditTrail } from './audit.ts';
import { createCallsUnderWay } from '../calls/callsUnderWay.ts';
import type { OrgConfiguration, ProviderConfiguration } from './configuration.ts';
import { followContexts } from './followContexts.ts';
import type { Host } from './hosts/host.ts';
import { createDesktopSearch, searchApp } from './desktopSearch.ts';
import { createIntentServices } from './providerIntentServices.ts';
import { createIntentNotices } from './intentNotices.ts';
import { orgOfIntent } from './orgOfIntent.ts';
import { createRememberedChoices, type RememberedChoices } from './rememberedChoices.ts';
import { createRecordViews } from './recordViews.ts';
import { createRegisterSession } from './registerSession.ts';
import { createSalesforceService } from './service.ts';
import { Sessions } from './sessions.ts';
import { signInPlace, type SignedOutMark } from './signedOutMark.ts';
import { createSignIns } from './signIns.ts';
import { systemTimers, type Timers } from '../time.ts';
import type { TokenWorker, WorkerEvents } from '../worker/tokenWorker.ts';
import { workerSettingsOf } from './workerSettings.ts';

const longestResumeMs = 3_000;

interface ProviderOptions {
  configuration: ProviderConfiguration;
  host: Host;
  worker: TokenWorker;
  /**
   * Name of the BroadcastChannel on which the sign-in return page reports to the worker; none where the host has no
   * pages.
   */
  signInReturnChannel?: string;
  /** The provider's own page for signing in on another device; none where the host has no pages. */
  devicePageUrl?: string;
  audit: AuditTrail;
  /** Marks the orgs where somebody has signed out and nobody has signed in since; outlives this provider. */
  signedOut: SignedOutMark;
  /** What people have chosen where several records may have been meant; outlives this provider. */
  choices?: RememberedChoices;
  /**
   * Receives what the platform page reports of windows, and its arrival; in a browser only, where the host opens none
   * itself.
   */
  pageEvents?: Pick<PageEvents, 'signInWindow' | 'recordViewClosed' | 'admitted'>;
  timers?: Timers;
}

/** Names of the worker's troubles in the audit trail. */
const auditedTroubles = { notRevoked: 'revoke', notRemembered: 'rememberSession', notBound: 'bindTokens' } as const;

/**
 * Composes the provider and starts its interfaces: the channel and the intents.
 *
 * @throws Error when the worker refuses its settings or the channel cannot be created.
 */
export async function startProvider({
  configuration,
  host,
  worker,
  signInReturnChannel,
  devicePageUrl = '',
  audit: auditTrail,
  signedOut,
  choices = createRememberedChoices(),
  pageEvents,
  timers = systemTimers,
}: ProviderOptions): Promise<ChannelEndpoint> {
  let endpoint: ChannelEndpoint | undefined;
  let usage: OrgUsage[] | undefined;
  const statusChanged = (): void => endpoint?.statusChanged();

  const calls = createCallsUnderWay();
  const sessions = new Sessions({
    lingerMs: configuration.lingerMs,
    onState(event, audience) {
      void endpoint?.sendTo(audience, 'state', event);
      statusChanged();
    },
    onPersonLeft() {
      for (const one of [intentServices, searchIntents, desktopSearch]) one.personLeft();
      host.forgetContexts?.();
    },
    onEnd: (sessionId) => worker.endSession(sessionId),
    timers,
  });
  const audit = createAudit(auditTrail);
  const configured = await worker.configure(
    workerSettingsOf(configuration, signInReturnChannel),
    proxy(
      workerEvents(sessions, audit, auditTrail, {
        usage(figures) {
          usage = figures;
          statusChanged();
        },
        live: (callerId, event) => void endpoint?.sendTo(ofCaller(callerId), 'live', event),
      }),
    ),
  );
  if (!configured.ok) throw new Error(configured.error.message);

  const registerSession = createRegisterSession({ worker, sessions, apiVersion: configuration.apiVersion });
  const signIns = createSignIns({
    worker,
    host,
    configuration,
    devicePageUrl,
    signOuts: () => sessions.signOuts(),
    onSignedIn: registerSession,
    onBusyChanged: statusChanged,
    timers,
  });
  const resumed = deferred<void>();
  const service = createSalesforceService({
    configuration,
    worker,
    calls,
    host,
    sessions,
    signIns,
    audit,
    signedOut,
    describeAgent: host.describeAgent,
    resumed: resumed.promise,
    usage: () => usage,
  });
  const allowedApp = createAccessPolicy(configuration.allowedApps);
  const recordViews = createRecordViews(host, configuration.recordViewUrl, configuration.recordViews);
  const notices = noticesOf(host, configuration, (failed) => intentServices.searchInstead(failed));
  const orgFor = (app: string, orgUrls: readonly string[]): OrgConfiguration =>
    orgOfIntent(configuration, orgUrls, (org) => sessions.isConnected(app, org));
  const { limits } = configuration;
  const intentParts = { service, recordViews, notices, audit, limits, choices, orgFor };
  const intentServices = createIntentServices({ ...intentParts, allowedApp });
  const searchIntents = createIntentServices({ ...intentParts, allowedApp: () => success(searchApp) });
  const desktopSearch = createDesktopSearch({
    ...{ configuration, service, sessions, tellPerson: host.tellPerson, intents: searchIntents },
    agent: async () => host.desktopAgent?.(),
  });

  endpoint = await createChannelEndpoint({
    host,
    service,
    allowedApp,
    audit,
    pages: pageEventsOf({ configuration, service, notices, recordViews, choices, pageEvents, desktopSearch }),
  });
  void restoreSessions({ configuration, worker, sessions, signedOut, registerSession })
    .then(() => service.resume())
    .finally(() => {
      resumed.resolve();
      statusChanged();
    });
  // In Chromium a click permits opening a window for five seconds only: whoever connects waits no longer than this.
  timers.after(longestResumeMs, resumed.resolve);
  await answerIntents(host, intentServices, configuration);
  return endpoint;
}

function noticesOf(
  { tellPerson }: Pick<Host, 'tellPerson'>,
  { allowedApps }: Pick<ProviderConfiguration, 'allowedApps'>,
  search: (failed: FailedIntent) => void,
): ReturnType<typeof createIntentNotices> {
  const appName = (appId: string | undefined) => [...allowedApps, searchApp].find((app) => app.appId === appId)?.name;
  return createIntentNotices({ tellPerson, appName, search });
}

async function answerIntents(
  host: Host,
  services: IntentServices,
  { identifiers, intents: lists }: ProviderConfiguration,
): Promise<void> {
  const agent = await host.desktopAgent?.();
  const { losesRejections = false } = host;
  if (agent) await registerIntentHandlers(agent, services, { identifiers, lists, losesRejections });
}

function workerEvents(
  sessions: Sessions,
  audit: Audit,
  trail: AuditTrail,
  others: Pick<WorkerEvents, 'live' | 'usage'>,
): WorkerEvents {
  return {
    sessionLost: (sessionId, why) => sessions.lost(sessionId, why),
    sessionRecovered: (sessionId) => sessions.recovered(sessionId),
    trouble: ({ kind, orgUrl, willBeSentLater }) =>
      void audit({ app: 'provider', action: auditedTroubles[kind], target: orgUrl }, async () =>
        failure(
          'NETWORK_FAILED',
          willBeSentLater
            ? 'It is tried again at the next start.'
            : 'It is not tried again after this provider has ended.',
        ),
      ),
    called: (records, cause) => writeCalls(trail, records, cause),
    ...others,
  };
}

interface Restoring extends Pick<ProviderOptions, 'configuration' | 'worker' | 'signedOut'> {
  sessions: Sessions;
  registerSession: ReturnType<typeof createRegisterSession>;
}

/** Restores the sessions that the worker remembers, except those that somebody has signed out of since. */
async function restoreSessions({
  configuration,
  worker,
  sessions,
  signedOut,
  registerSession,
}: Restoring): Promise<void> {
  const signOutsBefore = sessions.signOuts();
  const restored = await worker.restoreSessions();
  for (const session of restored.ok ? restored.data : []) {
    // A page that went away before it had forgotten the session leaves one that was signed out of.
    const org = configuration.orgs.find(
      ({ orgUrl, consumerKey }) => orgUrl === session.orgUrl && consumerKey === session.consumerKey,
    );
    if (signedOut.isSet(signInPlace(org ?? session))) await worker.endSession(session.sessionId);
    else await registerSession(session, signOutsBefore);
  }
}

interface PageParts {
  pageEvents: ProviderOptions['pageEvents'];
  service: ReturnType<typeof createSalesforceService>;
  notices: ReturnType<typeof createIntentNotices>;
  recordViews: ReturnType<typeof createRecordViews>;
  choices: RememberedChoices;
  configuration: Pick<ProviderConfiguration, 'identifiers'>;
  desktopSearch: ReturnType<typeof createDesktopSearch>;
}

/** Receives what the platform page and record views report. */
function pageEventsOf({ service, notices, recordViews, pageEvents, desktopSearch, ...parts }: PageParts): PageEvents {
  const { configuration, choices } = parts;
  const { identifiers } = configuration;
  return {
    signIn: (caller, org) => service.connect(caller, { requestId: crypto.randomUUID(), ...org }),
    signInWindow: (event) => pageEvents?.signInWindow(event),
    recordViewClosed: (viewId) => pageEvents?.recordViewClosed(viewId),
    noticeAnswered: notices.answered,
    search: desktopSearch.search,
    raise: desktopSearch.raise,
    admitted: (caller) => pageEvents?.admitted(caller),
    recordViewState: recordViews.state,
    recordShown: recordViews.shows,
    recordChosen: recordViews.choose,
    contextShared: followContexts({ recordViews, service, choices, identifiers }),
    choiceForgotten: recordViews.forgetChoice,
    writingCancelled: recordViews.cancel,
  };
}
