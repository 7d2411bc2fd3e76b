import type { z } from '../zod.ts';
import type { clientActions } from '../channel/protocol.ts';
import { channelName } from '../channel/channelVersion.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import { delay } from '../time.ts';
import type { Caller, CallerIdentity } from './accessPolicy.ts';
import { ofRole, type Audience } from './audience.ts';
import type { Audit } from './audit.ts';
import { createChannelActions, type Payload, type Reply } from './channelActions.ts';
import { registerAdmission } from './channelAdmission.ts';
import { ChannelCallers, type ClientIdentity } from './channelCallers.ts';
import type { AllowedApp } from './configuration.ts';
import type { Host, ProvidedChannel } from './hosts/host.ts';
import type { SalesforceService } from './service.ts';

/** What the platform page and the record view page tell the provider; handled by the host and the intents. */
export interface PageEvents {
  signIn(caller: Caller, org: Payload<'platform.signIn'>): Reply<'platform.signIn'>;
  signInWindow(event: Payload<'platform.signInWindow'>): void;
  recordViewClosed(viewId: string): void;
  /** What the person did about a notice. */
  noticeAnswered(answer: Payload<'platform.noticeAnswered'>): void;
  /** What a person types into the desktop's search bar. */
  search(caller: Caller, asked: Payload<'platform.search'>): Reply<'platform.search'>;
  raise(caller: Caller, asked: Payload<'platform.raise'>): void;
  /** A caller has been admitted. */
  admitted(caller: Caller): void;
  recordViewState(viewId: string): Reply<'recordView.state'>;
  recordShown(shown: Payload<'recordView.shows'>): Reply<'recordView.shows'>;
  recordChosen(chosen: Payload<'recordView.chosen'>): Reply<'recordView.chosen'>;
  contextShared(caller: Caller, shared: Payload<'recordView.follow'>): Reply<'recordView.follow'>;
  choiceForgotten(viewId: string): Reply<'recordView.forget'>;
  writingCancelled(cancelled: Payload<'recordView.cancel'>): Reply<'recordView.cancel'>;
}

interface EndpointOptions {
  host: Pick<Host, 'channels' | 'ticketUrl' | 'ticketFrame' | 'laneTicketUrl' | 'redeemTicket' | 'vouchFor'>;
  service: SalesforceService;
  pages: PageEvents;
  allowedApp: (identity: CallerIdentity) => Outcome<AllowedApp>;
  audit: Audit;
}

export type ChannelEndpoint = Awaited<ReturnType<typeof createChannelEndpoint>>;

/** The reply to a message that needs no answer, once it was handled. */
const done = (_takenIn: void): Outcome<null> => success(null);

/**
 * After a reload of the provider, the runtime takes a while to notice that the former page is gone and to free the
 * channel's name.
 */
const takenForMs = 10_000;
const askAgainMs = 250;

/** @throws Error when the name is still taken: another app, or a second provider, has it. */
async function createChannel(channels: Host['channels']): Promise<ProvidedChannel> {
  for (const start = Date.now(); ;) {
    try {
      return await channels.create(channelName);
    } catch (error) {
      if (Date.now() - start > takenForMs)
        throw new Error(
          `The channel ${channelName} could not be created: another app or a second provider of this desktop has it. Close that one and start again.`,
          { cause: error },
        );
      await delay(askAgainMs);
    }
  }
}

/**
 * The provider's end of the channel. A message is parsed and its caller identified before any handler sees it; every
 * reply is an outcome; every message leaves one line in the audit trail.
 */
export async function createChannelEndpoint({ host, service, pages, allowedApp, audit }: EndpointOptions) {
  const channel = await createChannel(host.channels);
  const callers = new ChannelCallers();
  const actions = createChannelActions(channel, callers, audit);

  /** Dispatches to the admitted clients of an audience, never to clients that have only connected. */
  async function sendTo<A extends keyof typeof clientActions>(
    audience: Audience,
    action: A,
    payload: z.input<(typeof clientActions)[A]>,
  ): Promise<boolean> {
    const sent = await Promise.allSettled(
      callers.reach(audience).map((identity) => channel.dispatch(identity, action, payload)),
    );
    return sent.some(({ status }) => status === 'fulfilled');
  }

  const status = () => service.status(callers.connectedApps());

  function statusChanged(): void {
    void sendTo(ofRole('platform'), 'platform.statusChanged', status());
  }

  const admission = registerAdmission(actions, {
    host,
    allowedApp,
    callers,
    onAdmitted(caller) {
      pages.admitted(caller);
      statusChanged();
    },
    onLane(caller, lane) {
      void lane.then((port) => (callers.isThere(caller) ? service.openLane(caller, port) : port.close()));
    },
  });

  actions.toService(undefined, 'connect', (caller, request) => service.connect(caller, request));
  actions.toService(undefined, 'getConnection', (caller, request) => service.getConnection(caller, request));
  actions.toService(undefined, 'execute', (caller, request) => service.execute(caller, request));
  actions.toService(undefined, 'cancel', (caller, request) => service.cancel(caller, request));
  actions.toService(undefined, 'disconnect', (caller, { sessionId }) => service.disconnect(caller, sessionId));
  actions.toService(undefined, 'states', (caller) => service.states(caller));
  actions.toService(undefined, 'expireTokens', (caller, request) => service.expireTokens(caller, request));
  actions.toService(undefined, 'live.subscribe', (caller, request) => service.subscribe(caller, request));
  actions.toService(undefined, 'live.look', (caller, request) => service.look(caller, request));
  actions.toService(undefined, 'live.unsubscribe', (caller, request) => service.unsubscribe(caller, request));
  actions.toService('platform', 'platform.signIn', (caller, org) => pages.signIn(caller, org));
  actions.toService('platform', 'platform.signOut', (caller) => service.signOut(caller));
  actions.toService('platform', 'platform.diagnose', (caller, request) => service.diagnose(caller, request));
  actions.toPages('platform', 'platform.status', () => success(status()));
  actions.toPages('platform', 'platform.signInWindow', (_caller, event) => done(pages.signInWindow(event)));
  actions.toPages('platform', 'platform.recordViewClosed', (_caller, { viewId }) =>
    done(pages.recordViewClosed(viewId)),
  );
  actions.toPages('platform', 'platform.noticeAnswered', (_caller, answer) => done(pages.noticeAnswered(answer)));
  actions.toPages('platform', 'platform.search', (caller, asked) => pages.search(caller, asked));
  actions.toPages('platform', 'platform.raise', (caller, asked) => done(pages.raise(caller, asked)));
  actions.toPages('recordView', 'recordView.state', (_caller, { viewId }) => pages.recordViewState(viewId));
  actions.toPages('recordView', 'recordView.shows', (_caller, shown) => pages.recordShown(shown));
  actions.toPages('recordView', 'recordView.chosen', (_caller, chosen) => pages.recordChosen(chosen));
  actions.toService('recordView', 'recordView.follow', (caller, shared) => pages.contextShared(caller, shared));
  actions.toPages('recordView', 'recordView.forget', (_caller, { viewId }) => pages.choiceForgotten(viewId));
  actions.toPages('recordView', 'recordView.cancel', (_caller, cancelled) => pages.writingCancelled(cancelled));

  channel.onDisconnection((sender) => {
    const client = sender as ClientIdentity;
    admission.left(client);
    if (!callers.remove(client)) return;
    service.callerGone(client.endpointId);
    statusChanged();
  });

  /**
   * Destroys the channel, so that clients learn at once that the provider goes. Fails silently where the runtime is
   * gone, which the clients notice themselves.
   */
  async function close(): Promise<void> {
    await channel.destroy().catch(() => undefined);
  }

  return { sendTo, statusChanged, close };
}
