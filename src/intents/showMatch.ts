import type { OpensOn, RecordsToChooseFrom } from '../channel/protocol.ts';
import type { Finding } from '../matching/evidence.ts';
import type { RecordSummary } from '../salesforce/recordSummary.ts';
import { fdc3Errors, IntentError } from './intentError.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';

/** Most candidates that a person is offered for one who is asked for. */
const mostCandidates = 20;
/** For a list of people. */
const mostOfList = 200;

/** How what was found is shown. */
export interface Showing<Row> {
  /** The object to search in, and that a new record is of. */
  type: 'Contact' | 'Account';
  /** The search in words: title of the view, and start of a further search. */
  query: string;
  /** Field values for a new record, as far as the context tells them. */
  suggested: Record<string, string>;
  /** Why there is nothing to show, where there is more to say than that nothing was found. */
  says?: string | undefined;
  /** What was asked for, by which a choice is remembered. */
  askedFor?: string | undefined;
  /** What of the record is shown first. */
  opensOn?: OpensOn | undefined;
  /** Of a list, those of whom nothing was found. */
  notFound?: readonly string[];
  summary: (row: Row) => RecordSummary;
  /** Reads the row a person picked or created. */
  read: (id: string, type: string) => Promise<Row | undefined>;
}

/** What a person may choose from, or that there is nothing. */
export function choiceOf<Row extends { Id: string }>(
  { candidates, hasMore }: Finding<Row>,
  { type, query, suggested, summary, says, notFound, opensOn }: Omit<Showing<Row>, 'read'>,
): RecordsToChooseFrom {
  const first = opensOn && { opensOn };
  if (candidates.length === 0)
    return { kind: 'none', type, query, suggested, ...(says !== undefined && { says }), ...first };
  const most = notFound ? mostOfList : mostCandidates;
  return {
    kind: 'choose',
    type,
    query,
    candidates: candidates
      .slice(0, most)
      .map(({ row, evidence: { agrees, differs } }) => ({ ...summary(row), agrees, differs })),
    hasMore: hasMore || candidates.length > most,
    notFound: [...(notFound ?? [])],
    suggested,
    ...first,
  };
}

/**
 * Shows what was found: the one record, or the one that the person has chosen for the same before, or several to choose
 * from, or none and the way to search or create one.
 *
 * @returns The row shown in the end.
 * @throws IntentError `ErrorOnLaunch` when no view can be opened, `UserCancelledResolution` when the person closes it
 * without a choice.
 */
export async function showMatch<Row extends { Id: string; Name: string }>(
  services: IntentServices,
  session: IntentSession,
  finding: Finding<Row>,
  showing: Showing<Row>,
): Promise<Row> {
  const { summary, read, askedFor, opensOn } = showing;
  const choice = finding.beyondDoubt ? undefined : choiceOf(finding, showing);
  const before = choice && askedFor ? await services.chosenBefore(session, askedFor) : undefined;
  const known = finding.beyondDoubt ?? (before && (await read(before.id, before.type)));
  const title = known?.Name || showing.query || `Find ${showing.type.toLowerCase()}`;
  const record = known && {
    kind: 'record' as const,
    type: summary(known).type,
    id: known.Id,
    ...(opensOn && { opensOn }),
  };
  const state = record ? { ...record, ...(choice && { instead: choice }) } : choice!;
  const view = await services.showRecord({ session, state, title, askedFor });
  if (!view.ok)
    throw new IntentError(fdc3Errors.errorOnLaunch, view.error.code, view.error.message, view.error.correlationId);
  if (known !== undefined) return known;
  const chosen = await view.data.chosen;
  if (chosen === undefined) {
    throw new IntentError(fdc3Errors.userCancelled, 'REQUEST_CANCELLED', 'The record view was closed without a choice');
  }
  const row = await read(chosen.id, chosen.type);
  if (row !== undefined) return row;
  throw new IntentError(fdc3Errors.handlerRejected, 'REQUEST_FAILED', 'The chosen record cannot be read');
}
