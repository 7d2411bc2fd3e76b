/**
 * What one page may say to HERE's shared worker. The shared worker knows from the port who speaks, but not whether they
 * may: it sends channel messages in any provider's name to anybody, takes any endpoint id for the sender's, and passes on
 * answers to questions that somebody else was asked. So each page may speak only for the channels it has made, on the
 * connections it has been given, and answer only what it has been asked.
 */
import { inboundMessage, outboundMessage, route, type ChannelAnswer, type ChannelIdentity, type ChannelRoute, type OutboundMessage } from './wireMessages.ts';

export interface WireRulesOptions {
  /** Origin of the page, as the browser says it. */
  origin: string;
  /** Channels that only pages of one origin may make, by name. */
  reservedChannels: Readonly<Record<string, string>>;
}

/** `refusal`: why a message is not passed on, for its sender; `messageId`: which of theirs it was, if it wants an answer. */
export type Verdict = { refusal?: undefined } | { refusal: string; action: string; messageId?: string | number };

/** Questions of one client that a page never answers; more than any has open at a time. Its next ones take their places, nobody else's. */
const owedLimit = 20_000;
/** Connections that one client has to one channel at a time; its next ones are not passed on. */
const connectionLimit = 500;
/** Longer texts are read only where something has to be learnt from them. */
const longText = 50_000;

export function createWireRules({ origin, reservedChannels }: WireRulesOptions) {
  /**
   * Own requests that are not answered. The shared worker sends answers to whoever has the asker's identity then, which may
   * be another page that has taken it over.
   */
  const asked = new Map<string | number, OutboundMessage['action']>();
  const ownChannels = new Map<string, ChannelIdentity>();
  /** By channel id: the clients that are connected to this page's channel, each with its endpoint ids. */
  const clients = new Map<string, Map<string, Set<string>>>();
  /** By endpoint id: this page's connections to the channels of others. */
  const connections = new Map<string, ChannelRoute>();
  /** By who has asked: the questions that this page has not answered. */
  const owed = new Map<string, Map<string | number, ChannelAnswer>>();

  function judge(message: OutboundMessage): string | undefined {
    switch (message.action) {
      case 'create-channel': {
        const { channelName } = message.payload;
        const owner = Object.hasOwn(reservedChannels, channelName) ? reservedChannels[channelName] : origin;
        if (owner !== origin) return `The channel ${channelName} is made by ${owner} only.`;
        return undefined;
      }
      case 'destroy-channel': {
        const own = [...ownChannels.values()].find(({ channelName }) => channelName === message.payload.channelName);
        if (!own) return `The channel ${message.payload.channelName} was not made by this page.`;
        ownChannels.delete(own.channelId);
        clients.delete(own.channelId);
        return undefined;
      }
      case 'disconnect-from-channel':
        disconnect(message.payload);
        return undefined;
      case 'send-channel-message':
        return mayRoute(message.payload) ? undefined : 'This page has no such connection.';
      case 'send-channel-result':
        return mayAnswer(message.payload) ? undefined : 'This page was not asked.';
      case 'connect-to-channel':
      case 'subscribe-to-desktop-event':
      case 'unsubscribe-to-desktop-event':
      case 'get-all-channels':
        return undefined;
    }
  }

  /** Without an endpoint id the shared worker ends all connections to channels of that name. */
  function disconnect({ channelName, endpointId }: { channelName: string; endpointId?: string | undefined }): void {
    if (endpointId !== undefined) return void connections.delete(endpointId);
    for (const [own, connection] of connections) if (connection.channelName === channelName) connections.delete(own);
  }

  /** A message to a provider names the channel by its id; one to a client does not, and names its own channel as sender. */
  function mayRoute({ uuid, name, channelId, endpointId, providerIdentity }: Extract<OutboundMessage, { action: 'send-channel-message' }>['payload']): boolean {
    if (endpointId === undefined) return false;
    if (channelId === undefined) {
      const own = ownChannels.get(providerIdentity.channelId);
      return own !== undefined && isSame(own, providerIdentity) && clients.get(own.channelId)?.get(keyOf({ uuid, name }))?.has(endpointId) === true;
    }
    const connection = connections.get(endpointId);
    return connection !== undefined && connection.channelId === channelId && isSame(connection, providerIdentity) && keyOf(connection) === keyOf({ uuid, name });
  }

  function mayAnswer(given: ChannelAnswer): boolean {
    const asker = keyOf(given.destinationToken);
    const questions = owed.get(asker);
    const question = questions?.get(given.correlationId);
    if (!question || question.originalAction !== given.originalAction || routeOf(question.payload) !== routeOf(given.payload)) return false;
    // The shared worker would send the answer to the runtime that is named there instead.
    if ('runtimeUuid' in given.destinationToken) return false;
    questions!.delete(given.correlationId);
    if (questions!.size === 0) owed.delete(asker);
    return true;
  }

  /** @returns false when this client has too many connections to the channel. */
  function admit(channelId: string, client: { uuid: string; name: string; endpointId: string }): boolean {
    const ofChannel = clients.get(channelId) ?? new Map<string, Set<string>>();
    const endpoints = ofChannel.get(keyOf(client)) ?? new Set<string>();
    if (endpoints.size >= connectionLimit) return false;
    clients.set(channelId, ofChannel.set(keyOf(client), endpoints.add(client.endpointId)));
    return true;
  }

  function dismiss(channelId: string, endpointId: string): void {
    const ofChannel = clients.get(channelId);
    for (const [client, endpoints] of ofChannel ?? []) if (endpoints.delete(endpointId) && endpoints.size === 0) ofChannel!.delete(client);
  }

  function owe(question: ChannelAnswer): void {
    const asker = keyOf(question.destinationToken);
    const questions = owed.get(asker) ?? new Map<string | number, ChannelAnswer>();
    owed.set(asker, questions);
    const [oldest] = questions.keys();
    if (questions.size >= owedLimit && oldest !== undefined) questions.delete(oldest);
    questions.set(question.correlationId, question);
  }

  function learn(correlationId: string | number, answeredAction: string | undefined, data: unknown): void {
    const action = asked.get(correlationId);
    // Whether a channel was made the shared worker says itself. Anything else is another page's answer to another message of that id.
    if (action === 'create-channel' && answeredAction !== action) return;
    asked.delete(correlationId);
    const given = route.safeParse(data);
    if (!given.success) return;
    const { channelId, endpointId } = given.data;
    if (action === 'create-channel') ownChannels.set(channelId, given.data);
    if (action === 'connect-to-channel' && endpointId !== undefined) connections.set(endpointId, given.data);
  }

  return {
    /** Judges a message of the page, as JSON text. */
    outbound(text: string): Verdict {
      const parsed = parseJson(text);
      const message = outboundMessage.safeParse(parsed);
      if (message.success) {
        const refusal = judge(message.data);
        if (refusal === undefined) {
          if ('messageId' in message.data) asked.set(message.data.messageId, message.data.action);
          return {};
        }
        return { refusal, action: message.data.action, ...('messageId' in message.data && { messageId: message.data.messageId }) };
      }
      const { action, messageId } = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as { action?: unknown; messageId?: unknown };
      return {
        refusal: 'This platform offers no such call.', action: typeof action === 'string' ? action : 'unreadable',
        ...((typeof messageId === 'string' || typeof messageId === 'number') && { messageId }),
      };
    },

    /** Learns from a message to the page; false when it is none of the page's business. */
    inbound(text: string): boolean {
      const unread = text.length > longText ? longAnswerTo(text) : undefined;
      if (unread !== undefined && !wishes.has(asked.get(unread))) return asked.delete(unread);
      const parsed = parseJson(text);
      const message = inboundMessage.safeParse(parsed);
      if (!message.success) return (parsed as { action?: unknown } | undefined)?.action !== 'ack';
      switch (message.data.action) {
        case 'ack': {
          const { correlationId, originalAction, payload } = message.data;
          if (correlationId === undefined) return true;
          if (!asked.has(correlationId)) return false;
          learn(correlationId, originalAction, payload?.success === true ? payload.data : undefined);
          return true;
        }
        case 'process-channel-connection': {
          const { providerIdentity: { channelId }, clientIdentity, ackToSender } = message.data.payload;
          if (!ownChannels.has(channelId) || !admit(channelId, clientIdentity)) return false;
          owe(ackToSender.payload);
          return true;
        }
        case 'process-channel-message': {
          const { ackToSender, intendedTargetIdentity: { channelId, endpointId } } = message.data.payload;
          if (channelId === undefined ? endpointId !== undefined && !connections.has(endpointId) : !ownChannels.has(channelId)) return false;
          owe(ackToSender.payload);
          return true;
        }
        case 'process-desktop-event': {
          const { type, channelName, channelId, endpointId } = message.data.payload;
          if (type === 'disconnected') for (const [own, connection] of connections) if (connection.channelId === channelId) connections.delete(own);
          if (type !== 'client-disconnected') return true;
          const own = [...ownChannels.values()].find((channel) => channel.channelName === channelName);
          if (own && endpointId !== undefined) dismiss(own.channelId, endpointId);
          // It would tell everybody which endpoint ids there are.
          return own !== undefined;
        }
      }
    },
  };
}

/** Requests whose answers say what this page then has: a channel made, or a connection to one. */
const wishes: ReadonlySet<unknown> = new Set<OutboundMessage['action']>(['create-channel', 'connect-to-channel']);

/** The shared worker writes a page's answer's action and correlation id first; undefined where the text begins otherwise. */
function longAnswerTo(text: string): string | undefined {
  return /^\{"action":"ack","correlationId":"([^"\\]*)"/.exec(text.slice(0, 300))?.[1];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const keyOf = ({ uuid, name }: { uuid: string; name: string }): string => JSON.stringify([uuid, name]);
const isSame = (a: ChannelIdentity, b: ChannelIdentity): boolean =>
  a.channelId === b.channelId && a.channelName === b.channelName && keyOf(a) === keyOf(b);
/** What an answer says of the channel it comes from: it may be added to, but not changed. */
const routeOf = (payload: Record<string, unknown> | undefined): string =>
  JSON.stringify(['uuid', 'name', 'channelName', 'channelId', 'endpointId'].map((member) => payload?.[member] ?? null));
