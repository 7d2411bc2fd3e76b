import { recordViewReply, type RecordViewReply, type StateEvent } from '../channel/protocol.ts';
import { beginCall, type Call } from '../client/call.ts';
import { providerLink } from '../client/configure.ts';
import { ApiRequestError } from '../client/errors.ts';
import type { Line } from '../client/line.ts';

const ANSWER_LIMIT_MS = 15_000;

async function ask(send: (line: Line, call: Call) => Promise<unknown>): Promise<unknown> {
  const error = (): Error => new ApiRequestError('The Salesforce provider did not answer in time.', undefined, { code: 'PROVIDER_UNAVAILABLE' });
  const call = beginCall({}, error, { ms: ANSWER_LIMIT_MS, error });
  try {
    return await providerLink().perform(call, { repeatable: () => true, unavailable: error }, (line) => send(line, call));
  } finally {
    call.end();
  }
}

/**
 * Asks the provider what this view has to show, and of which org.
 *
 * @throws the client's errors, e.g. when the view is no longer known.
 */
export async function readAssignment(viewId: string): Promise<RecordViewReply> {
  return recordViewReply.parse(await ask((line, call) => line.exchange('recordView.state', { viewId }, call)));
}

/** Whether a session is of the org and key that this view reads from; those of others are none of its business. */
export function concerns({ orgUrl, consumerKey }: RecordViewReply, event: Pick<StateEvent, 'orgUrl' | 'consumerKey'>): boolean {
  return (orgUrl ?? event.orgUrl) === event.orgUrl && (consumerKey ?? event.consumerKey) === event.consumerKey;
}

/** Tells the provider, and through it the app that raised the intent, which record the person chose. */
export async function reportChoice(viewId: string, type: string, id: string): Promise<void> {
  await ask((line, call) => line.exchange('recordView.chosen', { viewId, type, id }, call));
}
