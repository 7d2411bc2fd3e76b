import type { Context, DesktopAgent, Listener } from '@finos/fdc3';
import { defaultIdentifiers } from '../matching/identifiers.ts';
import type { IntentSettings, RaisedIntent } from './answerIntent.ts';
import { intentDescriptions, type IntentName } from './describeIntents.ts';
import { callerOf } from './intentCaller.ts';
import { asIntentError, isPersonsDecision } from './intentError.ts';
import type { IntentServices } from './intentServices.ts';
import { loadAnswers } from './loadAnswers.ts';
import { orgsInContext } from './orgsInContext.ts';
import { subjectOf } from './subject.ts';

/**
 * Answers an intent, and tells the person of a failure too: most agents hand the app one word, and an app may show
 * nothing at all. If the person has closed, cancelled or denied something, they are not told.
 */
export async function answerOrTell(
  services: IntentServices,
  raised: RaisedIntent,
  options: IntentSettings,
): Promise<Context> {
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
    throw error;
  }
}

/**
 * Registers the handlers of all intents in `describeIntents.ts`. To be called as early as possible: agents wait about
 * 15 s for a listener. Signing in comes later, inside the handler.
 *
 * @returns A handle that removes all of them.
 * @throws whatever the agent throws when it refuses a listener; those already added are removed again.
 */
export async function registerIntentHandlers(
  agent: DesktopAgent,
  services: IntentServices,
  options: Partial<IntentSettings> = {},
): Promise<{ unsubscribe(): Promise<void> }> {
  const settings = { identifiers: options.identifiers ?? defaultIdentifiers };
  const listeners: Listener[] = [];
  const unsubscribe = async (): Promise<void> => {
    await Promise.all(listeners.splice(0).map((listener) => listener.unsubscribe()));
  };
  try {
    for (const intent of Object.keys(intentDescriptions) as IntentName[]) {
      listeners.push(
        await agent.addIntentListener(intent, (context, metadata) =>
          answerOrTell(services, { intent, context, caller: callerOf(metadata) }, settings),
        ),
      );
    }
  } catch (error) {
    await unsubscribe();
    throw error;
  }
  return { unsubscribe };
}
