import type { z } from '../zod.ts';

import { channelName, protocolVersion } from '../channel/channelVersion.ts';
import type { clientActions, providerActions, ProviderAction } from '../channel/protocol.ts';
import { boundedSignal } from '../time.ts';
import { type Call, until } from './call.ts';
import { ApiError, InitializationError } from './errors.ts';
import { type AskedOnLane, Lane } from './lane.ts';
import { errorCode, log } from './logging.ts';
import type { ChannelClient, OpenFinRuntime } from './openFin.ts';
import { checkRuntimeIdentity, checkTicketPage, type ExpectedProvider } from './expectedProvider.ts';
import { isObject, unreadableReply, unwrapReply } from './reply.ts';
import { fetchTicket, type TicketParties } from './ticket.ts';
import { clientName, clientVersion } from './version.ts';

/** What the protocol wants to be sent with an action. */
type ProviderRequest<Action extends ProviderAction> = z.input<(typeof providerActions)[Action]>;

/** The reason of {@link ChannelConnection.lost}. Never reaches the caller of this module. */
export const channelLost = Symbol('channel lost');

/** OpenFin's words when one end of a channel does not know the other any more, whether or not it told so before. */
const endpointGone = /disconnected from the target provider|not connected to the provider|no longer connected/;

/** How long an answer to the question for the channel is waited for before it is asked again. */
const askAgainMs = 10_000;

/** How long the provider may take over what needs neither a person nor Salesforce. */
const promptLimitMs = 15_000;

/** One living connection to the provider's channel; it ends when the provider goes away and is then replaced. */
export class ChannelConnection {
  readonly #client: ChannelClient;
  readonly #runtime: OpenFinRuntime;
  readonly #lost = new AbortController();
  /** Minor version of the provider's protocol. */
  minor: unknown;
  #lane: Lane | undefined;

  private constructor(client: ChannelClient, runtime: OpenFinRuntime) {
    this.#client = client;
    this.#runtime = runtime;
    client.onDisconnection(() => this.#lost.abort(channelLost));
    this.lost.addEventListener('abort', () => this.#lane?.end(channelLost));
  }

  /** Aborts when the provider has gone. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Gets a message that the provider sends without being asked, unchecked. To be called once for an action: the runtime
   * refuses a second listener.
   */
  listen(action: keyof typeof clientActions, listener: (payload: unknown) => void): void {
    this.#client.register(action, listener);
  }

  /** The way to the token worker that needs no channel, where there is one now. */
  get lane(): Lane | undefined {
    return this.#lane?.isOpen ? this.#lane : undefined;
  }

  /**
   * Connects to the provider's channel, waiting for as long as it takes the provider to start, agrees on the protocol
   * and identifies this app where the provider asks for it.
   *
   * @param expected who the provider has to be; nothing of this app's is sent to anybody else
   * @throws {@link InitializationError} `PROVIDER_UNAVAILABLE` when refused or not answered, `PROTOCOL_MISMATCH`;
   *   {@link channelLost} when the provider goes away meanwhile; what the provider answered to `hello` and `identify`
   */
  static async open(runtime: OpenFinRuntime, expected?: ExpectedProvider): Promise<ChannelConnection> {
    const channel = new ChannelConnection(await connectChannel(runtime), runtime);
    try {
      checkRuntimeIdentity(channel.#client.providerIdentity, expected);
      await channel.#greet(expected);
      return channel;
    } catch (error) {
      channel.close();
      throw error;
    }
  }

  async #greet(expected: ExpectedProvider | undefined): Promise<void> {
    const reply = await this.#prompt('hello', {
      protocol: protocolVersion,
      client: { name: clientName, version: clientVersion },
    });
    if (!isObject(reply) || !isObject(reply.protocol) || !isObject(reply.identification))
      throw unreadableReply('hello');
    checkProtocol(reply.protocol.major);
    this.minor = reply.protocol.minor;
    const { kind, ticketUrl, frame } = reply.identification;
    const isTicketed = kind === 'ticket';
    checkTicketPage(isTicketed ? ticketUrl : undefined, expected);
    if (isTicketed) return this.#identify(ticketUrl, frame);
    // The runtime has let this app in: a ticket brings it a lane, and no call waits for that.
    if (ticketUrl) this.#identify(ticketUrl).catch((error: unknown) => log(`no lane: ${errorCode(error)}`));
  }

  /** Fetches a ticket, and a port with it, which becomes the lane. */
  async #identify(ticketUrl: unknown, frame?: unknown): Promise<void> {
    if (typeof ticketUrl !== 'string') throw unreadableReply('hello');
    const { ticket, port } = await promptly(
      this.lost,
      (signal) => fetchTicket(ticketUrl, frame, this.#parties(), signal),
      "The provider's ticket page did not answer. Check that this page's Content-Security-Policy allows it (frame-src), " +
        'and the provider this origin.',
    );
    this.#lane = new Lane(port, channelLost);
    await this.#prompt('identify', { ticket });
  }

  #parties(): TicketParties {
    const { identity } = this.#runtime.me ?? {};
    if (identity === undefined)
      throw new InitializationError('OpenFin does not say who this page is (fin.me.identity).');
    const { uuid, name = uuid } = identity;
    return { client: { uuid, name }, channel: this.#client.providerIdentity };
  }

  #prompt(action: 'hello' | 'identify' | 'cancel', payload: object, reply?: Promise<unknown>): Promise<unknown> {
    return promptly(
      this.lost,
      (signal) => until(reply ?? this.#dispatch(action, payload), signal),
      `The Salesforce provider is there but did not answer "${action}". Restart it.`,
    );
  }

  /**
   * Sends one message and waits for its reply. When the call ends first, the provider is told to cancel it.
   *
   * @param lane sends the message instead of the channel
   * @returns the data of the reply, still unchecked
   * @throws the error class of the provider's failure; the reason of the call's signal; {@link channelLost};
   *   {@link ApiError} `INTERNAL` when the provider threw instead of answering
   */
  async exchange<Action extends ProviderAction>(
    action: Action,
    payload: ProviderRequest<Action> | AskedOnLane,
    call: Call,
    lane?: Lane,
  ): Promise<unknown> {
    const requestId = 'requestId' in payload ? payload.requestId : undefined;
    this.lost.throwIfAborted();
    call.signal.throwIfAborted();
    log(`${action} ${requestId ?? ''} sent`);
    const reply = lane
      ? lane.ask(payload as AskedOnLane).then((outcome) => unwrapReply(action, outcome))
      : this.#dispatch(action, payload);
    try {
      const data = await until(reply, lane?.ended ?? this.lost, call.signal);
      log(`${action} ${requestId ?? ''} succeeded`);
      return data;
    } catch (error) {
      if (call.signal.aborted && requestId !== undefined) this.#cancel(requestId, lane, reply);
      log(`${action} ${requestId ?? ''} failed: ${error === channelLost ? 'provider gone' : errorCode(error)}`);
      throw error;
    }
  }

  async #dispatch(action: ProviderAction, payload: object): Promise<unknown> {
    let reply: unknown;
    try {
      reply = await this.#client.dispatch(action, payload);
    } catch (error) {
      // A ChannelError holds our own payload and the provider's stack: nothing of it goes further.
      if (error instanceof Error && endpointGone.test(error.message)) this.close();
      this.lost.throwIfAborted();
      throw new ApiError(`The Salesforce provider failed while handling "${action}".`);
    }
    return unwrapReply(action, reply);
  }

  /** A provider that does not even answer this has vanished without the runtime telling: its channel is given up. */
  #cancel(requestId: string, lane: Lane | undefined, reply: Promise<unknown>): void {
    lane?.cancel(requestId);
    this.#prompt('cancel', { requestId }, lane && reply).catch((error: unknown) => {
      log(`cancel ${requestId} failed: ${errorCode(error)}`);
      if (error instanceof InitializationError) this.close();
    });
  }

  /** Leaves the channel. */
  close(): void {
    this.#lost.abort(channelLost);
    this.#client.disconnect().catch(() => log('leaving the channel failed'));
  }
}

/**
 * Connects to the channel, waiting until there is one. A runtime can lose the question when the provider's page goes
 * away in that moment, and cannot be told to stop waiting. So it is asked again now and then, without waiting: the
 * first connection is taken, and any other is left at once.
 */
async function connectChannel(runtime: OpenFinRuntime): Promise<ChannelClient> {
  let asking: ReturnType<typeof setInterval> | undefined;
  try {
    return await new Promise<ChannelClient>((resolve, reject) => {
      let taken: ChannelClient | undefined;
      const ask = (wait: boolean, onRefused?: (reason: unknown) => void) =>
        runtime.InterApplicationBus.Channel.connect(channelName, { wait })
          .then((client) => (taken ? client.disconnect() : resolve((taken = client))))
          .catch(onRefused);
      void ask(true, reject);
      asking = setInterval(ask, askAgainMs, false, () => undefined);
      // In Node.js: a program that has nothing else to do may end.
      (asking as { unref?(): void }).unref?.();
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'no reason given';
    throw new InitializationError(`The Salesforce provider's channel refused this app: ${reason}`);
  } finally {
    clearInterval(asking);
  }
}

function checkProtocol(major: unknown): void {
  if (typeof major !== 'number') throw unreadableReply('hello');
  if (major === protocolVersion.major) return;
  const remedy =
    major > protocolVersion.major
      ? 'Update the salesforce-interop package of this app.'
      : 'Update the Salesforce provider of this desktop.';
  throw new InitializationError(
    `This app speaks version ${protocolVersion.major} of the provider's protocol, the provider version ${major}. ${remedy}`,
    { code: 'PROTOCOL_MISMATCH' },
  );
}

async function promptly<T>(lost: AbortSignal, work: (signal: AbortSignal) => Promise<T>, sentence: string): Promise<T> {
  lost.throwIfAborted();
  const bound = boundedSignal(promptLimitMs, () => new InitializationError(sentence), lost);
  try {
    return await work(bound.signal);
  } finally {
    bound.end();
  }
}
