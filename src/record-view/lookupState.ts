/** A record that a lookup field may refer to. */
export interface LookupResult {
  type: string;
  id: string;
  name: string;
  /** By what it is told from others of its name; empty for nothing. */
  detail: string;
}

/** State of a lookup field of a form: the chosen record, or what was found so far. */
export type LookupState = { kind: 'chosen'; id: string; name: string } | OpenLookup;

export interface OpenLookup {
  kind: 'open';
  results: readonly LookupResult[];
  /** What there is to say instead of results, or of them. */
  message: string;
  /** What was typed, of which nothing has been picked yet. */
  term?: string;
  /** Whether the results are shown. */
  isShown?: boolean;
  /** Which of them Enter picks. */
  active?: number;
}

/** A lookup in which nothing is chosen or typed. */
export const emptyLookup: OpenLookup = { kind: 'open', results: [], message: '' };

/** Whether something is typed of which nothing has been picked. */
export const isUnpicked = (lookup: LookupState | undefined): boolean =>
  lookup?.kind === 'open' && Boolean(lookup.term?.trim());
