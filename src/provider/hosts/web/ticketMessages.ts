/**
 * What the ticket page reads of the messages that reach it, without a schema library: that would be most of the page's
 * start, which every app waits for. What it takes from an app goes into an order, which the provider parses by its
 * schema (`messages.ts`); a test holds both to the same rules.
 */
import type { ticketRequest } from '../../../channel/windowMessages.ts';
import type { z } from '../../../zod.ts';
import type { ticketAnswer } from './messages.ts';

/** The ticket page asks the provider for tickets on this BroadcastChannel. */
export const ticketChannel = 'salesforce-interop.tickets';

type TicketRequest = z.output<typeof ticketRequest>;

/**
 * Reads an app's request for a ticket: the members that the protocol has, and no others.
 *
 * @returns undefined for anything else
 */
export function readTicketRequest(data: unknown): TicketRequest | undefined {
  const { type, nonce, client, channel } = membersOf(data);
  if (type !== 'salesforce-interop.ticketRequest' || !isIdentifier(nonce)) return undefined;
  const by = readIdentity(client);
  const of = readIdentity(channel);
  const { channelId } = membersOf(channel);
  return by && of && isIdentifier(channelId) ? { type, nonce, client: by, channel: { ...of, channelId } } : undefined;
}

/** Reads the provider's answer, which comes from a page of this origin. @returns undefined for anything else */
export function readTicketAnswer(data: unknown): z.output<typeof ticketAnswer> | undefined {
  const { kind, orderId, ticket, reason } = membersOf(data);
  if (typeof orderId !== 'string') return undefined;
  if (kind === 'issued' && typeof ticket === 'string') return { kind, orderId, ticket };
  return kind === 'refused' && (reason === 'foreignChannel' || reason === 'tooMany')
    ? { kind, orderId, reason }
    : undefined;
}

function readIdentity(data: unknown): { uuid: string; name: string } | undefined {
  const { uuid, name } = membersOf(data);
  return isIdentifier(uuid) && isIdentifier(name) ? { uuid, name } : undefined;
}

const membersOf = (data: unknown): Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : {};

const isIdentifier = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 200;
