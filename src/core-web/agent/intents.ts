import type OpenFin from '@openfin/core';
import type {
  AppIdentifier,
  Context,
  ContextMetadata,
  IntentHandler,
  IntentResolution,
  IntentResult,
  Listener,
} from '@finos/fdc3';
import { deferred } from '../../deferred.ts';
import { z } from '../../zod.ts';
import { intentListenerGone } from '../intentMessages.ts';
import type { PlatformLink } from '../interopBus.ts';
import type { ChannelObjects } from './channelObjects.ts';

type Fin = OpenFin.Fin<'external connection'>;

const handlerRejected = z.object({ error: z.literal(true) });
const channelResult = z.object({ type: z.enum(['app', 'user', 'private']), id: z.string() });
const contextResult = z.looseObject({ type: z.string() });

/**
 * Raises intents and answers them, by core-web's broker and the bus.
 *
 * @param context of FDC3 2.2, `raiseIntent`: none is `fdc3.nothing`.
 */
export function intents(
  fin: Fin,
  interop: OpenFin.InteropClient,
  channels: ChannelObjects,
  link: Pick<PlatformLink, 'ask'>,
) {
  /** FDC3 2.2, `IntentResult`: a context, a channel, or nothing. */
  async function readResult(message: unknown): Promise<IntentResult> {
    if (message === null || message === undefined) return undefined;
    if (handlerRejected.safeParse(message).success) throw new Error('IntentHandlerRejected');
    const channel = channelResult.safeParse(message).data;
    if (channel?.type === 'private') return channels.joinPrivate(channel.id);
    if (channel) return channels.open(channel.id);
    const context = contextResult.safeParse(message);
    if (!context.success) throw new Error('NoResultReturned');
    return context.data;
  }

  /** @param fire hands the intent to the broker, with the topic on which its result is published. */
  async function raise(fire: (resultId: string) => Promise<unknown>): Promise<IntentResolution> {
    const resultId = crypto.randomUUID();
    const { promise, resolve } = deferred<unknown>();
    const bus = fin.InterApplicationBus;
    await bus.subscribe({ uuid: '*' }, resultId, resolve);
    const leave = () => bus.unsubscribe({ uuid: '*' }, resultId, resolve).catch(() => undefined);
    try {
      const resolution = (await fire(resultId)) as Omit<IntentResolution, 'getResult'>;
      const result = promise.then(readResult);
      // Apps that do not want the result do not look at it either.
      result.catch(() => undefined);
      void promise.then(leave);
      return { ...resolution, getResult: () => result };
    } catch (error) {
      void leave();
      throw error;
    }
  }

  const metadataOf = (app: AppIdentifier | string | undefined, intentResolutionResultId: string) => ({
    ...(app !== undefined && { target: app }),
    intentResolutionResultId,
  });

  return {
    raiseIntent: (intent: string, context: Context = { type: 'fdc3.nothing' }, app?: AppIdentifier | string) =>
      raise((resultId) => interop.fireIntent({ name: intent, context, metadata: metadataOf(app, resultId) } as never)),

    raiseIntentForContext: (context: Context, app?: AppIdentifier | string) =>
      raise((resultId) => interop.fireIntentForContext({ ...context, metadata: metadataOf(app, resultId) } as never)),

    /** The platform gets what the handler returns as its answer. An error's text goes to the platform's log only. */
    async addIntentListener(intent: string, handler: IntentHandler): Promise<Listener> {
      const answer = async ({ context: given }: { context: Context }) => {
        const { contextMetadata, ...context } = given as Context & { contextMetadata?: ContextMetadata };
        const result = await handler(context as Context, contextMetadata);
        return channelResult.safeParse(result).data ?? result;
      };
      const { unsubscribe } = await interop.registerIntentHandler(answer as never, intent, { fdc3Version: '2.0' });
      return {
        async unsubscribe() {
          await unsubscribe();
          // core-web's broker is not told, and would go on choosing this app.
          await link.ask(intentListenerGone.action, { intent } satisfies z.input<typeof intentListenerGone.payload>);
        },
      };
    },
  };
}
