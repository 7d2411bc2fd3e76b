import { beginCall, type Call, type CallOptions } from './call.ts';
import { providerConnection } from './configure.ts';
import { openConnection, type SalesforceConnection } from './connection.ts';
import { InitializationError, ParameterError } from './errors.ts';
import type { ChannelConnection } from './channelConnection.ts';
import { randomId } from './randomId.ts';
import { originOf } from './expectedProvider.ts';
import { isObject } from './reply.ts';
import { readSession, requestSilently, Session, type SessionRequest, silentLimitMs } from './session.ts';

/** Further parameters for the org's authorize page, by name. The provider refuses those that are its own. */
export type AuthFlowParams = Record<string, string>;

/** How the sign-in window looks, in the container: members of OpenFin's `WindowOptions`. */
export interface AuthWindowOptions {
  alwaysOnTop?: boolean;
  defaultCentered?: boolean;
  defaultHeight?: number;
  defaultLeft?: number;
  defaultTop?: number;
  defaultWidth?: number;
  frame?: boolean;
  icon?: string;
  resizable?: boolean;
  [option: string]: unknown;
}

/** The last argument of `connect` and `getConnection`. */
export interface ConnectOptions extends CallOptions {
  /**
   * A session of this app's own, which no other app shares: for another user of the same org. The person is asked to
   * sign in for it; `authFlowParams: { prompt: 'login' }` lets them be somebody else.
   */
  ownSession?: boolean | undefined;
}

/** Longer than a person takes to sign in, second factor included, and than the provider waits for it. */
const signInLimitMs = 600_000;

/** Connects to the provider's default org. See the other form. */
export function connect(options?: ConnectOptions): Promise<SalesforceConnection>;
/**
 * Connects to a Salesforce org. If no app of this desktop is signed in yet, the provider asks the person to sign in;
 * otherwise the session is shared.
 *
 * @param orgUrl - URL of the org, `https://<name>.my.salesforce.com`
 * @param consumerKey - consumer key of the connected app (or external client app) registered in the org
 * @param scope - OAuth scopes beyond the provider's standard ones
 * @param authFlowParams - further parameters for the authorize page
 * @param authWindowOptions - how the sign-in window looks
 * @param options - `{ signal, timeout, ownSession }`
 * @throws {@link ParameterError} for an org URL or consumer key that cannot be one, or that the provider does not serve
 * @throws `AuthorizationError` the sign-in did not succeed, or this app is not allowed to use the connection
 * @throws {@link InitializationError} `PROVIDER_UNAVAILABLE`, `PROTOCOL_MISMATCH`, `ORG_UNREACHABLE`,
 *   `ORG_MISCONFIGURED`
 * @throws {@link ApiRequestError} `REQUEST_TIMED_OUT` after `options.timeout`; the reason of `options.signal`
 * @example
 * ```ts
 * const salesforce = await connect('https://acme.my.salesforce.com', consumerKey);
 * const { data } = await salesforce.executeApiRequest('/services/data/vXX.X/limits');
 * ```
 */
export function connect(
  orgUrl: string,
  consumerKey: string,
  scope?: string[],
  authFlowParams?: AuthFlowParams,
  authWindowOptions?: AuthWindowOptions,
  options?: ConnectOptions,
): Promise<SalesforceConnection>;
export async function connect(...parameters: unknown[]): Promise<SalesforceConnection> {
  const { request, options } = readParameters(parameters, 5);
  const [, , , authFlowParams, authWindowOptions] = parameters;
  return connectWith(
    options,
    signInLimitMs,
    () => false,
    async (channel, call) => {
      const payload = {
        requestId: randomId(),
        ...request,
        ...(isObject(authFlowParams) && { authFlowParams: authFlowParams as AuthFlowParams }),
        ...(isObject(authWindowOptions) && { authWindowOptions }),
        timeoutMs: call.remainingMs(),
      };
      const details = readSession('connect', await channel.exchange('connect', payload, call));
      return openConnection(new Session(request, details, channel));
    },
  );
}

/** Connects to the provider's default org if that needs nobody to act. See the other form. */
export function getConnection(options?: ConnectOptions): Promise<null | SalesforceConnection>;
/**
 * Connects to a Salesforce org if that needs nobody to act: some app is signed in already, or the org itself still
 * knows the person. Never shows a window.
 *
 * @returns `null` where {@link connect} would ask the person to sign in
 * @throws what {@link connect} throws, apart from a sign-in that is missing
 */
export function getConnection(
  orgUrl: string,
  consumerKey: string,
  scope?: string[],
  options?: ConnectOptions,
): Promise<null | SalesforceConnection>;
export async function getConnection(...parameters: unknown[]): Promise<null | SalesforceConnection> {
  const { request, options } = readParameters(parameters, 3);
  return connectWith(
    options,
    silentLimitMs,
    () => true,
    async (channel, call) => {
      const details = await requestSilently(channel, request, call);
      return details === null ? null : openConnection(new Session(request, details, channel));
    },
  );
}

async function connectWith<T>(
  options: CallOptions,
  limitMs: number,
  repeatable: () => boolean,
  operation: (channel: ChannelConnection, call: Call) => Promise<T>,
): Promise<T> {
  const unavailable = () => new InitializationError('The Salesforce provider went away while connecting. Try again.');
  const call = beginCall(limitMs, unanswered, options, 'Connecting');
  return providerConnection().perform(call, { repeatable, unavailable }, (channel) => operation(channel, call));
}

const unanswered = () => new InitializationError('The Salesforce provider did not answer in time.');

/**
 * Reads the positional parameters as `@openfin/salesforce` does, and our forms without an org.
 *
 * @param optionsAt position of the options in the long form
 */
function readParameters(
  parameters: unknown[],
  optionsAt: number,
): { request: SessionRequest; options: ConnectOptions } {
  const { request, options } = readForms(parameters, optionsAt);
  return { request: { ...request, ...(options.ownSession === true && { ownSession: true }) }, options };
}

function readForms(parameters: unknown[], optionsAt: number): { request: SessionRequest; options: ConnectOptions } {
  const [first] = parameters;
  if (parameters.length === 0 || (parameters.length === 1 && (first === undefined || isObject(first)))) {
    return { request: {}, options: (first ?? {}) as ConnectOptions };
  }
  const [orgUrl, consumerKey, scope] = parameters;
  if (typeof orgUrl !== 'string' || originOf(orgUrl) === undefined) throw new ParameterError('Invalid Salesforce URL');
  if (typeof consumerKey !== 'string' || consumerKey.trim() === '') throw new ParameterError('Invalid consumer key');
  // Options in the wrong place are refused, as they would otherwise be ignored without a word.
  if (isObject(scope) && !Array.isArray(scope))
    throw new ParameterError(`scope must be a list; options come ${optionsAt + 1}th`);
  return {
    request: { orgUrl, consumerKey, ...(Array.isArray(scope) && { scopes: scope as string[] }) },
    options: (parameters[optionsAt] ?? {}) as ConnectOptions,
  };
}
