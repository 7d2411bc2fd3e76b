import { z } from '../zod.ts';
import { recordViewState, type RecordViewState } from '../channel/protocol.ts';
import { beginCall, type Call } from '../client/call.ts';
import { providerLink } from '../client/configure.ts';
import { ApiRequestError } from '../client/errors.ts';
import type { Line } from '../client/line.ts';

const ANSWER_LIMIT_MS = 15_000;

/** The org to read the record from, where it is not the provider's default one. */
const sessionHint = z.looseObject({ orgUrl: z.string().optional(), consumerKey: z.string().optional() });

export interface ViewAssignment {
  state: RecordViewState;
  orgUrl: string | undefined;
  consumerKey: string | undefined;
}

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
 * Asks the provider what this view has to show.
 *
 * @throws the client's errors, e.g. when the view is no longer known.
 */
export async function readAssignment(viewId: string): Promise<ViewAssignment> {
  const reply = await ask((line, call) => line.exchange('recordView.state', { viewId }, call));
  const { orgUrl, consumerKey } = sessionHint.parse(reply);
  return { state: recordViewState.parse(reply), orgUrl, consumerKey };
}

/** Tells the provider, and through it the app that raised the intent, which record the person chose. */
export async function reportChoice(viewId: string, type: string, id: string): Promise<void> {
  await ask((line, call) => line.exchange('recordView.chosen', { viewId, type, id }, call));
}
