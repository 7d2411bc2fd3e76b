import { ParameterError } from './errors.ts';
import { isExpectation, type ExpectedProvider } from './expectedProvider.ts';
import type { ChannelConnection } from './channelConnection.ts';
import { ProviderConnection } from './providerConnection.ts';
import { offerLogging } from './logging.ts';
import { globalRuntime, type OpenFinRuntime } from './openFin.ts';

/** See {@link configure}. */
export interface ClientSettings {
  /** The OpenFin runtime to use instead of the global `fin`, e.g. what `@openfin/core-web`'s `connect()` returned. */
  fin?: OpenFinRuntime | undefined;
  /**
   * The provider that this page expects. A channel belongs to whichever page creates it first, so another app could
   * create the provider's. With this setting the client recognises such a channel and sends no request to it; without
   * it the client trusts every app that the desktop admits.
   */
  provider?: ExpectedProvider | undefined;
  /** How many milliseconds a call waits for a provider that is not running (yet). Default 30 000. */
  providerTimeout?: number | undefined;
}

const defaultProviderTimeoutMs = 30_000;

let current: ClientSettings = {};
let connection: ProviderConnection | undefined;

/**
 * Tells this module which OpenFin runtime to use and how long to wait for the provider. Only needed where the page has
 * no global `fin`, or has more than one. Connections made before keep working: they move over with their next request.
 *
 * @example
 * ```ts
 * import { connect as connectCoreWeb } from '@openfin/core-web';
 * import { configure, connect } from 'salesforce-interop/client';
 *
 * configure({ fin: await connectCoreWeb({ options: { brokerUrl } }) });
 * const salesforce = await connect();
 * ```
 * @throws {@link ParameterError} for settings that cannot be used
 */
export function configure(settings: ClientSettings): void {
  const { fin, provider, providerTimeout } = settings;
  if (fin !== undefined && typeof fin.InterApplicationBus?.Channel?.connect !== 'function') {
    throw new ParameterError('fin must be an OpenFin runtime, with fin.InterApplicationBus.Channel');
  }
  if (provider !== undefined && !isExpectation(provider)) {
    throw new ParameterError('provider must be { origin } with an http(s) origin, or { uuid }');
  }
  if (providerTimeout !== undefined && !(providerTimeout > 0)) {
    throw new ParameterError('providerTimeout must be a positive number of milliseconds');
  }
  current = { ...settings };
  offerLogging(fin);
  connection?.close();
  connection = undefined;
  if ([...followers].some(({ isAwaited }) => isAwaited())) providerConnection().connectInBackground();
}

/** What listens to messages that the provider sends without being asked. */
export interface Follower {
  /** There is a new channel, on which it has to listen anew. */
  onChannel: (channel: ChannelConnection) => void;
  /** Whether the app listens, so that the client has to connect before the app makes a call. */
  isAwaited: () => boolean;
}

const followers = new Set<Follower>();

/**
 * Registers what listens, and tells it of the channel that there is. It registers itself, and is not imported here, so
 * that an app that does not listen does not bundle it.
 *
 * @returns whether it was not registered before
 */
export function followProvider(follower: Follower): boolean {
  if (followers.has(follower)) return false;
  followers.add(follower);
  const { channel } = providerConnection();
  if (channel) follower.onChannel(channel);
  return true;
}

/** The page's connection to the provider, made on first use. */
export function providerConnection(): ProviderConnection {
  const { fin, provider, providerTimeout = defaultProviderTimeoutMs } = current;
  connection ??= new ProviderConnection(
    () => fin ?? globalRuntime(),
    providerTimeout,
    (channel) => followers.forEach(({ onChannel }) => onChannel(channel)),
    provider,
  );
  return connection;
}
