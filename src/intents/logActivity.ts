import type { ActivityToWrite } from '../channel/protocol.ts';
import { fdc3Errors, IntentError } from './intentError.ts';
import type { IntentServices, IntentSession, RecordChoice } from './intentServices.ts';

/** What became of an activity that a person was shown before it is written. */
export type LoggedActivity = RecordChoice | { refusal: string };

/**
 * Shows the person the task or event that would be written, which they may change, and waits until it is written.
 *
 * @param askedFor By what it is remembered which record was written for this; two that ask for the same meanwhile get
 *   the same view.
 * @returns The record, or what Salesforce refused before the person gave up.
 * @throws IntentError `ErrorOnLaunch` when no view can be opened, `UserCancelledResolution` when the person does not
 * write it.
 */
export async function logActivity(
  services: IntentServices,
  session: IntentSession,
  activity: ActivityToWrite,
  askedFor?: string,
): Promise<LoggedActivity> {
  const title = `Log: ${activity.subject}`;
  const view = await services.showRecord({ session, state: activity, title, askedFor, isShared: true });
  if (!view.ok)
    throw new IntentError(fdc3Errors.errorOnLaunch, view.error.code, view.error.message, view.error.correlationId);
  const written = await view.data.chosen;
  if (written) return written;
  const refusal = view.data.refusal?.();
  if (refusal !== undefined) return { refusal };
  throw new IntentError(fdc3Errors.userCancelled, 'REQUEST_CANCELLED', 'Nothing was written: the person has cancelled');
}
