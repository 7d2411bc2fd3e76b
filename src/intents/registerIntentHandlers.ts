import type { Context, DesktopAgent, IntentResult, Listener } from '@finos/fdc3';
import { defaultIdentifiers } from '../matching/identifiers.ts';
import type { IntentSettings, RaisedIntent } from './answerIntent.ts';
import { describeIntents, type IntentName } from './describeIntents.ts';
import { callerOf } from './intentCaller.ts';
import { asIntentError, isPersonsDecision } from './intentError.ts';
import type { IntentServices } from './intentServices.ts';
import { loadAnswers } from './loadAnswers.ts';
import { orgsInContext } from './orgsInContext.ts';
import { subjectOf } from './subject.ts';

export interface HandlerSettings extends IntentSettings {
  /**
   * Whether the agent keeps a rejection of a handler to itself, so that the app which has raised the intent would wait
   * for ever: it gets no result then, instead of an error.
   */
  losesRejections?: boolean;
}

/**
 * Answers an intent, and tells the person of a failure too: most agents hand the app one word, and an app may show
 * nothing at all. If the person has closed, cancelled or denied something, they are not told.
 */
export async function answerOrTell(
  services: IntentServices,
  raised: RaisedIntent,
  options: HandlerSettings,
): Promise<Context | undefined> {
  try {
    const { answerIntent } = await loadAnswers();
    return await answerIntent(services, raised, options);
  } catch (thrown) {
    const error = asIntentError(thrown);
    if (!isPersonsDecision(error)) {
      const { intent, caller, context } = raised;
      services.failed({
        intent,
        caller,
        error,
        orgUrls: orgsInContext(context),
        ...subjectOf(intent, context),
        retry: () =>
          answerOrTell(services, raised, options).then(
            () => undefined,
            () => undefined,
          ),
      });
    }
    if (options.losesRejections) return undefined;
    throw error;
  }
}

/**
 * Registers the handlers of all intents of `describeIntents`. To be called as early as possible: agents wait about
 * 15 s for a listener. Signing in comes later, inside the handler.
 *
 * @returns A handle that removes all of them.
 * @throws whatever the agent throws when it refuses a listener; those already added are removed again.
 */
export async function registerIntentHandlers(
  agent: DesktopAgent,
  services: IntentServices,
  options: Partial<HandlerSettings> = {},
): Promise<{ unsubscribe(): Promise<void> }> {
  const { identifiers = defaultIdentifiers, lists, losesRejections = false } = options;
  const settings = { identifiers, lists, losesRejections };
  const listeners: Listener[] = [];
  const unsubscribe = async (): Promise<void> => {
    await Promise.all(listeners.splice(0).map((listener) => listener.unsubscribe()));
  };
  try {
    for (const intent of Object.keys(describeIntents(lists)) as IntentName[]) {
      listeners.push(
        await agent.addIntentListener(
          intent,
          (context, metadata) =>
            answerOrTell(services, { intent, context, caller: callerOf(metadata) }, settings) as Promise<IntentResult>,
        ),
      );
    }
  } catch (error) {
    await unsubscribe();
    throw error;
  }
  return { unsubscribe };
}
