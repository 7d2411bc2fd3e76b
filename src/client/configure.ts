import { ParameterError } from './errors.ts';
import { isExpectation, type ExpectedProvider } from './expectedProvider.ts';
import { type ProviderEvents, ProviderConnection } from './providerConnection.ts';
import { offerLogging } from './logging.ts';
import { globalRuntime, type OpenFinRuntime } from './openFin.ts';

/** See {@link configure}. */
export interface ClientSettings {
  /** The OpenFin runtime to use instead of the global `fin`, e.g. what `@openfin/core-web`'s `connect()` returned. */
  fin?: OpenFinRuntime | undefined;
  /**
   * Who the provider has to be. A channel's name belongs to whoever takes it first: with this, an app that got there
   * before the provider is told from it, and gets no request. Without it, any listed page is believed.
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
  if (followers.isAwaited()) providerConnection().connectInBackground();
}

/** Who listens to what comes of itself. */
interface Followers extends ProviderEvents {
  /** Whether anybody does, for whom to connect without being asked. */
  isAwaited(): boolean;
}

let followers: Followers = { onState: () => undefined, onChannel: () => undefined, isAwaited: () => false };

/**
 * Says who is told what comes of itself. Nobody is, until then: an app that does not listen does not bundle what it
 * takes.
 */
export function followProvider(by: Followers): void {
  followers = by;
}

/** The page's connection to the provider, made on first use. */
export function providerConnection(): ProviderConnection {
  const { fin, provider, providerTimeout = defaultProviderTimeoutMs } = current;
  connection ??= new ProviderConnection(
    () => fin ?? globalRuntime(),
    providerTimeout,
    { onState: (payload) => followers.onState(payload), onChannel: (channel) => followers.onChannel(channel) },
    provider,
  );
  return connection;
}
