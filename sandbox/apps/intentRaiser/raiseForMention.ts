/** Raises an FDC3 intent and describes its outcome in words. */
import type { Context, DesktopAgent, IntentResult } from '@finos/fdc3';

export type Outcome =
  | { kind: 'waiting'; intent: string; about: string }
  | { kind: 'handled'; intent: string; about: string; by: string; given: Context; result: Context }
  | { kind: 'handledSilently'; intent: string; about: string; by: string }
  | { kind: 'failed'; intent: string; about: string; why: string };

/** FDC3 2.2 `ResolveError`, `ResultError` and `OpenError` values. */
const words: Record<string, string> = {
  NoAppsFound: 'No app of this desktop can do that.',
  UserCancelledResolution: 'You closed the choice, so nothing was done.',
  ResolverUnavailable: 'This desktop cannot resolve intents right now.',
  ResolverTimeout: 'Choosing an app took too long. Try again.',
  TargetAppUnavailable: 'The app for this is not available.',
  TargetInstanceUnavailable: 'The window for this has been closed.',
  IntentDeliveryFailed: 'The app for this did not start. Try again in a moment.',
  IntentHandlerRejected: 'The app could not do it, or it was cancelled there.',
  MalformedContext: 'What was sent was not understood.',
  ErrorOnLaunch: 'The app for this could not show anything.',
  ApiTimeout: 'The desktop did not answer in time.',
};

/** A sentence for an error of FDC3 (`ResolveError`, `OpenError`, `ResultError`); other errors' own message. */
export function inWords(error: unknown): string {
  const value = error instanceof Error ? error.message : String(error);
  return words[value] ?? value;
}

const isContext = (result: IntentResult): result is Context =>
  typeof result === 'object' && 'type' in result && !('broadcast' in result);

/** The intent that shows what a context is about. */
export const intentFor = (context: Context): string =>
  context.type === 'fdc3.organization' ? 'ViewAccount' : 'ViewContact';

/** Raises the intent; `tell` gets each step. Never rejects. */
export async function raiseForMention(
  fdc3: DesktopAgent,
  intent: string,
  context: Context,
  tell: (outcome: Outcome) => void,
): Promise<void> {
  const about = context.name ?? 'this';
  tell({ kind: 'waiting', intent, about });
  try {
    const resolution = await fdc3.raiseIntent(intent, context);
    const { title } = await fdc3.getAppMetadata({ appId: resolution.source.appId });
    const by = title ?? resolution.source.appId;
    try {
      const result = await resolution.getResult();
      tell(
        isContext(result)
          ? { kind: 'handled', intent, about, by, given: context, result }
          : { kind: 'handledSilently', intent, about, by },
      );
    } catch (error) {
      // OpenFin reports a handler that returns nothing by this error; the standard calls that a success.
      if ((error as Error).message === 'NoResultReturned') tell({ kind: 'handledSilently', intent, about, by });
      else throw error;
    }
  } catch (error) {
    tell({ kind: 'failed', intent, about, why: inWords(error) });
  }
}
