import type OpenFin from '@openfin/core';
import type { ContextHandler, ContextMetadata, Listener } from '@finos/fdc3';
import { callHandler } from './callHandler.ts';

type InteropClient = Pick<OpenFin.InteropClient, 'addContextHandler'>;
type Handler = Parameters<InteropClient['addContextHandler']>[0];

/** Hands an FDC3 listener the context, and the metadata that the platform has added to it. */
const deliverTo =
  (handler: ContextHandler): Handler =>
  (given) => {
    const { contextMetadata, ...context } = given as { type: string; contextMetadata?: ContextMetadata };
    callHandler(handler, context, contextMetadata);
  };

/**
 * The listeners for what is shared on the user channel of an app, or passed to it by `open`. core-web takes one handler
 * for all types only, so that those of an app share one.
 *
 * @param current the context of the user channel that was shared last, which core-web tells the first handler only.
 */
export function contextListeners(interop: InteropClient, current: () => Promise<Parameters<ContextHandler>[0] | null>) {
  const forAllTypes = new Set<{ deliver: Handler }>();
  let shared: ReturnType<InteropClient['addContextHandler']> | undefined;

  async function addForAllTypes(handler: ContextHandler): Promise<Listener> {
    const entry = { deliver: deliverTo(handler) };
    forAllTypes.add(entry);
    if (shared) {
      await shared;
      const context = await current();
      if (context) callHandler(handler, context);
    } else {
      shared = interop.addContextHandler((context) => {
        for (const { deliver } of forAllTypes) deliver(context);
      });
      await shared;
    }
    return {
      async unsubscribe() {
        forAllTypes.delete(entry);
        if (forAllTypes.size > 0 || !shared) return;
        const last = shared;
        shared = undefined;
        return (await last).unsubscribe();
      },
    };
  }

  /** Resolves once the platform knows the listener. */
  return async (contextType: string | null, handler: ContextHandler): Promise<Listener> => {
    if (contextType === null) return addForAllTypes(handler);
    const { unsubscribe } = await interop.addContextHandler(deliverTo(handler), contextType);
    return { unsubscribe: async () => unsubscribe() };
  };
}
