import type { RecordViewState } from '../channel/protocol.ts';
import type { RecordSummary } from '../salesforce/recordSummary.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { fdc3Errors, IntentError } from './intentError.ts';
import { onlyRow, type Match } from './match.ts';

/** How the rows of one object are read and named for a person. */
export interface Showing<Row> {
  type: 'Contact' | 'Account';
  /** The search in words: title of the view, and start of a further search. */
  query: string;
  /** Field values for a new record, as far as the context tells them. */
  suggested: Record<string, string>;
  summary: (row: Row) => RecordSummary;
  /** Reads the row a person picked or created. */
  read: (id: string) => Promise<Row | undefined>;
}

function stateOf<Row extends { Id: string }>(match: Match<Row>, showing: Showing<Row>): RecordViewState {
  const { type, query, suggested, summary } = showing;
  const only = onlyRow(match);
  if (only !== undefined) return { kind: 'record', type, id: only.Id };
  if (match.rows.length > 0) return { kind: 'choose', type, query, candidates: match.rows.map(summary) };
  return { kind: 'none', type, query, suggested };
}

/**
 * Shows what was found: the one record, or several to choose from, or none and the way to search or create one.
 *
 * @returns The row shown in the end.
 * @throws IntentError `ErrorOnLaunch` when no view can be opened, `UserCancelledResolution` when the person closes it
 * without a choice.
 */
export async function showMatch<Row extends { Id: string; Name: string }>(
  services: IntentServices,
  session: IntentSession,
  match: Match<Row>,
  showing: Showing<Row>,
): Promise<Row> {
  const only = onlyRow(match);
  const title = only?.Name || showing.query || `Find ${showing.type.toLowerCase()}`;
  const view = await services.showRecord({ session, state: stateOf(match, showing), title });
  if (!view.ok)
    throw new IntentError(fdc3Errors.errorOnLaunch, view.error.code, view.error.message, view.error.correlationId);
  if (only !== undefined) return only;
  const choice = await view.data.chosen;
  if (choice === undefined) {
    throw new IntentError(fdc3Errors.userCancelled, 'REQUEST_CANCELLED', 'The record view was closed without a choice');
  }
  const row = choice.type === showing.type ? await showing.read(choice.id) : undefined;
  if (row !== undefined) return row;
  throw new IntentError(fdc3Errors.handlerRejected, 'REQUEST_FAILED', 'The chosen record cannot be read');
}
