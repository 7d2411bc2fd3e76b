import type { PageState } from './pageState.ts';
import { inboundMessage, parseWireText, route, type OutboundMessage } from './wireMessages.ts';

/** Longer texts are parsed only where the guard has to learn something from them. */
const longText = 50_000;

/** Requests whose answers tell what the page then has: a channel, or a connection to one. */
const wishes: ReadonlySet<unknown> = new Set<OutboundMessage['action']>(['create-channel', 'connect-to-channel']);

/**
 * Updates the state by a message of the shared worker to the page.
 *
 * @returns false for a message that is not for the page
 */
export function learnInbound(text: string, page: PageState): boolean {
  const { asked, channels, owed } = page;
  const unread = text.length > longText ? longAnswerTo(text) : undefined;
  if (unread !== undefined && !wishes.has(asked.get(unread))) {
    const isAnswer = asked.has(unread);
    page.answered(unread);
    return isAnswer;
  }
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
      if (type === 'disconnected') page.channelGone(channelId, channelName);
      if (type !== 'client-disconnected') return true;
      const own = channels.ownOfName(channelName);
      if (own && endpointId !== undefined) channels.dismiss(own, endpointId);
      // Not passed on otherwise, as it would tell the page the endpoint ids of others.
      return own !== undefined;
    }
  }
}

function learnAnswer(
  page: PageState,
  correlationId: string | number,
  answeredAction: string | undefined,
  data: unknown,
): void {
  const { asked, channels } = page;
  const action = asked.get(correlationId);
  // Only the shared worker itself answers whether a channel was created. Any other answer is another page's, to a
  // message with the same id.
  if (action === 'create-channel' && answeredAction !== action) return;
  page.answered(correlationId);
  const given = route.safeParse(data);
  if (!given.success) return;
  const { endpointId } = given.data;
  if (action === 'create-channel') channels.made(given.data);
  if (action === 'connect-to-channel' && endpointId !== undefined) channels.connected(endpointId, given.data);
}

/**
 * The action and correlation id of a page's answer, which the shared worker writes first; undefined where the text
 * begins in another way.
 */
function longAnswerTo(text: string): string | undefined {
  return /^\{"action":"ack","correlationId":"([^"\\]*)"/.exec(text.slice(0, 300))?.[1];
}
