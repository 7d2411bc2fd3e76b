import { laneAddressed, laneCancel, laneLook, laneUnsubscribe, type laneMessage } from '../channel/laneMessages.ts';
import { unsubscribeRequest } from '../channel/liveMessages.ts';
import { success } from '../outcomes/failure.ts';
import { z } from '../zod.ts';
import type { Live } from './live/live.ts';
import type { ApiAnswer } from './pipeline/apiAnswer.ts';
import type { Door, DoorCaller } from './pipeline/door.ts';

const unanswered = z.discriminatedUnion('kind', [laneCancel, laneLook, laneUnsubscribe]);

interface OpenLane {
  readonly port: MessagePort;
  /** Subscriptions that came over it: their news can go no other way. */
  readonly subscriptionIds: Set<string>;
}

/**
 * The ends of the lanes: ports of the apps' pages, each for the requests and subscriptions of one caller that the
 * provider has admitted. What comes in by one goes to the {@link import('./pipeline/door.ts') door} or to
 * {@link import('./live/live.ts') live data}, and nowhere else.
 */
export function createLanes(
  door: Pick<Door, 'call' | 'cancelCall' | 'subscribed'>,
  live: Pick<Live, 'subscribe' | 'look' | 'unsubscribe'>,
) {
  const lanes = new Map<string, OpenLane>();

  function post(port: MessagePort, message: z.input<typeof laneMessage>, transfer: Transferable[] = []): void {
    port.postMessage(message, transfer);
  }

  function close(callerId: string): void {
    const lane = lanes.get(callerId);
    if (!lane) return;
    const { port, subscriptionIds } = lane;
    lanes.delete(callerId);
    for (const subscriptionId of subscriptionIds) live.unsubscribe(callerId, { subscriptionId });
    // No browser tells a page that the other end of a port has been closed.
    post(port, { kind: 'closed' });
    port.close();
  }

  function subscribe(caller: DoorCaller, lane: OpenLane, asked: unknown): void {
    const { data: addressed } = laneAddressed.safeParse(asked);
    const { data: named } = unsubscribeRequest.safeParse(asked);
    const outcome = live.subscribe(caller, asked, (news) => {
      if (lanes.get(caller.id) === lane) post(lane.port, { kind: 'live', subscriptionId: named!.subscriptionId, news });
    });
    if (outcome.ok) lane.subscriptionIds.add(named!.subscriptionId);
    const answer = door.subscribed(caller, asked, outcome);
    if (addressed) post(lane.port, { kind: 'answer', requestId: addressed.requestId, outcome: answer });
  }

  async function answer(caller: DoorCaller, lane: OpenLane, asked: unknown): Promise<void> {
    const outcome = await door.call(caller, asked);
    const { data: addressed } = laneAddressed.safeParse(asked);
    if (!addressed || lanes.get(caller.id) !== lane) return;
    const { requestId } = addressed;
    if (!outcome.ok) return post(lane.port, { kind: 'answer', requestId, outcome });
    const [data, bytes] = copyOf(outcome.data);
    post(lane.port, { kind: 'answer', requestId, outcome: success(data) }, bytes);
  }

  /** Carries out what is answered nothing. @returns false for what is none of it */
  function takeUnanswered(caller: DoorCaller, lane: OpenLane, asked: unknown): boolean {
    const { data } = unanswered.safeParse(asked);
    if (data?.kind === 'cancel') door.cancelCall(caller, data.requestId);
    else if (data?.kind === 'look') live.look(caller.id, asked);
    else if (data?.kind === 'unsubscribe') {
      lane.subscriptionIds.delete(data.subscriptionId);
      live.unsubscribe(caller.id, asked);
    }
    return data !== undefined;
  }

  /** What is no other message of a lane is a request, which the door refuses if it is none either. */
  function take(caller: DoorCaller, lane: OpenLane, asked: unknown): void {
    // Most are requests, which the door parses: no other schema has to refuse them before.
    const { kind } = Object(asked) as { kind?: unknown };
    if (kind === 'subscribe') return subscribe(caller, lane, asked);
    if (kind !== 'execute' && takeUnanswered(caller, lane, asked)) return;
    void answer(caller, lane, asked);
  }

  return {
    /** Takes requests of a caller from a port. A port that it had before is closed. */
    open(caller: DoorCaller, port: MessagePort): void {
      close(caller.id);
      const lane: OpenLane = { port, subscriptionIds: new Set() };
      lanes.set(caller.id, lane);
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (lanes.get(caller.id) === lane) take(caller, lane, data);
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
