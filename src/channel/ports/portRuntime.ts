import type { z } from '../../zod.ts';
import { PortPeer } from './portPeer.ts';
import { openedAction, portOpened, type portRequest } from './portRequest.ts';

/** The page that the provider runs in, for a page that it frames. */
interface ProviderPage {
  page: Pick<Window, 'postMessage'>;
  /** The browser delivers the request to a page of this origin, or to nobody. */
  origin: string;
}

/**
 * The part of `fin` that the client needs (`configure({ fin })`), for a page that the provider's page frames, where
 * there is no OpenFin: its channels lead over a port to that page.
 *
 * @param self origin of this page; the provider goes by what the browser says of it
 */
export function portRuntime(provider: ProviderPage, self = window.location.origin) {
  return {
    me: { identity: { uuid: self, name: self } },
    InterApplicationBus: { Channel: { connect: (channelName: string) => connect(provider, channelName) } },
  };
}

/** @returns once the provider's page has let this one in; never, where it does not */
async function connect({ page, origin }: ProviderPage, channelName: string) {
  const listeners = new Map<string, (payload: unknown) => unknown>();
  const whenGone: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  let opened: (channelId: string) => void = () => undefined;
  const channelId = new Promise<string>((resolve) => (opened = resolve));
  const peer = new PortPeer(port1, {
    answer(action, payload) {
      if (action === openedAction) return opened(portOpened.parse(payload).channelId);
      const listener = listeners.get(action);
      if (!listener) throw new Error(`Nothing listens to ${action}.`);
      return listener(payload);
    },
    onEnded: () => whenGone.forEach((listener) => listener()),
  });
  page.postMessage(
    { type: 'salesforce-interop.portRequest', channelName } satisfies z.input<typeof portRequest>,
    origin,
    [port2],
  );
  return {
    providerIdentity: { uuid: origin, name: channelName, channelId: await channelId },
    dispatch: (action: string, payload?: unknown) => peer.ask(action, payload),
    register: (action: string, listener: (payload: unknown) => unknown) => void listeners.set(action, listener),
    onDisconnection: (listener: () => void) => void whenGone.push(listener),
    disconnect: async () => peer.end(),
  };
}
