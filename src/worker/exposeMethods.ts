import { expose, type Endpoint } from 'comlink';
import { z } from '../zod.ts';

/** A method call as comlink sends it. Its other messages read, set and construct along any path of properties. */
const call = z.object({
  type: z.literal('APPLY'),
  id: z.string(),
  path: z.tuple([z.string()]),
  argumentList: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('RAW'), value: z.unknown() }),
      z.object({ type: z.literal('HANDLER'), name: z.literal('proxy'), value: z.unknown() }),
    ]),
  ),
});

/**
 * Exposes an object's own methods, and nothing else, on a port. comlink by itself also follows paths such as
 * `constructor.constructor` and writes to `__proto__` (comlink issue 603), by which a script on the provider's page
 * could reach into the worker. Messages that are not a plain call of one of the methods are dropped.
 *
 * @param takesCallbacks Methods to which a callback may be passed; all others take data only.
 */
export function exposeMethods<T extends object>(
  methods: T,
  port: Endpoint,
  takesCallbacks: readonly (keyof T)[],
): void {
  const own = Object.assign(Object.create(null) as T, methods);
  const listeners = new Map<EventListenerOrEventListenerObject, EventListener>();
  expose(own, {
    ...(port.start && { start: () => port.start!() }),
    postMessage: (message: unknown, transfer?: Transferable[]) => port.postMessage(message, transfer),
    addEventListener(type, listener) {
      const guarded: EventListener = (event) => {
        const parsed = call.safeParse((event as MessageEvent<unknown>).data);
        if (!parsed.success) return;
        const [verb] = parsed.data.path;
        const hasCallback = parsed.data.argumentList.some((argument) => argument.type === 'HANDLER');
        if (!Object.hasOwn(own, verb) || (hasCallback && !takesCallbacks.includes(verb as keyof T))) return;
        if (typeof listener === 'function') listener(event);
        else listener.handleEvent(event);
      };
      listeners.set(listener, guarded);
      port.addEventListener(type, guarded);
    },
    removeEventListener(type, listener) {
      port.removeEventListener(type, listeners.get(listener) ?? listener);
      listeners.delete(listener);
    },
  });
}
