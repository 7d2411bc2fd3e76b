import type { PageState } from './pageState.ts';
import { inboundMessage, parseWireText, route, type OutboundMessage } from './wireMessages.ts';

/** Longer texts are read only where something has to be learnt from them. */
const longText = 50_000;

/** Requests whose answers say what this page then has: a channel made, or a connection to one. */
const wishes: ReadonlySet<unknown> = new Set<OutboundMessage['action']>(['create-channel', 'connect-to-channel']);

/** Learns from a message of the shared worker to the page; false when it is none of the page's business. */
export function learnInbound(text: string, page: PageState): boolean {
  const { asked, channels, owed } = page;
  const unread = text.length > longText ? longAnswerTo(text) : undefined;
  if (unread !== undefined && !wishes.has(asked.get(unread))) return asked.delete(unread);
  const parsed = parseWireText(text);
  const message = inboundMessage.safeParse(parsed);
  if (!message.success) return (parsed as { action?: unknown } | undefined)?.action !== 'ack';
  switch (message.data.action) {
    case 'ack': {
      const { correlationId, originalAction, payload } = message.data;
      if (correlationId === undefined) return true;
      if (!asked.has(correlationId)) return false;
      learnAnswer(page, correlationId, originalAction, payload?.success === true ? payload.data : undefined);
      return true;
    }
    case 'process-channel-connection': {
      const {
        providerIdentity: { channelId },
        clientIdentity,
        ackToSender,
      } = message.data.payload;
      if (!channels.isOwn(channelId) || !channels.admit(channelId, clientIdentity)) return false;
      owed.owe(ackToSender.payload);
      return true;
    }
    case 'process-channel-message': {
      const {
        ackToSender,
        intendedTargetIdentity: { channelId, endpointId },
      } = message.data.payload;
      if (
        channelId === undefined
          ? endpointId !== undefined && !channels.isConnection(endpointId)
          : !channels.isOwn(channelId)
      )
        return false;
      owed.owe(ackToSender.payload);
      return true;
    }
    case 'process-desktop-event': {
      const { type, channelName, channelId, endpointId } = message.data.payload;
      if (type === 'disconnected') channels.channelGone(channelId);
      if (type !== 'client-disconnected') return true;
      const own = channels.ownOfName(channelName);
      if (own && endpointId !== undefined) channels.dismiss(own, endpointId);
      // It would tell everybody which endpoint ids there are.
      return own !== undefined;
    }
  }
}

function learnAnswer(
  { asked, channels }: PageState,
  correlationId: string | number,
  answeredAction: string | undefined,
  data: unknown,
): void {
  const action = asked.get(correlationId);
  // Whether a channel was made the shared worker says itself. Anything else is another page's answer to another message
  // of that id.
  if (action === 'create-channel' && answeredAction !== action) return;
  asked.delete(correlationId);
  const given = route.safeParse(data);
  if (!given.success) return;
  const { endpointId } = given.data;
  if (action === 'create-channel') channels.made(given.data);
  if (action === 'connect-to-channel' && endpointId !== undefined) channels.connected(endpointId, given.data);
}

/**
 * The shared worker writes a page's answer's action and correlation id first; undefined where the text begins
 * otherwise.
 */
function longAnswerTo(text: string): string | undefined {
  return /^\{"action":"ack","correlationId":"([^"\\]*)"/.exec(text.slice(0, 300))?.[1];
}
