import { apiPaths } from '../salesforce/apiPaths.ts';
import { differencesOf, type FieldChanges } from './differences.ts';
import { systemClock, type EditClock } from './editClock.ts';
import {
  editTimeoutMs,
  isSameVersion,
  pathsOf,
  readRecordState,
  recordStateOf,
  type EditApi,
  type EditedField,
  type RecordState,
} from './recordState.ts';
import { goneReasonOf, isCollision, type GoneReason } from './refusals.ts';
import { saveErrorsOf, type SaveErrors } from './saveErrors.ts';

/** What became of a save. */
export type SaveOutcome =
  /** `alsoChanged`: fields that somebody else has changed since the edit began. They are as that person left them. */
  | { kind: 'saved'; record: RecordState; alsoChanged: string[] }
  /** Nothing was written: both have changed a field since the edit began. `theirs` is the record as it is now. */
  | { kind: 'collision'; theirs: RecordState }
  /** Nothing was written: the record is not there any more for this person. */
  | { kind: 'gone'; reason: GoneReason }
  /** Nothing was written: Salesforce did not accept the values. */
  | { kind: 'refused'; errors: SaveErrors };

export interface SaveRequest {
  /** The record as it was when the edit began. */
  base: RecordState;
  /** What the person has changed, and nothing else. */
  mine: FieldChanges;
  /** The fields that are edited: what somebody else does to them is noticed. */
  fields: readonly EditedField[];
  /** Saves also what a duplicate rule warns of. */
  allowDuplicates?: boolean | undefined;
  signal?: AbortSignal | undefined;
  clock?: EditClock | undefined;
}

/** What `If-Modified-Since` counts in. */
const headerStepMs = 1_000;
const mostTries = 6;

const busy =
  'Salesforce says again and again that somebody is changing this record. Nothing was saved: try again in a moment.';

/**
 * Saves what a person has changed in a record, and overwrites nothing that they have not seen.
 *
 * The record is read again first, and compared with the one that the edit began from, by `weakEtag` and SystemModstamp.
 * Changes of other fields are left as they are; a field that both have changed is a collision. The write itself is
 * conditional (`If-Modified-Since`), which has whole seconds: so nothing is written until the version that it names has
 * been the newest for longer than that. A later change has a later second, and the org refuses the write.
 *
 * What remains are changes that move SystemModstamp alone, between that reading and the write: the header counts in
 * LastModifiedDate. Those are the org's own processes.
 *
 * @throws ApiRequestError and the client's other errors, when it is not known what became of it.
 * @see User Interface API guide, "Update a Record"
 */
export async function saveEdit(api: EditApi, request: SaveRequest): Promise<SaveOutcome> {
  const { base, mine, fields, signal, clock = systemClock } = request;
  const names = fields.map(({ name }) => name);
  let seen = base;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const askedAt = clock.now();
    const read = await readAgain(api, request);
    if ('kind' in read) return read;
    const isKnown = isSameVersion(seen, read);
    const { conflicts, toWrite } = differencesOf(base, read, mine, names);
    if (conflicts.length > 0) return { kind: 'collision', theirs: read };
    if (toWrite.length === 0) return saved(request, read);
    const newestFor = askedAt - seen.readAt;
    if (!isKnown) seen = read;
    else if (newestFor >= headerStepMs) {
      const outcome = await write(api, request, read, toWrite);
      if (outcome !== 'changedMeanwhile') return outcome;
      continue;
    }
    await clock.wait(headerStepMs - (clock.now() - seen.readAt), signal);
    signal?.throwIfAborted();
  }
  return { kind: 'refused', errors: { general: [busy], fields: {}, duplicates: [] } };
}

async function readAgain(
  api: EditApi,
  { base: { type, id }, fields, signal, clock }: SaveRequest,
): Promise<RecordState | Extract<SaveOutcome, { kind: 'gone' }>> {
  try {
    return await readRecordState(api, { type, id, fields }, { signal, clock });
  } catch (error) {
    const reason = goneReasonOf(error);
    if (reason === undefined) throw error;
    return { kind: 'gone', reason };
  }
}

function saved({ base, mine, fields }: SaveRequest, record: RecordState): SaveOutcome {
  const names = fields.map(({ name }) => name);
  return { kind: 'saved', record, alsoChanged: differencesOf(base, record, mine, names).theirsOnly };
}

async function write(
  api: EditApi,
  request: SaveRequest,
  { id, type, lastModifiedDate, systemModstamp }: RecordState,
  toWrite: readonly string[],
): Promise<SaveOutcome | 'changedMeanwhile'> {
  const { mine, fields, allowDuplicates = false, signal, clock } = request;
  const body = {
    fields: Object.fromEntries(toWrite.map((name) => [name, mine[name] ?? null])),
    allowSaveOnDuplicate: allowDuplicates,
  };
  const date = lastModifiedDate ?? systemModstamp;
  const headers = date ? { 'If-Modified-Since': new Date(date).toUTCString() } : undefined;
  const path = apiPaths.uiRecord(id, pathsOf(type, fields));
  try {
    const options = { timeout: editTimeoutMs, signal };
    const { data } = await api.executeApiRequest(path, 'PATCH', body, headers, true, options);
    const record = recordStateOf(data, clock);
    if (record) return saved(request, record);
  } catch (error) {
    if (isCollision(error)) return 'changedMeanwhile';
    const reason = goneReasonOf(error);
    // Who may see a record but not change it is told so by Salesforce, and has not lost sight of it.
    if (reason !== undefined && reason !== 'noAccess') return { kind: 'gone', reason };
    const errors = saveErrorsOf(
      error,
      fields.map(({ name }) => name),
    );
    if (errors === undefined) throw error;
    return { kind: 'refused', errors };
  }
  // It was saved, and the answer does not say what it has become.
  const read = await readAgain(api, request);
  return 'kind' in read ? read : saved(request, read);
}
