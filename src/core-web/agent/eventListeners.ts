import type { ApiEvent, EventHandler, Listener } from '@finos/fdc3';
import { callHandler } from './callHandler.ts';

/** Handlers of the events of an agent or a private channel (FDC3 2.2, `addEventListener`). */
export class EventListeners {
  readonly #handlers = new Map<object, { type: string | null; handler: EventHandler }>();

  /** @param type null: every event */
  add(type: string | null, handler: EventHandler): Listener {
    const key = {};
    this.#handlers.set(key, { type, handler });
    return { unsubscribe: async () => void this.#handlers.delete(key) };
  }

  tell(event: ApiEvent): void {
    for (const { type, handler } of this.#handlers.values())
      if (type === null || type === event.type) callHandler(handler, event);
  }
}
