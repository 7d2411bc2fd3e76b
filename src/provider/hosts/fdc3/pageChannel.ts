import type { OpenFin } from '@openfin/core';
import { PortPeer } from '../../../channel/ports/portPeer.ts';
import { openedAction, portRequest, type portOpened } from '../../../channel/ports/portRequest.ts';
import type { z } from '../../../zod.ts';
import type { ClientIdentity } from '../../channelCallers.ts';
import type { Host, ProvidedChannel } from '../host.ts';

type Action = Parameters<ProvidedChannel['register']>[1];

/** A page that has joined. */
interface Member {
  /** Its `uuid` is the origin that the browser says it is of. */
  identity: ClientIdentity;
  ask(action: string, payload: unknown): Promise<unknown>;
  end(): void;
}

interface PageChannelOptions {
  /** The provider's page. */
  page: Pick<Window, 'addEventListener' | 'location'>;
  /** Whether a window is that of a frame in which the provider's page shows a record. */
  isOwnFrame: (source: MessageEventSource) => boolean;
}

/**
 * The provider's channel where there is no OpenFin: over ports from the frames of the provider's own page, and to that
 * page itself. A page is let in because its window is one that this page has made, and is known by the origin that the
 * browser gives with its request (HTML, `MessageEvent.origin`). No other app of the desktop has such a window.
 */
export function createPageChannel({ page, isOwnFrame }: PageChannelOptions) {
  const members = new Map<string, Member>();
  const ofWindow = new Map<MessageEventSource, Member>();
  const actions = new Map<string, Action>();
  const channelId = crypto.randomUUID();
  let channelName: string | undefined;
  let onLeft: (identity: ClientIdentity) => void = () => undefined;

  const identityFor = (origin: string): ClientIdentity => {
    const endpointId = crypto.randomUUID();
    return { uuid: origin, name: `page-${endpointId}`, endpointId };
  };

  async function answer(identity: ClientIdentity, action: string, payload: unknown): Promise<unknown> {
    const handle = actions.get(action);
    if (!handle) throw new Error(`The provider has no action ${action}.`);
    return handle(payload, identity as OpenFin.ClientIdentity);
  }

  function leave(member: Member): void {
    if (!members.delete(member.identity.endpointId)) return;
    onLeft(member.identity);
  }

  function end(member: Member): void {
    member.end();
    leave(member);
  }

  /** A page that was left, or whose frame was removed, has taken its end of the port with it. */
  function joinByPort(source: MessageEventSource, origin: string, port: MessagePort): void {
    const former = ofWindow.get(source);
    if (former) end(former);
    const identity = identityFor(origin);
    const peer = new PortPeer(port, {
      answer: (action, payload) => answer(identity, action, payload),
      onEnded: () => leave(member),
    });
    const member: Member = { identity, ask: (action, payload) => peer.ask(action, payload), end: () => peer.end() };
    members.set(identity.endpointId, member);
    ofWindow.set(source, member);
    for (const [known] of ofWindow) if ((known as Partial<Window>).closed) ofWindow.delete(known);
    peer.ask(openedAction, { channelId } satisfies z.input<typeof portOpened>).catch(() => undefined);
  }

  page.addEventListener('message', ({ data, source, origin, ports: [port] }: MessageEvent<unknown>) => {
    const request = portRequest.safeParse(data);
    if (!request.success || !port || !source || !isOwnFrame(source)) return;
    if (request.data.channelName === channelName) joinByPort(source, origin, port);
  });

  const channel: ProvidedChannel = {
    register: (action, handle) => actions.size !== actions.set(action, handle).size,
    async dispatch(to, action, payload) {
      const member = members.get((to as ClientIdentity).endpointId);
      if (!member) throw new Error('That page is not there any more.');
      return member.ask(action, payload);
    },
    onDisconnection(listener) {
      onLeft = (identity) => void listener(identity as OpenFin.ClientIdentity);
    },
    async destroy() {
      channelName = undefined;
      for (const member of [...members.values()]) end(member);
    },
  };

  return {
    channels: {
      async create(name) {
        channelName = name;
        return channel;
      },
    } satisfies Host['channels'],

    /**
     * Lets the provider's own page in, without a port.
     *
     * @param told handles what the provider sends to the page
     * @returns how the page asks the provider
     */
    joinOwnPage(told: (action: string, payload: unknown) => unknown): (action: string, payload: unknown) => unknown {
      const { origin } = page.location;
      const identity = identityFor(origin);
      members.set(identity.endpointId, {
        identity,
        ask: async (action, payload) => told(action, payload),
        end: () => undefined,
      });
      return (action, payload) => answer(identity, action, payload);
    },
  };
}
