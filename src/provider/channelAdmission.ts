import { protocolVersion } from '../channel/channelVersion.ts';
import type { ClientRelease } from '../channel/protocol.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { Caller, CallerIdentity } from './accessPolicy.ts';
import type { ChannelActions, Payload } from './channelActions.ts';
import { releaseLabel, type ChannelCallers, type ClientIdentity } from './channelCallers.ts';
import type { AllowedApp } from './configuration.ts';
import type { Host } from './hosts/host.ts';

interface AdmissionOptions {
  host: Pick<Host, 'ticketUrl' | 'ticketFrame' | 'laneTicketUrl' | 'redeemTicket' | 'vouchFor'>;
  allowedApp: (identity: CallerIdentity) => Outcome<AllowedApp>;
  callers: ChannelCallers;
  onAdmitted: (caller: Caller) => void;
  /** A port for the requests of a caller that has been admitted; it may still be on its way, or never come. */
  onLane: (caller: Caller, lane: Promise<MessagePort>) => void;
}

/**
 * Admits clients that the host vouches for: at once where the runtime knows them, else by a ticket. A port that has
 * come with a ticket becomes the lane of the caller; where the runtime knows the callers, a ticket is good for nothing
 * else.
 */
export function registerAdmission(
  { on }: Pick<ChannelActions, 'on'>,
  { host, allowedApp, callers, onAdmitted, onLane }: AdmissionOptions,
) {
  /** Endpoint ids of clients whose identity the runtime is being asked for. */
  const identifying = new Set<string>();
  const releases = new ClientReleases();

  function admit(client: ClientIdentity, identity: CallerIdentity): Outcome<Caller> {
    const app = allowedApp(identity);
    if (!app.ok) return app;
    const admitted = callers.admit(client, app.data, releases.of(client));
    if (admitted.ok) onAdmitted(admitted.data);
    return admitted;
  }

  on('hello', ({ protocol, client: release }, client) => ({
    client: releaseLabel(release),
    async reply() {
      const mismatch = mismatchOf(protocol);
      if (mismatch) return mismatch;
      releases.keep(client, release);
      if (host.ticketUrl) {
        const identification = { kind: 'ticket', ticketUrl: host.ticketUrl, frame: host.ticketFrame?.() } as const;
        return success({ protocol: protocolVersion, identification });
      }
      identifying.add(client.endpointId);
      const identity = await host.vouchFor(client);
      if (!identifying.delete(client.endpointId))
        return failure('PROVIDER_UNAVAILABLE', 'This app has left the channel.');
      const admitted = admit(client, identity);
      if (!admitted.ok) return admitted;
      const ticketUrl = host.laneTicketUrl?.(identity);
      return success({
        protocol: protocolVersion,
        identification: { kind: 'runtime', ...(ticketUrl !== undefined && { ticketUrl }) },
      });
    },
  }));

  /** The caller that the runtime has let in, if the page that it shows now is of the origin that has the ticket. */
  async function vouchedAt(origin: string, client: ClientIdentity): Promise<Outcome<Caller>> {
    const identity = await host.vouchFor(client);
    const caller = callers.of(client);
    if (!caller) return failure('APP_NOT_ALLOWED', 'This app has not identified itself to the Salesforce provider.');
    if (identity.kind === 'runtime' && identity.origin === origin) return success(caller);
    return failure(
      'APP_NOT_ALLOWED',
      `The ticket was given to a page of ${origin}, which this window or view does not show. It is spent.`,
    );
  }

  function openLane(admitted: Outcome<Caller>, lane: Promise<MessagePort> | undefined): Outcome<null> {
    if (admitted.ok && lane) onLane(admitted.data, lane);
    else void lane?.then((port) => port.close());
    return admitted.ok ? success(null) : admitted;
  }

  on('identify', ({ ticket }, client) => {
    const release = releases.of(client);
    const redeemed = host.redeemTicket(ticket, client);
    if (redeemed.refused === 'foreign')
      return {
        reply: () =>
          failure(
            'APP_NOT_ALLOWED',
            `The ticket was given to another client, of ${redeemed.issuedTo ?? 'an unknown origin'}. It is spent.`,
          ),
      };
    if (redeemed.refused)
      return { reply: () => failure('APP_NOT_ALLOWED', 'The ticket is unknown, spent or too old.') };
    const { origin, lane } = redeemed;
    const stated = { client: release && releaseLabel(release) };
    if (!host.ticketUrl) return { ...stated, reply: async () => openLane(await vouchedAt(origin, client), lane) };
    const admitted = admit(client, { kind: 'origin', origin });
    return { ...stated, app: admitted.ok ? admitted.data.app.name : origin, reply: () => openLane(admitted, lane) };
  });

  return {
    /** To be called when a client has left, perhaps while its identity was being asked for. */
    left(client: ClientIdentity): void {
      identifying.delete(client.endpointId);
      releases.forget(client);
    },
  };
}

/**
 * Bounds what is kept. In HERE Core Web a sender states its endpoint id itself, and an entry under a made-up id would
 * not be removed by a disconnection.
 */
const mostReleases = 1_000;

/** Name and version that each connected client has stated, until it leaves. */
class ClientReleases {
  readonly #byClient = new Map<string, ClientRelease>();

  keep(client: ClientIdentity, release: ClientRelease): void {
    this.#byClient.delete(keyOf(client));
    this.#byClient.set(keyOf(client), release);
    if (this.#byClient.size > mostReleases) this.#byClient.delete(this.#byClient.keys().next().value!);
  }

  of(client: ClientIdentity): ClientRelease | undefined {
    return this.#byClient.get(keyOf(client));
  }

  forget(client: ClientIdentity): void {
    this.#byClient.delete(keyOf(client));
  }
}

/** Includes the client, as an endpoint id alone may be known to other clients. */
function keyOf({ uuid, name, endpointId }: ClientIdentity): string {
  return JSON.stringify([uuid, name, endpointId]);
}

function mismatchOf({ major }: Payload<'hello'>['protocol']): Outcome<never> | undefined {
  if (major === protocolVersion.major) return undefined;
  const side =
    major < protocolVersion.major ? "this app's salesforce-interop client" : 'the Salesforce provider of this desktop';
  return failure(
    'PROTOCOL_MISMATCH',
    `The app speaks version ${major} of the Salesforce channel, the provider version ${protocolVersion.major}. Update ${side}.`,
  );
}
