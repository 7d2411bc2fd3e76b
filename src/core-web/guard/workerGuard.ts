/**
 * A guard between the embedding page and HERE's shared worker. core-web's broker code gives the shared worker one end
 * of a message channel, and the page the other. The guard gives the worker an end of its own instead, and passes on the
 * messages that the rules allow.
 */
import { z } from '../../zod.ts';
import { isIdentity, type ClientIdentity } from './clientIdentity.ts';
import { wireEnvelope } from './wireMessages.ts';
import type { Verdict } from './outboundRules.ts';
import type { WireRules } from './wireRules.ts';

/** All messages that core-web's broker code sends on ports (core-web 0.40.51, `iframe-broker`). */
const portMessage = z.discriminatedUnion('topic', [
  z.object({
    topic: z.literal('worker-initialize-connection'),
    payload: z.object({ identity: z.custom<ClientIdentity>(isIdentity) }),
  }),
  z.object({ topic: z.literal('create-fallback-connection') }),
  z.object({ topic: z.literal('ping') }),
  z.object({ topic: z.literal('pong') }),
]);

/**
 * The shared worker's own reason when there is no such channel: core-web's client then waits for the next one, if its
 * caller waits (core-web 0.40.51, `Channel.connect`).
 */
const noChannel = 'internal-nack';

export interface GuardOptions {
  identity: ClientIdentity;
  rules: WireRules;
  /** Called for each message that is not passed on. */
  onRefused: (action: string, reason: string) => void;
}

/**
 * Guards everything that is sent on ports of this document from now on. Has to be called before core-web's broker code
 * runs.
 *
 * @throws Error, from the guarded `postMessage`, for a message that is not understood, or for another identity than the
 *   claimed one: core-web then tells the page that its connection failed.
 */
export function guardPorts(
  ports: Pick<MessagePort, 'postMessage'>,
  { identity, rules, onRefused }: GuardOptions,
): void {
  const send = ports.postMessage as (this: MessagePort, message: unknown, transfer?: Transferable[]) => void;
  let joined = false;

  ports.postMessage = function (
    this: MessagePort,
    message: unknown,
    transfer?: Transferable[] | StructuredSerializeOptions,
  ): void {
    const moved = Array.isArray(transfer) ? transfer : [];
    const understood = portMessage.safeParse(message);
    const [port, ...others] = moved;
    if (!understood.success || others.length > 0 || (transfer !== undefined && !Array.isArray(transfer))) {
      throw new Error('core-web said something to its shared worker that this platform does not understand.');
    }
    if (understood.data.topic !== 'worker-initialize-connection') return send.call(this, message, moved);
    const claimed = understood.data.payload.identity;
    if (joined || !(port instanceof MessagePort) || claimed.uuid !== identity.uuid || claimed.name !== identity.name) {
      throw new Error('This client asked for another identity than the one it has come with.');
    }
    joined = true;
    const guarded = new MessageChannel();
    relay(port, guarded.port1);
    return send.call(this, message, [guarded.port2]);
  };

  function relay(page: MessagePort, worker: MessagePort): void {
    page.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const envelope = wireEnvelope.safeParse(data);
      const verdict: Verdict = envelope.success
        ? rules.outbound(envelope.data.message)
        : { refusal: 'This platform offers no such call.', action: 'unreadable' };
      if (verdict.refusal === undefined)
        return send.call(worker, { topic: 'wire-message', message: envelope.data!.message });
      if (!verdict.isUsual) onRefused(verdict.action, verdict.refusal);
      if (verdict.messageId === undefined) return undefined;
      return refuse(page, verdict.action, verdict.messageId, verdict.refusal);
    });
    worker.addEventListener('message', ({ data }: MessageEvent<{ message?: unknown }>) => {
      if (typeof data?.message !== 'string' || rules.inbound(data.message)) send.call(page, data);
      for (const messageId of rules.takeUnanswerable()) refuse(page, 'connect-to-channel', messageId, noChannel);
    });
    page.start();
    worker.start();
  }

  function refuse(page: MessagePort, originalAction: string, correlationId: string | number, reason: string): void {
    const answer = { action: 'ack', originalAction, correlationId, payload: { success: false, reason, error: null } };
    send.call(page, { topic: 'wire-message-response', message: JSON.stringify(answer) });
  }
}
