import { appMetadata } from '../appDirectory.ts';
import type { AppInstance } from '../appInstances.ts';
import { contextOrNone, contextSchema, parseOr, sourceOf } from '../context.ts';
import { intentChoices, intentTarget, routeIntent } from '../intentRouting.ts';
import { IntentResults, type IntentOutcome } from './intentResults.ts';
import type { RouterOptions } from './routerOptions.ts';

export interface RaisedIntent {
  /** undefined: whichever takes the context (FDC3 2.2, `raiseIntentForContext`). */
  intent?: string;
  context: unknown;
  /** The app or instance that is asked, if the raiser has named one. */
  target?: unknown;
}

/** Intents of one app that are not settled: far more than a person could look at. */
const mostUnderWay = 100;

/** Routes intents to apps that the directory names or that listen, and delivers the results. */
export function routeIntents(options: RouterOptions) {
  const results = new IntentResults(options);
  const underWay = new WeakMap<AppInstance, number>();

  /** Counts an intent of an app until it is settled. */
  function begin(raiser: AppInstance): () => void {
    const now = underWay.get(raiser) ?? 0;
    if (now >= mostUnderWay) throw new Error('IntentDeliveryFailed');
    underWay.set(raiser, now + 1);
    return () => void underWay.set(raiser, underWay.get(raiser)! - 1);
  }

  return {
    /**
     * @param settle gets what the handler returns, or that it has not done it, once
     * @returns the app that was chosen; it has the intent, but may not have done it yet
     */
    async raise(raiser: AppInstance, raised: RaisedIntent, settle: (outcome: IntentOutcome) => void) {
      const context = parseOr(contextSchema, raised.context, 'MalformedContext');
      const target =
        raised.target === undefined || raised.target === null
          ? undefined
          : parseOr(intentTarget, raised.target, 'TargetAppUnavailable');
      const { intent: name } = raised;
      const wanted = { contextType: context.type, raiser, ...(name !== undefined && { intent: name }) };
      const end = begin(raiser);
      try {
        // Who was started for an app is on its user channel, and so hears what goes with the intent.
        const { intent, instance } = await routeIntent(options, wanted, target, (started) =>
          options.channels.follow(started, raiser),
        );
        const settled = (outcome: IntentOutcome): void => {
          end();
          settle(outcome);
        };
        const asked = { intent, raiser, handler: instance, settle: settled };
        // Not awaited, as `raiseIntent` resolves once an app was chosen, and `getResult()` waits for the handler.
        results.bring(instance.end.handleIntent(intent, context, raiser), asked);
        return { source: sourceOf(instance), intent };
      } catch (error) {
        end();
        throw error;
      }
    },

    findIntent(intent: string, context: unknown, resultType: string | undefined) {
      const [found] = appIntents(options, { intent, contextType: contextOrNone(context)?.type, resultType });
      return found!;
    },

    findIntentsByContext(context: unknown, resultType: string | undefined) {
      const { type } = parseOr(contextSchema, context, 'MalformedContext');
      return appIntents(options, { contextType: type, resultType });
    },

    handlerGone: (instance: AppInstance) => results.handlerGone(instance),
  };
}

/** The FDC3 `AppIntent`s of a request: each intent with its apps and their instances that listen. */
function appIntents(options: RouterOptions, wanted: Parameters<typeof intentChoices>[1]) {
  const choices = intentChoices(options, wanted);
  if (choices.length === 0) throw new Error('NoAppsFound');
  return [...new Set(choices.map(({ intent }) => intent))].map((intent) => {
    const able = choices.filter((choice) => choice.intent === intent);
    return {
      intent: { name: intent, displayName: able.find(({ displayName }) => displayName)?.displayName ?? intent },
      apps: able.flatMap(({ app, resultType }) => [
        appMetadata(app, { resultType }),
        ...options.instances
          .all(app.appId)
          .filter(({ intents }) => intents.has(intent))
          .map(({ instanceId }) => appMetadata(app, { instanceId, resultType })),
      ]),
    };
  });
}
