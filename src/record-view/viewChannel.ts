import type { Context } from '@finos/fdc3';
import {
  providerReplies,
  type providerActions,
  type ProviderReply,
  type RecordViewReply,
  type StateEvent,
} from '../channel/protocol.ts';
import { beginCall } from '../client/call.ts';
import { providerConnection } from '../client/configure.ts';
import { ApiRequestError } from '../client/errors.ts';
import { unreadableReply } from '../client/reply.ts';
import type { z } from '../zod.ts';

const ANSWER_LIMIT_MS = 15_000;

/** What has become of a record, where it was more than picked. */
export type ChoiceOutcome = 'created' | 'updated' | 'unchanged';

type PageAction =
  | 'recordView.state'
  | 'recordView.shows'
  | 'recordView.chosen'
  | 'recordView.follow'
  | 'recordView.forget'
  | 'recordView.cancel';

async function ask<A extends PageAction>(
  action: A,
  payload: z.input<(typeof providerActions)[A]>,
): Promise<ProviderReply<A>> {
  const error = (): Error =>
    new ApiRequestError('The Salesforce provider did not answer in time.', undefined, { code: 'PROVIDER_UNAVAILABLE' });
  const call = beginCall(ANSWER_LIMIT_MS, error);
  const data = await providerConnection().perform(call, { repeatable: () => true, unavailable: error }, (channel) =>
    channel.exchange(action, payload, call),
  );
  const reply = providerReplies[action].safeParse(data);
  if (!reply.success) throw unreadableReply(action);
  return reply.data as ProviderReply<A>;
}

/**
 * Asks the provider which record this view has to show, and of which org.
 *
 * @throws the client's errors, e.g. when the view is no longer known.
 */
export const readAssignment = (viewId: string): Promise<RecordViewReply> => ask('recordView.state', { viewId });

/** Whether a session is of the org and key that this view reads from; other sessions do not concern it. */
export function concerns(
  { orgUrl, consumerKey }: RecordViewReply,
  event: Pick<StateEvent, 'orgUrl' | 'consumerKey'>,
): boolean {
  return (orgUrl ?? event.orgUrl) === event.orgUrl && (consumerKey ?? event.consumerKey) === event.consumerKey;
}

/** Tells the provider which record this view shows now; without an id, none. */
export async function reportShown(viewId: string, id: string | undefined): Promise<void> {
  await ask('recordView.shows', { viewId, ...(id !== undefined && { id }) });
}

/** Tells the provider, and through it the app that raised the intent, which record the person chose. */
export async function reportChoice(viewId: string, type: string, id: string, outcome?: ChoiceOutcome): Promise<void> {
  await ask('recordView.chosen', { viewId, type, id, ...(outcome && { outcome }) });
}

/**
 * Asks the provider which record of this view's org a context means that another app has shared.
 *
 * @returns null where none is beyond doubt
 */
export const recordOfContext = (viewId: string, context: Context): Promise<{ type: string; id: string } | null> =>
  ask('recordView.follow', { viewId, context });

/** Tells the provider that the record which the person has chosen before is not meant. */
export async function forgetChoice(viewId: string): Promise<void> {
  await ask('recordView.forget', { viewId });
}

/**
 * Tells the provider that the person does not write what this view was opened for. The provider closes the view.
 *
 * @param refusal What Salesforce has refused before, in a sentence.
 */
export async function cancelWriting(viewId: string, refusal?: string): Promise<void> {
  await ask('recordView.cancel', { viewId, ...(refusal !== undefined && { refusal: refusal.slice(0, 2000) }) });
}
