/**
 * Messages between a page and HERE's shared worker, on the port that core-web gives the page (as of core-web 0.40.51).
 * Each message is JSON text within an envelope. The shared worker knows no other than these nine actions.
 */
import { z } from '../../zod.ts';

export const wireEnvelope = z.object({ topic: z.literal('wire-message'), message: z.string() });

/** Bounded, as the guards keep ids and names, and no page may fill their memory. */
const identifier = z.string().max(200);
const channelName = z.string().max(500);
const identity = z.looseObject({ uuid: identifier, name: identifier });
const provider = identity.extend({ channelId: identifier, channelName });
export const messageId = z.union([identifier, z.number()]);

/** Which channel a message or answer belongs to, and which connection to it. */
export const route = provider.extend({ endpointId: identifier.optional() });
export type ChannelRoute = z.infer<typeof route>;
export type ChannelIdentity = z.infer<typeof provider>;

/**
 * How the receiver of a channel message or connection answers it. The shared worker writes this address, not the
 * sender.
 */
const answer = z.looseObject({
  correlationId: messageId,
  destinationToken: identity,
  originalAction: identifier,
  payload: z.looseObject({}).optional(),
});
export type ChannelAnswer = z.infer<typeof answer>;

/** One event. `*` is refused: the shared worker takes it for all events, and then reports them in another form. */
const event = z.looseObject({
  topic: z.literal('channel'),
  type: z
    .string()
    .max(100)
    .regex(/^[a-z-]+$/),
});

const request = <Action extends string, Payload extends z.ZodType>(action: Action, payload: Payload) =>
  z.strictObject({ action: z.literal(action), payload, messageId });

/** From a page to the shared worker. */
export const outboundMessage = z.discriminatedUnion('action', [
  request('connect-to-channel', z.looseObject({ channelName })),
  request('create-channel', z.looseObject({ channelName })),
  request('destroy-channel', z.looseObject({ channelName })),
  request('disconnect-from-channel', z.looseObject({ channelName, endpointId: identifier.optional() })),
  request('get-all-channels', z.unknown()),
  request('subscribe-to-desktop-event', event),
  request('unsubscribe-to-desktop-event', event),
  request(
    'send-channel-message',
    identity.extend({
      channelId: identifier.optional(),
      endpointId: identifier.optional(),
      providerIdentity: provider,
    }),
  ),
  z.strictObject({ action: z.literal('send-channel-result'), payload: answer }),
]);
export type OutboundMessage = z.infer<typeof outboundMessage>;

/** From the shared worker to a page, in those members that the guard reads. */
export const inboundMessage = z.discriminatedUnion('action', [
  z.looseObject({
    action: z.literal('ack'),
    correlationId: messageId.optional(),
    /** Present in the shared worker's own answers only, not in those of pages. */
    originalAction: z.string().optional(),
    payload: z.looseObject({ success: z.boolean().optional(), data: z.unknown().optional() }).optional(),
  }),
  z.looseObject({
    action: z.literal('process-channel-connection'),
    payload: z.looseObject({
      providerIdentity: provider,
      clientIdentity: identity.extend({ endpointId: identifier }),
      ackToSender: z.looseObject({ payload: answer }),
    }),
  }),
  z.looseObject({
    action: z.literal('process-channel-message'),
    payload: z.looseObject({
      ackToSender: z.looseObject({ payload: answer }),
      /** `channelId`: to the provider of a channel; `endpointId`: to a client of one. */
      intendedTargetIdentity: z.looseObject({ channelId: identifier.optional(), endpointId: identifier.optional() }),
    }),
  }),
  z.looseObject({
    action: z.literal('process-desktop-event'),
    payload: z.looseObject({
      type: z.string(),
      channelName: channelName.optional(),
      channelId: identifier.optional(),
      endpointId: identifier.optional(),
    }),
  }),
]);

/** An identity as one text, for use as a key. */
export const identityKey = ({ uuid, name }: { uuid: string; name: string }): string => JSON.stringify([uuid, name]);

/** Whether both are the same channel of the same creator. */
export const isSameChannel = (a: ChannelIdentity, b: ChannelIdentity): boolean =>
  a.channelId === b.channelId && a.channelName === b.channelName && identityKey(a) === identityKey(b);

/** The text parsed as JSON; undefined where it is none. */
export function parseWireText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
