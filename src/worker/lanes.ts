import { laneAddressed, laneCancel, type laneMessage } from '../channel/laneMessages.ts';
import { success } from '../outcomes/failure.ts';
import type { z } from '../zod.ts';
import type { ApiAnswer } from './pipeline/apiAnswer.ts';
import type { Door, DoorCaller } from './pipeline/door.ts';

/**
 * The ends of the lanes: ports of the apps' pages, each for the requests of one caller that the provider has admitted.
 * What comes in by one goes to the {@link import('./pipeline/door.ts') door} and nowhere else.
 */
export function createLanes(door: Pick<Door, 'call' | 'cancelCall'>) {
  const ports = new Map<string, MessagePort>();

  function post(port: MessagePort, message: z.input<typeof laneMessage>, transfer: Transferable[] = []): void {
    port.postMessage(message, transfer);
  }

  function close(callerId: string): void {
    const port = ports.get(callerId);
    if (!port) return;
    ports.delete(callerId);
    // No browser tells a page that the other end of a port has been closed.
    post(port, { kind: 'closed' });
    port.close();
  }

  return {
    /** Takes requests of a caller from a port. A port that it had before is closed. */
    open(caller: DoorCaller, port: MessagePort): void {
      close(caller.id);
      ports.set(caller.id, port);
      const isOpen = (): boolean => ports.get(caller.id) === port;
      port.onmessage = async ({ data: asked }: MessageEvent<unknown>) => {
        if (!isOpen()) return;
        const cancel = laneCancel.safeParse(asked);
        if (cancel.success) return door.cancelCall(caller, cancel.data.requestId);
        const outcome = await door.call(caller, asked);
        const addressed = laneAddressed.safeParse(asked);
        if (!addressed.success || !isOpen()) return;
        const { requestId } = addressed.data;
        if (!outcome.ok) return post(port, { kind: 'answer', requestId, outcome });
        const [data, bytes] = copyOf(outcome.data);
        post(port, { kind: 'answer', requestId, outcome: success(data) }, bytes);
      };
      post(port, { kind: 'open' });
    },

    /** Ends the lane of a caller, if it has one. */
    close,
  };
}

/** An answer with bytes of its own, which can be transferred. */
function copyOf(answer: ApiAnswer): [ApiAnswer, ArrayBuffer[]] {
  const { body } = answer;
  if (body?.kind !== 'jsonBytes' && body?.kind !== 'raw') return [answer, []];
  const bytes = body.bytes.slice();
  return [{ ...answer, body: { ...body, bytes } }, [bytes]];
}
