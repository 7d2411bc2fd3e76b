import { InitializationError } from './errors.ts';
import { offerLogging } from './logging.ts';

/** The part of an OpenFin channel client that this module uses. */
export interface ChannelClient {
  /** Identity of the page that created the channel, and the id that the runtime gave the channel. */
  readonly providerIdentity: { uuid: string; name: string; channelId: string };
  dispatch(action: string, payload?: unknown): Promise<unknown>;
  register(action: string, listener: (payload: unknown) => unknown): unknown;
  onDisconnection(listener: () => void): unknown;
  disconnect(): Promise<void>;
}

/** The part of `fin` that this module uses: OpenFin's container and `@openfin/core-web` both have it. */
export interface OpenFinRuntime {
  /** Identity of this page, as the runtime states it. */
  readonly me?: { readonly identity: { uuid: string; name?: string } };
  InterApplicationBus: {
    Channel: { connect(channelName: string, options?: { wait?: boolean }): Promise<ChannelClient> };
  };
}

/**
 * Finds the `fin` that the container, or the page after `@openfin/core-web`'s `connect()`, put on the global object.
 *
 * @throws {@link InitializationError} `PROVIDER_UNAVAILABLE` outside an OpenFin runtime
 */
export function globalRuntime(): OpenFinRuntime {
  const { fin } = globalThis as { fin?: Partial<OpenFinRuntime> };
  if (fin?.InterApplicationBus === undefined) {
    throw new InitializationError(
      'There is no OpenFin runtime in this page. Run it in the OpenFin container, or connect with @openfin/core-web ' +
        'first and pass the result to configure({ fin }).',
    );
  }
  offerLogging(fin);
  return fin as OpenFinRuntime;
}
