import type { LaneAnswerBody } from '../../channel/laneBodies.ts';
import { success, type Failure } from '../../outcomes/failure.ts';
import { decide } from '../../outcomes/outcomes.ts';
import { compositeOf, isPart, partsOf, type PartAnswer } from '../rest/composite.ts';
import { jsonOf } from '../rest/jsonOf.ts';
import { refusalEvidence, requestFailure } from '../rest/refusals.ts';
import { rankOf, whileWanted, type PipelineAnswer, type PipelineRequest, type Step } from './step.ts';

interface BatchingOptions {
  /** Settles once the messages are read that have arrived already. */
  nextTask: () => Promise<void>;
  delay: (ms: number, signal: AbortSignal) => Promise<void>;
  /**
   * Whether a record, or a query of few rows, that is read alone goes the same way: where a browser asks before each
   * new URL (CORS preflight), but knows this one.
   */
  alsoLone: boolean;
  now: () => number;
}

/** Of a composite request (REST API Developer Guide, "Composite"). */
const mostParts = 25;
const mostQueries = 5;
/** How often more is waited for, while more arrives. */
const mostRounds = 5;
/**
 * Messages of one moment are read one after another, and on a machine that is busy there is time between them. For so
 * many milliseconds the next one is waited for where there is likely to be one.
 */
const togetherMs = 5;
/** For how long nothing is batched where an org has answered a batch in a way that nobody expects. */
const oddMs = 300_000;

type BatchedOf = 'row' | 'uiRecord' | 'query';

interface Part {
  asked: PipelineRequest;
  of: BatchedOf;
  path: string;
  answer: (answer: PipelineAnswer | Promise<PipelineAnswer>) => void;
}

/**
 * Reads of records and queries that are asked for in the same moment become one composite request, which counts as one.
 * Each gets the answer that it would have got alone; what cannot be told from the composite answer is asked alone.
 */
export function createBatching({ nextTask, delay, alsoLone, now }: BatchingOptions, next: Step): Step {
  const gathering = new Map<string, Part[]>();
  const oddUntil = new Map<string, number>();

  async function gather(key: string, place: Place, parts: Part[]): Promise<void> {
    for (
      let round = 0, before = 0;
      round < mostRounds && parts.length > before && parts.length < mostParts;
      round += 1
    ) {
      before = parts.length;
      await (parts[0]!.asked.asksTogether ? delay(togetherMs, new AbortController().signal) : nextTask());
    }
    gathering.delete(key);
    for (const batch of batchesOf(parts.filter(({ asked }) => !asked.signal.aborted))) void send(place, batch);
  }

  async function send(place: Place, batch: readonly Part[]): Promise<void> {
    const alone = (): void => batch.forEach((part) => part.answer(next(part.asked)));
    const [first] = batch as [Part];
    if (batch.length === 1 && !(alsoLone && isSmall(first))) return alone();
    try {
      const { outcome, size } = await next(asOne(place, batch));
      if (!outcome.ok) {
        if (isOfAll(outcome.error))
          return batch.forEach(({ answer }) => answer({ outcome, served: 'batched', size: 0 }));
        if (outcome.error.status !== undefined) oddUntil.set(oddKey(place), now() + oddMs);
        return alone();
      }
      const { body, type } = outcome.data;
      const parts = partsOf(jsonOf(body), batch.length);
      if (!parts) {
        oddUntil.set(oddKey(place), now() + oddMs);
        return alone();
      }
      const served = batch.length > 1 ? 'batched' : 'org';
      batch.forEach(({ asked, of, answer }, index) => {
        const own = answerOf(parts[index]!, of, type);
        answer(own ? { outcome: own, served, size: Math.ceil(size / batch.length) } : next(asked));
      });
    } catch (error) {
      batch.forEach(({ answer }) => answer(Promise.reject(error as Error)));
    }
  }

  return async function batched(asked) {
    const place = placeOf(asked);
    if (!place || now() < (oddUntil.get(oddKey(place)) ?? 0)) return next(asked);
    asked.signal.throwIfAborted();
    const key = JSON.stringify([place.data, asked.sessionId, rankOf(asked), asked.asksTogether]);
    const parts = gathering.get(key) ?? [];
    const answer = new Promise<PipelineAnswer>((resolve) => {
      parts.push({ asked, of: place.of, path: place.path, answer: resolve });
    });
    if (parts.length === 1) {
      gathering.set(key, parts);
      void gather(key, place, parts);
    }
    return whileWanted(answer, asked.signal);
  };
}

interface Place {
  sessionId: string;
  /** `/services/data/vXX.X`. */
  data: string;
  of: BatchedOf;
  path: string;
}

const oddKey = ({ sessionId, data }: Place): string => `${sessionId} ${data}`;

/** Where a request could be part of a batch; undefined for one that cannot. */
function placeOf({ kind, request, sessionId }: PipelineRequest): Place | undefined {
  if (kind.does !== 'read' || request.method !== 'GET' || request.answerAs === 'bytes') return undefined;
  const { of, path } = kind;
  if (of !== 'row' && of !== 'uiRecord' && of !== 'query') return undefined;
  if (path.length > longestPath || !isPart({ path, headers: Object.entries(request.headers) })) return undefined;
  return { sessionId, of, path, data: path.split('/', 4).join('/') };
}

/** Whether an answer is small: of many rows, it costs less to hand on the bytes that the org has sent. */
function isSmall({ of, path }: Part): boolean {
  if (of !== 'query') return true;
  const soql = new URL(path, 'https://org.invalid').searchParams.get('q') ?? '';
  const rows = /\sLIMIT\s+(\d{1,5})\s*$/i.exec(soql)?.[1];
  return rows === undefined ? /^\s*SELECT\s+COUNT\(\s*\)/i.test(soql) : Number(rows) <= fewRows;
}
const fewRows = 200;

/** Longer ones are rare and make a batch large. */
const longestPath = 16_000;

/** In the order in which they were asked for, as many in each as the org takes. */
function batchesOf(parts: readonly Part[]): Part[][] {
  const batches: Part[][] = [];
  for (const part of parts) {
    const queries = (batch: readonly Part[]): number => batch.filter(({ of }) => of === 'query').length;
    const open = batches.find(
      (batch) => batch.length < mostParts && (part.of !== 'query' || queries(batch) < mostQueries),
    );
    if (open) open.push(part);
    else batches.push([part]);
  }
  return batches;
}

/** The batch as one request, which is given up when all have given up. */
function asOne({ data }: Place, batch: readonly Part[]): PipelineRequest {
  const controller = new AbortController();
  const giveUp = (): void => {
    if (batch.every(({ asked }) => asked.signal.aborted)) controller.abort();
  };
  for (const { asked } of batch) asked.signal.addEventListener('abort', giveUp, { once: true });
  giveUp();
  const { request, ...first } = batch[0]!.asked;
  const value = compositeOf(batch.map(({ asked, path }) => ({ path, headers: Object.entries(asked.request.headers) })));
  return {
    ...first,
    kind: { does: 'readAlone' },
    signal: controller.signal,
    onSent: () => batch.forEach(({ asked }) => asked.onSent()),
    request: {
      endpoint: `${data}/composite`,
      method: 'POST',
      headers: {},
      body: { kind: 'json', value },
      includeAuthorization: request.includeAuthorization,
    },
  };
}

/** Whether a failure of the batch is what each of its parts would have met. */
function isOfAll({ code, status = 0, reason = '' }: Failure): boolean {
  if (/\.(oversize|tooDeep|unreadable)$/.test(reason)) return false;
  if (code === 'REQUEST_FAILED')
    return status === 401 || status === 429 || status >= 500 || reason === 'request.limitExceeded';
  return code !== 'ENDPOINT_NOT_ALLOWED' && code !== 'INVALID_PARAMETER' && code !== 'INTERNAL';
}

/** What a part would have been answered alone; undefined where only the org can say. */
function answerOf(
  { status, body }: PartAnswer,
  of: BatchedOf,
  type: string | undefined,
): PipelineAnswer['outcome'] | undefined {
  const encoded: LaneAnswerBody = { kind: 'json', value: body };
  if (status === 200 && body !== null) return success({ status, ...(type && { type }), body: encoded });
  if (of === 'uiRecord' || (status !== 400 && status !== 404)) return undefined;
  const evidence = refusalEvidence(status, encoded);
  return decide(evidence).id === 'request.refused' ? requestFailure(evidence, { status, body: encoded }) : undefined;
}
