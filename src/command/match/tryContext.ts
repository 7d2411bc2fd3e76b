import type { Context } from '@finos/fdc3';
import { answerIntent } from '../../intents/answerIntent.ts';
import { IntentError } from '../../intents/intentError.ts';
import type { IntentServices, RecordViewRequest } from '../../intents/intentServices.ts';
import type { IdentifiersByObject } from '../../matching/identifiers.ts';
import { success } from '../../outcomes/failure.ts';
import type { MatchCase } from './matchFile.ts';
import { askOrg, type OrgAccess } from '../orgAccess.ts';

/** What a person would see of a context. */
export interface Tried {
  id: string;
  outcome: 'opens' | 'offers' | 'search' | 'says' | 'error';
  /** Names of the records that are opened or offered, the likeliest first. */
  records: string[];
  why: string;
  /** Whether it is what the file expects, where it expects something. */
  holds?: boolean;
}

/** Raises the intent of a case as an app would, with nobody before the screen. */
export async function tryContext(
  org: OrgAccess,
  { id, intent, context, outcome, record }: MatchCase,
  identifiers: IdentifiersByObject,
): Promise<Tried> {
  let shown: RecordViewRequest | undefined;
  const services: IntentServices = {
    authorize: (caller) => success({ caller, end: () => undefined }),
    connect: async () => success({ sessionId: 'match', orgUrl: org.orgUrl }),
    request: async (_session, path, options) => askOrg(org, path, options),
    chosenBefore: async () => undefined,
    showRecord: async (request) => {
      shown = request;
      return success({ chosen: Promise.resolve(undefined) });
    },
    failed: () => undefined,
  };
  let error: unknown;
  await answerIntent(services, { intent, context: context as Context, caller: {} }, { identifiers }).catch(
    (reason: unknown) => (error = reason),
  );
  const tried = shown ? seen(shown) : refused(error);
  return { id, ...tried, ...(outcome && { holds: isExpected({ outcome, record }, tried) }) };
}

function seen({ state, title }: RecordViewRequest): Omit<Tried, 'id'> {
  switch (state.kind) {
    case 'record':
      return { outcome: 'opens', records: [title], why: 'beyond doubt' };
    case 'choose': {
      const why = state.candidates.map(({ name, agrees, differs }) => `${name}: ${[...agrees, ...differs].join(', ')}`);
      return { outcome: 'offers', records: state.candidates.map(({ name }) => name), why: why.join('; ') };
    }
    case 'none':
      return state.says === undefined
        ? { outcome: 'search', records: [], why: `nothing found for “${state.query}”` }
        : { outcome: 'says', records: [], why: state.says };
    case 'profile':
      return { outcome: 'opens', records: [title], why: 'beyond doubt' };
    case 'activity': {
      const names = state.people.flatMap(({ found }) => found.map(({ name }) => name));
      return { outcome: 'offers', records: names, why: `to be written: ${state.subject}` };
    }
  }
}

function refused(error: unknown): Omit<Tried, 'id'> {
  const why = error instanceof IntentError ? error.reason : String(error);
  return { outcome: 'error', records: [], why };
}

/**
 * `offers` holds where the record itself is opened too, `search` where the search has results; `asks` means offered,
 * and never opened unasked.
 */
function isExpected({ outcome, record }: Pick<MatchCase, 'outcome' | 'record'>, tried: Omit<Tried, 'id'>): boolean {
  const isThere = record === undefined || tried.records.includes(record);
  switch (outcome) {
    case 'opens':
      return tried.outcome === 'opens' && isThere;
    case 'offers':
      return (tried.outcome === 'offers' || tried.outcome === 'opens') && isThere;
    case 'asks':
      return tried.outcome === 'offers' && isThere;
    case 'search':
      return tried.outcome === 'search' || tried.outcome === 'offers';
    default:
      return tried.outcome === outcome;
  }
}
