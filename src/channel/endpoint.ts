import type { OpenFin } from '@openfin/core';
import type { z } from '../zod.ts';
import type { AllowedApp } from '../provider/configuration.ts';
import type { Caller, CallerIdentity } from '../provider/accessPolicy.ts';
import type { SalesforceService } from '../provider/service.ts';
import { channelName, protocolVersion } from './channelVersion.ts';
import { failure, success, type Outcome } from './failure.ts';
import type { clientActions} from './protocol.ts';
import { providerActions, type ProviderAction } from './protocol.ts';

type Payload<A extends ProviderAction> = z.output<(typeof providerActions)[A]>;
type ClientIdentity = Pick<OpenFin.ClientIdentity, 'uuid' | 'name' | 'endpointId'>;

/** What the platform page and the record view page tell the provider; handled by the host and the intents. */
export interface PageEvents {
  signIn(caller: Caller): Promise<Outcome<unknown>>;
  signInWindow(event: Payload<'platform.signInWindow'>): void;
  recordViewClosed(viewId: string): void;
  recordViewState(viewId: string): Outcome<unknown>;
  recordChosen(chosen: Payload<'recordView.chosen'>): Outcome<null>;
}

interface EndpointOptions {
  channels: { create(name: string): Promise<OpenFin.ChannelProvider> };
  service: SalesforceService;
  pages: PageEvents;
  allowedApp: (identity: CallerIdentity) => Outcome<AllowedApp>;
  ticketUrl: string | undefined;
  redeemTicket: (ticket: string) => string | undefined;
}

export type ChannelEndpoint = Awaited<ReturnType<typeof createChannelEndpoint>>;

/** A provider that was reloaded finds the name taken until the runtime has noticed that its former page is gone. */
const takenForMs = 10_000;
const askAgainMs = 250;

/** @throws Error when the name is still taken: another app, or a second provider, has it. */
async function createChannel(channels: EndpointOptions['channels']): Promise<OpenFin.ChannelProvider> {
  for (const start = Date.now(); ; ) {
    try {
      return await channels.create(channelName);
    } catch (error) {
      if (Date.now() - start > takenForMs) throw new Error(`The channel ${channelName} could not be created: another app or a second provider of this desktop has it. Close that one and start again.`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  }
}

/**
 * The provider's end of the channel. Every message is parsed, and every caller known, before anything looks at it; every
 * reply is an outcome, as a thrown error would lose its code on the way (and could carry a stack).
 */
export async function createChannelEndpoint({ channels, service, pages, allowedApp, ticketUrl, redeemTicket }: EndpointOptions) {
  const channel = await createChannel(channels);
  const callers = new Map<string, { caller: Caller; identity: ClientIdentity }>();

  function admit(client: ClientIdentity, identity: CallerIdentity): Outcome<Caller> {
    const app = allowedApp(identity);
    if (!app.ok) return app;
    const caller: Caller = { id: client.endpointId, app: app.data, keepsSession: app.data.role !== 'platform' };
    callers.set(client.endpointId, { caller, identity: client });
    statusChanged();
    return success(caller);
  }

  function on<A extends ProviderAction>(action: A, handle: (payload: Payload<A>, client: ClientIdentity) => Promise<Outcome<unknown>> | Outcome<unknown>): void {
    channel.register(action, async (payload: unknown, client: unknown) => {
      const parsed = providerActions[action].safeParse(payload ?? {});
      if (!parsed.success) {
        const paths = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(payload)'}: ${message}`).join('; ');
        return failure('INVALID_PARAMETER', `The message ${action} is malformed: ${paths}`);
      }
      try {
        return await handle(parsed.data as Payload<A>, client as ClientIdentity);
      } catch {
        return failure('INTERNAL', 'The Salesforce provider failed on this request.');
      }
    });
  }

  /** For actions of apps that have been let in, of the given role only if one is named. */
  function onFrom<A extends ProviderAction>(role: AllowedApp['role'] | undefined, action: A, handle: (caller: Caller, payload: Payload<A>) => Promise<Outcome<unknown>> | Outcome<unknown>): void {
    on(action, (payload, client) => {
      const caller = callers.get(client.endpointId)?.caller;
      if (!caller) return failure('APP_NOT_ALLOWED', 'This app has not identified itself to the Salesforce provider.');
      if (role && caller.app.role !== role) return failure('APP_NOT_ALLOWED', `${caller.app.name} may not do this.`);
      return handle(caller, payload);
    });
  }

  on('hello', ({ protocol }, client) => {
    if (protocol.major !== protocolVersion.major) {
      const side = protocol.major < protocolVersion.major ? "this app's salesforce-interop client" : 'the Salesforce provider of this desktop';
      return failure(
        'PROTOCOL_MISMATCH',
        `The app speaks version ${protocol.major} of the Salesforce channel, the provider version ${protocolVersion.major}. Update ${side}.`,
      );
    }
    if (ticketUrl) return success({ protocol: protocolVersion, identification: { kind: 'ticket', ticketUrl } });
    const admitted = admit(client, { kind: 'runtime', uuid: client.uuid, name: client.name });
    return admitted.ok ? success({ protocol: protocolVersion, identification: { kind: 'runtime' } }) : admitted;
  });

  on('identify', ({ ticket }, client) => {
    const origin = redeemTicket(ticket);
    if (!origin) return failure('APP_NOT_ALLOWED', 'The ticket is unknown, spent or too old.');
    const admitted = admit(client, { kind: 'origin', origin });
    return admitted.ok ? success(null) : admitted;
  });

  onFrom(undefined, 'connect', (caller, request) => service.connect(caller, request));
  onFrom(undefined, 'getConnection', (caller, request) => service.getConnection(caller, request));
  onFrom(undefined, 'execute', (caller, request) => service.execute(caller, request));
  onFrom(undefined, 'cancel', async (caller, { requestId }) => success(await service.cancel(caller, requestId).then(() => null)));
  onFrom(undefined, 'disconnect', (caller, { sessionId }) => service.disconnect(caller, sessionId));
  onFrom(undefined, 'states', (caller) => service.states(caller));
  onFrom(undefined, 'expireTokens', (caller, request) => service.expireTokens(caller, request));
  onFrom('platform', 'platform.status', () => success(status()));
  onFrom('platform', 'platform.signIn', (caller) => pages.signIn(caller));
  onFrom('platform', 'platform.signOut', (caller) => service.signOut(caller));
  onFrom('platform', 'platform.diagnose', (caller, request) => service.diagnose(caller, request));
  onFrom('platform', 'platform.signInWindow', (_caller, event) => success(void pages.signInWindow(event)));
  onFrom('platform', 'platform.recordViewClosed', (_caller, { viewId }) => success(void pages.recordViewClosed(viewId)));
  onFrom('recordView', 'recordView.state', (_caller, { viewId }) => pages.recordViewState(viewId));
  onFrom('recordView', 'recordView.chosen', (_caller, chosen) => pages.recordChosen(chosen));

  channel.onDisconnection((client) => {
    const { endpointId } = client as ClientIdentity;
    if (!callers.delete(endpointId)) return;
    service.callerGone(endpointId);
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
