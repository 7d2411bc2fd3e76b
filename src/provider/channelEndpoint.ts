import type { OpenFin } from '@openfin/core';
import type { z } from '../zod.ts';
import type { AllowedApp } from './configuration.ts';
import type { Caller, CallerIdentity } from './accessPolicy.ts';
import type { Audit } from './audit.ts';
import type { Host } from './hosts/host.ts';
import type { SalesforceService } from './service.ts';
import { channelName, protocolVersion } from '../channel/channelVersion.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { delay } from '../time.ts';
import { providerActions, type clientActions, type ProviderAction, type providerReplies } from '../channel/protocol.ts';

type Payload<A extends ProviderAction> = z.output<(typeof providerActions)[A]>;
type ClientIdentity = Pick<OpenFin.ClientIdentity, 'uuid' | 'name' | 'endpointId'>;
/** As `docs/protocol.md` promises it. */
type Answer<A extends ProviderAction> = Outcome<z.input<(typeof providerReplies)[A]>>;
type Reply<A extends ProviderAction> = Promise<Answer<A>> | Answer<A>;
/** `audited`: leaves its own line in the audit trail. */
type Handled<A extends ProviderAction> = { audited: Reply<A> } | { reply: () => Reply<A>; app?: string };

/** What the platform page and the record view page tell the provider; handled by the host and the intents. */
export interface PageEvents {
  signIn(caller: Caller, org: Payload<'platform.signIn'>): Reply<'platform.signIn'>;
  signInWindow(event: Payload<'platform.signInWindow'>): void;
  recordViewClosed(viewId: string): void;
  /** What the person did about a notice. */
  noticeAnswered(answer: Payload<'platform.noticeAnswered'>): void;
  /** Somebody has been let in. */
  admitted(caller: Caller): void;
  recordViewState(viewId: string): Reply<'recordView.state'>;
  recordChosen(chosen: Payload<'recordView.chosen'>): Reply<'recordView.chosen'>;
}

interface EndpointOptions {
  host: Pick<Host, 'channels' | 'ticketUrl' | 'redeemTicket' | 'vouchFor'>;
  service: SalesforceService;
  pages: PageEvents;
  allowedApp: (identity: CallerIdentity) => Outcome<AllowedApp>;
  audit: Audit;
}

export type ChannelEndpoint = Awaited<ReturnType<typeof createChannelEndpoint>>;

/** The reply to what a page tells, once that is taken in. */
const done = (_takenIn: void): Outcome<null> => success(null);

/** A provider that was reloaded finds the name taken until the runtime has noticed that its former page is gone. */
const takenForMs = 10_000;
const askAgainMs = 250;

/** @throws Error when the name is still taken: another app, or a second provider, has it. */
async function createChannel(channels: Host['channels']): Promise<OpenFin.ChannelProvider> {
  for (const start = Date.now(); ; ) {
    try {
      return await channels.create(channelName);
    } catch (error) {
      if (Date.now() - start > takenForMs) throw new Error(`The channel ${channelName} could not be created: another app or a second provider of this desktop has it. Close that one and start again.`, { cause: error });
      await delay(askAgainMs);
    }
  }
}

/**
 * The provider's end of the channel. Every message is parsed, and every caller known, before anything looks at it; every
 * reply is an outcome, as a thrown error would lose its code on the way (and could carry a stack); every message leaves
 * one line in the audit trail.
 */
export async function createChannelEndpoint({ host, service, pages, allowedApp, audit }: EndpointOptions) {
  const channel = await createChannel(host.channels);
  const callers = new Map<string, { caller: Caller; identity: ClientIdentity }>();
  /** Endpoint ids of clients that are being looked up at the runtime. */
  const greeted = new Set<string>();

  /** An endpoint id is known to others too: it counts with the client that it was given to only. */
  function callerOf({ endpointId, uuid, name }: ClientIdentity): Caller | undefined {
    const known = callers.get(endpointId);
    return known?.identity.uuid === uuid && known.identity.name === name ? known.caller : undefined;
  }

  const nameOf = (client: ClientIdentity): string => callerOf(client)?.app.name ?? `(not let in) ${client.uuid}/${client.name}`;

  function admit(client: ClientIdentity, identity: CallerIdentity): Outcome<Caller> {
    const app = allowedApp(identity);
    if (!app.ok) return app;
    if (callers.has(client.endpointId) && !callerOf(client)) return failure('APP_NOT_ALLOWED', 'This endpoint id was given to another client.');
    const caller: Caller = { id: client.endpointId, app: app.data, keepsSession: app.data.role !== 'platform' };
    callers.set(client.endpointId, { caller, identity: client });
    pages.admitted(caller);
    statusChanged();
    return success(caller);
  }

  /** @param handle says what is audited by itself: its outcome is passed on, without a second line. */
  function on<A extends ProviderAction>(action: A, handle: (payload: Payload<A>, client: ClientIdentity) => Handled<A>): void {
    channel.register(action, async (payload: unknown, sender: unknown) => {
      const client = sender as ClientIdentity;
      const parsed = providerActions[action].safeParse(payload ?? {});
      if (!parsed.success) {
        const paths = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(payload)'}: ${message}`).join('; ');
        return audit({ app: nameOf(client), action }, () => failure('INVALID_PARAMETER', `The message ${action} is malformed: ${paths}`));
      }
      const handled = handle(parsed.data as Payload<A>, client);
      return 'audited' in handled ? handled.audited : audit({ app: handled.app ?? nameOf(client), action }, handled.reply);
    });
  }

  type CallerHandler<A extends ProviderAction> = (caller: Caller, payload: Payload<A>) => Reply<A>;

  /** The caller's handler, for callers that have been let in, of the given role only if one is named. */
  function ofCaller<A extends ProviderAction>(role: AllowedApp['role'] | undefined, client: ClientIdentity, handle: (caller: Caller) => Handled<A>): Handled<A> {
    const caller = callerOf(client);
    if (!caller) return { reply: () => failure('APP_NOT_ALLOWED', 'This app has not identified itself to the Salesforce provider.') };
    if (role && caller.app.role !== role) return { reply: () => failure('APP_NOT_ALLOWED', `${caller.app.name} may not do this.`) };
    return handle(caller);
  }

  /** For what the service answers, which keeps its own audit. */
  function toService<A extends ProviderAction>(role: AllowedApp['role'] | undefined, action: A, handle: CallerHandler<A>): void {
    on(action, (payload, client) => ofCaller(role, client, (caller) => ({ audited: handle(caller, payload) })));
  }

  function toPages<A extends ProviderAction>(role: AllowedApp['role'], action: A, handle: CallerHandler<A>): void {
    on(action, (payload, client) => ofCaller(role, client, (caller) => ({ reply: () => handle(caller, payload) })));
  }

  on('hello', ({ protocol }, client) => ({
    async reply() {
      if (protocol.major !== protocolVersion.major) {
        const side = protocol.major < protocolVersion.major ? "this app's salesforce-interop client" : 'the Salesforce provider of this desktop';
        return failure(
          'PROTOCOL_MISMATCH',
          `The app speaks version ${protocol.major} of the Salesforce channel, the provider version ${protocolVersion.major}. Update ${side}.`,
        );
      }
      if (host.ticketUrl) return success({ protocol: protocolVersion, identification: { kind: 'ticket', ticketUrl: host.ticketUrl } });
      greeted.add(client.endpointId);
      const identity = await host.vouchFor(client);
      if (!greeted.delete(client.endpointId)) return failure('PROVIDER_UNAVAILABLE', 'This app has left the channel.');
      const admitted = admit(client, identity);
      return admitted.ok ? success({ protocol: protocolVersion, identification: { kind: 'runtime' } }) : admitted;
    },
  }));

  on('identify', ({ ticket }, client) => {
    const redeemed = host.redeemTicket(ticket, client);
    if (redeemed.refused === 'foreign') return { reply: () => failure('APP_NOT_ALLOWED', `The ticket was given to another client, of ${redeemed.issuedTo ?? 'an unknown origin'}. It is spent.`) };
    if (redeemed.refused) return { reply: () => failure('APP_NOT_ALLOWED', 'The ticket is unknown, spent or too old.') };
    const admitted = admit(client, { kind: 'origin', origin: redeemed.origin });
    return { app: admitted.ok ? admitted.data.app.name : redeemed.origin, reply: () => (admitted.ok ? success(null) : admitted) };
  });

  toService(undefined, 'connect', (caller, request) => service.connect(caller, request));
  toService(undefined, 'getConnection', (caller, request) => service.getConnection(caller, request));
  toService(undefined, 'execute', (caller, request) => service.execute(caller, request));
  toService(undefined, 'cancel', (caller, request) => service.cancel(caller, request));
  toService(undefined, 'disconnect', (caller, { sessionId }) => service.disconnect(caller, sessionId));
  toService(undefined, 'states', (caller) => service.states(caller));
  toService(undefined, 'expireTokens', (caller, request) => service.expireTokens(caller, request));
  toService('platform', 'platform.signIn', (caller, org) => pages.signIn(caller, org));
  toService('platform', 'platform.signOut', (caller) => service.signOut(caller));
  toService('platform', 'platform.diagnose', (caller, request) => service.diagnose(caller, request));
  toPages('platform', 'platform.status', () => success(status()));
  toPages('platform', 'platform.signInWindow', (_caller, event) => done(pages.signInWindow(event)));
  toPages('platform', 'platform.recordViewClosed', (_caller, { viewId }) => done(pages.recordViewClosed(viewId)));
  toPages('platform', 'platform.noticeAnswered', (_caller, answer) => done(pages.noticeAnswered(answer)));
  toPages('recordView', 'recordView.state', (_caller, { viewId }) => pages.recordViewState(viewId));
  toPages('recordView', 'recordView.chosen', (_caller, chosen) => pages.recordChosen(chosen));

  channel.onDisconnection((sender) => {
    const client = sender as ClientIdentity;
    greeted.delete(client.endpointId);
    if (!callerOf(client)) return;
    callers.delete(client.endpointId);
    service.callerGone(client.endpointId);
    statusChanged();
  });

  /** Dispatches to those of the clients that were let in whom it concerns, never to mere connections. */
  async function sendTo<A extends keyof typeof clientActions>(
    concerns: (caller: Caller) => boolean, action: A, payload: z.input<(typeof clientActions)[A]>,
  ): Promise<boolean> {
    const receivers = [...callers.values()].filter(({ caller }) => concerns(caller));
    const sent = await Promise.allSettled(receivers.map(({ identity }) => channel.dispatch(identity, action, payload)));
    return sent.some(({ status }) => status === 'fulfilled');
  }

  function status() {
    return service.status([...callers.values()].map(({ caller }) => caller).filter(({ app }) => app.role === 'app').map(({ app }) => app.name));
  }

  function statusChanged(): void {
    void sendTo(({ app }) => app.role === 'platform', 'platform.statusChanged', status());
  }

  /** Lets the clients know at once that the provider goes. A runtime that is gone already has told them. */
  async function close(): Promise<void> {
    await channel.destroy().catch(() => undefined);
  }

  return { sendTo, statusChanged, close };
}
