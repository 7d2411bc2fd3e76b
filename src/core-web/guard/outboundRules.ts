import type { PageState } from './pageState.ts';
import { isUsageReport } from './usageReports.ts';
import { outboundMessage, parseWireText, type OutboundMessage } from './wireMessages.ts';

export interface OutboundRulesOptions {
  /** Origin of the page, as the browser states it. */
  origin: string;
  /** Names of channels that only pages of one origin may create. */
  reservedChannels: Readonly<Record<string, string>>;
}

/**
 * `refusal`: why a message is not passed on, for its sender; `messageId`: which of theirs it was, if it wants an
 * answer; `isUsual`: core-web says it by itself on every page, so that its refusal is no news.
 */
export type Verdict =
  { refusal?: undefined } | { refusal: string; action: string; messageId?: string | number; isUsual?: boolean };

/** Judges a message of the page to the shared worker, as JSON text. */
export function judgeOutbound(text: string, page: PageState, options: OutboundRulesOptions): Verdict {
  const parsed = parseWireText(text);
  const message = outboundMessage.safeParse(parsed);
  if (message.success) {
    const refusal = refusalOf(message.data, page, options);
    if (refusal === undefined) {
      if ('messageId' in message.data) page.asks(message.data);
      return {};
    }
    return {
      refusal,
      action: message.data.action,
      ...('messageId' in message.data && { messageId: message.data.messageId }),
    };
  }
  const { action, messageId } = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as {
    action?: unknown;
    messageId?: unknown;
  };
  return {
    refusal: 'This platform offers no such call.',
    action: typeof action === 'string' ? action : 'unreadable',
    ...((typeof messageId === 'string' || typeof messageId === 'number') && { messageId }),
    ...(isUsageReport(parsed) && { isUsual: true }),
  };
}

function refusalOf(
  message: OutboundMessage,
  { channels, owed }: PageState,
  { origin, reservedChannels }: OutboundRulesOptions,
): string | undefined {
  switch (message.action) {
    case 'create-channel': {
      const { channelName } = message.payload;
      const owner = Object.hasOwn(reservedChannels, channelName) ? reservedChannels[channelName] : origin;
      return owner === origin ? undefined : `The channel ${channelName} is made by ${owner} only.`;
    }
    case 'destroy-channel': {
      const own = channels.ownOfName(message.payload.channelName);
      if (!own) return `The channel ${message.payload.channelName} was not made by this page.`;
      channels.destroyed(own);
      return undefined;
    }
    case 'disconnect-from-channel':
      channels.disconnect(message.payload);
      return undefined;
    case 'send-channel-message':
      return channels.mayRoute(message.payload) ? undefined : 'This page has no such connection.';
    case 'send-channel-result':
      return owed.mayAnswer(message.payload) ? undefined : 'This page was not asked.';
    case 'connect-to-channel':
    case 'subscribe-to-desktop-event':
    case 'unsubscribe-to-desktop-event':
    case 'get-all-channels':
      return undefined;
  }
}
