import type { RecordsToChooseFrom } from '../channel/protocol.ts';
import type { RecordSummary } from '../salesforce/recordSummary.ts';
import type { NewRecordState } from './newRecordTemplate.ts';

/** A record that may be meant, and what speaks for and against it. */
export type FoundCandidate = RecordSummary & { agrees?: readonly string[]; differs?: readonly string[] };

type SearchState =
  | { kind: 'idle' }
  | { kind: 'searching'; term: string }
  | { kind: 'found'; term: string; records: RecordSummary[] }
  | { kind: 'failed'; message: string };

export interface FindState {
  type: string;
  /** What the app looked for. */
  query: string;
  /** Records that may be meant; empty when there are none. */
  candidates: FoundCandidate[];
  /** Whether the org may know more that are alike. */
  hasMore: boolean;
  /** Of several who were asked for, those whom the org does not know. */
  notFound: readonly string[];
  /** Why there is nothing to show, in a sentence. */
  says: string | undefined;
  search: SearchState;
  form: NewRecordState;
  /** Why the last choice could not be passed on. */
  problem: string | undefined;
  /** Whether something is to be written, which the person may cancel. */
  isWriting: boolean;
}

/** The screen to choose and search in, as it comes up. */
export function findStateOf(state: RecordsToChooseFrom): FindState {
  const { type, query } = state;
  return {
    type,
    query,
    candidates: state.kind === 'choose' ? state.candidates : [],
    hasMore: state.kind === 'choose' && state.hasMore,
    notFound: state.kind === 'choose' ? state.notFound : [],
    says: state.kind === 'none' ? state.says : undefined,
    search: { kind: 'idle' },
    form: { kind: 'closed' },
    problem: undefined,
    isWriting: state.profile !== undefined,
  };
}
