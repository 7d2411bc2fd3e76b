import {
  ResolveError,
  ResultError,
  type Context,
  type ContextMetadata,
  type DesktopAgent,
  type IntentHandler,
  type IntentResolution,
  type Listener,
} from '@finos/fdc3';

/** A desktop agent of one process: intents only, with the standard's rules for results and errors. */
/** @param caller Who raises; may be changed between two intents. Undefined: the agent names nobody. */
export function createInMemoryDesktopAgent(
  caller: { appId?: string; instanceId?: string; traceId?: string } = { appId: 'blotter', instanceId: 'blotter-1' },
): DesktopAgent {
  const handlers = new Map<string, IntentHandler>();
  const agent = {
    async addIntentListener(intent: string, handler: IntentHandler): Promise<Listener> {
      handlers.set(intent, handler);
      return {
        unsubscribe: async () => {
          handlers.delete(intent);
        },
      };
    },
    async raiseIntent(intent: string, context: Context): Promise<IntentResolution> {
      const handler = handlers.get(intent);
      if (handler === undefined) throw new Error(ResolveError.NoAppsFound);
      // What crosses between apps is a copy.
      const result = Promise.resolve(
        handler(
          structuredClone(context),
          (caller.appId === undefined ? undefined : metadataOf(caller)) as ContextMetadata | undefined,
        ),
      ).then(
        (value) => structuredClone(value),
        (cause: unknown) => {
          throw new Error(ResultError.IntentHandlerRejected, { cause });
        },
      );
      result.catch(() => undefined);
      return { source: { appId: 'salesforce-provider' }, intent, getResult: () => result };
    },
  };
  return agent as unknown as DesktopAgent;
}

/** As FDC3 3.0 has it: agents of 2.2 give the source only. */
const metadataOf = ({ traceId, ...source }: { traceId?: string }) => ({ source, ...(traceId && { traceId }) });
