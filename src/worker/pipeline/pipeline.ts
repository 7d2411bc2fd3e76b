import type { OrgUsage } from '../../channel/orgUsage.ts';
import { outcomeFailure } from '../../outcomes/outcomes.ts';
import { failure } from '../../outcomes/failure.ts';
import { boundedSignal, timeoutError } from '../../time.ts';
import type { ApiRequest } from './apiRequest.ts';
import { createBatching } from './batching.ts';
import { createBudget } from './budget.ts';
import { createChanges } from './changes.ts';
import { createCoalescing } from './coalescing.ts';
import type { AskedRequest } from './door.ts';
import { createFreshness } from './freshness.ts';
import { createInTurn, type TurnLimits } from './inTurn.ts';
import { createPauses } from './pauses.ts';
import type { PipelineSettings } from './pipelineSettings.ts';
import { requestKind, wantsNoCopy } from './requestKind.ts';
import type { PipelineAnswer, PipelineRequest, Step } from './step.ts';

interface PipelineOptions extends Pick<
  Parameters<typeof createBudget>[0],
  'orgOf' | 'orgUrlOf' | 'askLimits' | 'onUsage' | 'delay' | 'now'
> {
  settings: PipelineSettings;
  limits: TurnLimits;
  /** Sends a request to the org of its session. */
  send: Step;
  /** Settles once the messages are read that have arrived already. */
  nextTask: () => Promise<void>;
  /** Whether each new URL costs a request before it (CORS preflight). */
  hasPreflights: boolean;
  /** Called when a write to an org has ended, however. */
  onWritten: (org: string, write: ApiRequest) => void;
  confirmedRow: Parameters<typeof createFreshness>[0]['confirmedRow'];
}

const mega = 1_048_576;

/** The one way of all requests of callers to an org. */
export function createPipeline(options: PipelineOptions) {
  const { settings, limits, send, orgOf, orgUrlOf, nextTask, hasPreflights, now, delay } = options;
  // The worker of a page has both.
  const hasFewConnections = (sessionId: string): boolean => hasPreflights && orgUrlOf(sessionId).startsWith('http:');
  const changes = createChanges({
    orgOf,
    now,
    onChange: (org) => freshness.forget((sessionId) => orgOf(sessionId) === org),
    onWritten: options.onWritten,
  });
  const freshness = createFreshness({
    freshForMs: settings.freshForMs,
    mostBytes: settings.copiesMegabytes * mega,
    stateOf: changes.stateOf,
    now,
    confirmedRow: settings.freshWhileWatched ? options.confirmedRow : () => undefined,
  });

  const pauses = createPauses({ orgOf, now, delay });
  const budget = createBudget({ ...options, settings: settings.budget, pausedUntil: pauses.pausedUntil });

  // From the org to the caller.
  let step: Step = sent(changes.step(send));
  if (settings.budget.enabled) step = pauses.step(budget.learning(step));
  if (settings.turns) step = createInTurn({ limits, orgOf, hasFewConnections }, step);
  if (settings.budget.enabled) step = budget.holding(step);
  if (settings.batching)
    step = createBatching({ nextTask, delay, now, alsoLone: settings.batchLoneReads && hasPreflights }, step);
  if (settings.coalescing) step = createCoalescing(changes, step);
  if (settings.freshness) step = freshness.step(step);
  if (settings.budget.enabled) step = budget.counting(step);

  const underWay = new Map<string, number>();
  const mostOfApp = limits.waitingRequestsPerApp + limits.requestsAtOncePerApp;

  return {
    /**
     * Answers what the door has let in. The time limit of a request starts now.
     *
     * @returns the answer; a failure `TOO_MANY_REQUESTS` while too many requests of the app wait already
     */
    async ask(asked: AskedRequest): Promise<PipelineAnswer> {
      const { app } = asked.caller;
      const others = underWay.get(app) ?? 0;
      if (others >= mostOfApp)
        return answered(
          failure(
            'TOO_MANY_REQUESTS',
            `${limits.waitingRequestsPerApp} requests of ${app} are waiting for their turn already. Wait for some of them before asking for more.`,
          ),
        );
      underWay.set(app, others + 1);
      try {
        return await inTime(asked);
      } finally {
        const left = underWay.get(app)! - 1;
        if (left === 0) underWay.delete(app);
        else underWay.set(app, left);
      }
    },

    /** Whether requests of the background go as ever, are slowed, or refused, where the budget is held to. */
    backgroundOf: (sessionId: string): OrgUsage['background'] =>
      settings.budget.enabled ? budget.backgroundOf(sessionId) : 'normal',

    /** A session has ended, or may see more or less than before. */
    forget(sessionId: string): void {
      changes.sessionChanged(sessionId);
      freshness.forget((one) => one === sessionId);
    },
  };

  async function inTime(asked: AskedRequest): Promise<PipelineAnswer> {
    const { caller, sessionId, request, timeoutMs, call } = asked;
    const { signal, end } = boundedSignal(timeoutMs, timeoutError, call.signal);
    const kind = requestKind(request);
    let isSent = false;
    const onWay: PipelineRequest = {
      app: caller.app,
      isPersons: caller.isPersons,
      asksTogether: caller.asksTogether === true,
      priority: asked.priority,
      sessionId,
      request,
      kind,
      maxAgeMs: wantsNoCopy(request.headers) ? 0 : asked.maxAgeMs,
      isRepeatable: asked.isRepeatable,
      signal,
      onSent() {
        isSent = true;
        call.isHarmless = kind.does !== 'write';
      },
    };
    try {
      return await step(onWay);
    } catch (error) {
      if (!signal.aborted) throw error;
      if (call.signal.aborted) return answered(outcomeFailure({ stage: 'request', noAnswer: 'cancelled' }));
      return answered(
        isSent
          ? outcomeFailure({ stage: 'request', noAnswer: 'timedOut' })
          : failure(
              'REQUEST_TIMED_OUT',
              `The request waited ${timeoutMs} ms for its turn behind others of ${caller.app} and of other apps.`,
            ),
      );
    } finally {
      end();
    }
  }
}

/** An answer that is none of the org's. */
const answered = (outcome: PipelineAnswer['outcome']): PipelineAnswer => ({ outcome, served: 'org', size: 0 });

/** Tells the caller that its request is on its way to the org from now on. */
const sent =
  (next: Step): Step =>
  (asked) => {
    asked.onSent();
    return next(asked);
  };
