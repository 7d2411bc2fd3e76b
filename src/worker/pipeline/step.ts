import type { Rank } from '../../calls/requestQueue.ts';
import type { Priority, Served } from '../../channel/orgRequests.ts';
import type { Outcome } from '../../outcomes/failure.ts';
import type { ApiUsage } from '../rest/limitInfo.ts';
import type { ApiAnswer } from './apiAnswer.ts';
import type { ApiRequest } from './apiRequest.ts';
import type { RequestKind } from './requestKind.ts';

/** A request on its way through the steps of the pipeline. */
export interface PipelineRequest {
  /** Name of the app that asks; of a request for several, of the first. */
  readonly app: string;
  /** True for pages in which a person looks at records. */
  readonly isPersons: boolean;
  /** It is likely to be one of several requests of one moment, and may wait some milliseconds for the others. */
  readonly asksTogether: boolean;
  readonly priority: Priority;
  readonly sessionId: string;
  readonly request: ApiRequest;
  readonly kind: RequestKind;
  /** How old a copy of the answer may be, in milliseconds; undefined: as the configuration says. */
  readonly maxAgeMs: number | undefined;
  /** Whether a repetition of this write changes nothing that the first time did not. */
  readonly isRepeatable: boolean;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** To be called when it is sent to the org: a write may have changed something from then on. */
  readonly onSent: () => void;
}

/**
 * An answer of the pipeline. May be given to several callers: whoever hands it on must not change it, and copies what
 * it transfers.
 */
export interface PipelineAnswer {
  readonly outcome: Outcome<ApiAnswer>;
  readonly served: Served;
  /** Bytes of the body. */
  readonly size: number;
  /** How long the org wants to be left alone, where it says so. */
  readonly retryAfterMs?: number | undefined;
  /** What the org says of its API requests of the last 24 hours, where it can be read. */
  readonly usage?: ApiUsage | undefined;
  /** How often it was sent. */
  readonly sent?: number;
}

/** One step of the pipeline: answers a request, by the next step or without it. May throw the signal's reason. */
export type Step = (request: PipelineRequest) => Promise<PipelineAnswer>;

/** Requests that may not be treated alike: who is served first, and in which session. */
export const rankOf = ({ isPersons, priority }: Pick<PipelineRequest, 'isPersons' | 'priority'>): Rank =>
  isPersons ? 'person' : priority;

/**
 * Waits for an answer that others may wait for too, as long as it is wanted.
 *
 * @throws the signal's reason when it is aborted before
 */
export function whileWanted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
