import type { CallContext } from '../../sandbox/org/database/orgDatabase.ts';
import { sessionEnded } from '../../src/outcomes/sessionEnded.ts';
import { outcomeFailure } from '../../src/outcomes/outcomes.ts';
import { createLive, type Live } from '../../src/worker/live/live.ts';
import { createPipeline } from '../../src/worker/pipeline/pipeline.ts';
import { pipelineSettings, type PipelineSettings } from '../../src/worker/pipeline/pipelineSettings.ts';
import type { ApiRequest } from '../../src/worker/pipeline/apiRequest.ts';
import type { PipelineAnswer, PipelineRequest, Step } from '../../src/worker/pipeline/step.ts';
import type { z } from '../../src/zod.ts';
import { must } from '../support/workerSession.ts';
import type { LiveListener } from './liveListener.ts';
import type { LiveOrg } from './liveOrg.ts';

const limits = { requestsAtOnce: 20, requestsAtOncePerApp: 5, waitingRequestsPerApp: 500 };

/** What happens to a request on its way. */
export interface Fault {
  beforeMs: number;
  afterMs: number;
  /** Where its connection breaks, if it does. */
  lost?: 'request' | 'answer';
}

interface Worker {
  live: Live;
  ask: ReturnType<typeof createPipeline>['ask'];
}

/** The desk's end: a worker's pipeline and live data on the org, with a network that delays and drops. */
export class LiveDesk {
  isOnline = true;
  readonly faults: Fault[] = [];
  /** What was thrown that nobody expects. */
  readonly unexpected: unknown[] = [];
  /** What the org answers in place of its own answer. */
  answerInstead: ((request: ApiRequest) => PipelineAnswer | undefined) | undefined;
  /** Requests on their way to which something happens. */
  troubled = 0;
  readonly #org: LiveOrg;
  readonly #sessions = new Map<string, CallContext>();
  /** Which subscription of a listener counts. */
  readonly #subscribed = new Map<LiveListener, { id: string; sessionId: string }>();
  readonly #onWrite: () => void;
  readonly #over = new AbortController();
  readonly #settings: PipelineSettings;
  #worker: Worker;
  #count = 0;
  #tasks = 0;

  constructor(
    org: LiveOrg,
    onWrite: () => void = () => undefined,
    pipeline: z.input<typeof pipelineSettings> = { budget: { enabled: false } },
  ) {
    this.#org = org;
    this.#settings = pipelineSettings.parse(pipeline);
    this.#onWrite = onWrite;
    this.#worker = this.#start();
  }

  get live(): Live {
    return this.#worker.live;
  }

  signIn(context: CallContext): string {
    const sessionId = `session ${(this.#count += 1)}`;
    this.#sessions.set(sessionId, context);
    return sessionId;
  }

  signOut(sessionId: string): void {
    this.#worker.live.endSession(sessionId);
    this.#sessions.delete(sessionId);
  }

  /** The provider's process ends, and another begins. */
  restart(): void {
    this.#worker.live.shutDown();
    this.#subscribed.clear();
    this.#worker = this.#start();
  }

  /** Ends it all. */
  close(): void {
    this.#worker.live.shutDown();
    this.#over.abort(new DOMException('The test is over.', 'AbortError'));
  }

  subscribe(listener: LiveListener, sessionId: string): void {
    const id = `s${(this.#count += 1)}`;
    const { cursor, isLookedAt, mayWait } = listener;
    this.#subscribed.set(listener, { id, sessionId });
    const { target } = listener.log;
    const asked = { subscriptionId: id, sessionId, target, isLookedAt, mayWait, ...(cursor && { cursor }) };
    must(
      this.#worker.live.subscribe({ id: listener.name, app: listener.name, isPersons: false }, asked, (news) => {
        if (this.#subscribed.get(listener)?.id === id) listener.take(news);
      }),
    );
  }

  /** The page of a listener goes. */
  leave(listener: LiveListener): void {
    this.#worker.live.leave(listener.name);
  }

  look(listener: LiveListener, isLookedAt: boolean): void {
    listener.isLookedAt = isLookedAt;
    const id = this.#subscribed.get(listener)?.id;
    this.#worker.live.look(listener.name, { subscriptionId: id, isLookedAt });
  }

  setOnline(isOnline: boolean): void {
    this.isOnline = isOnline;
    if (isOnline) this.#worker.live.wake();
  }

  wake(): void {
    this.#worker.live.wake();
  }

  /** An app writes; whether it succeeds is none of the matter here. */
  write(sessionId: string, request: Pick<ApiRequest, 'endpoint' | 'method'> & { value?: object }): void {
    const { endpoint, method, value } = request;
    void this.#worker.ask({
      caller: { id: 'writer', app: 'Writer', isPersons: false },
      sessionId,
      request: {
        endpoint,
        method,
        headers: {},
        includeAuthorization: true,
        ...(value && { body: { kind: 'json', value } }),
      },
      timeoutMs: 3_600_000,
      maxAgeMs: undefined,
      priority: 'user',
      isRepeatable: false,
      call: { signal: this.#over.signal, isHarmless: false },
    });
  }

  /** Waits until nothing is under way that time does not hold up. */
  async quiet(): Promise<void> {
    for (let idle = 0; idle < 3; idle += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#tasks > 0) idle = 0;
    }
  }

  /** Time passes, and each timer fires at its time. */
  async pass(milliseconds: number): Promise<void> {
    const { time } = this.#org;
    const end = time.now() + milliseconds;
    for (;;) {
      await this.quiet();
      const next = time.nextAt();
      if (next === undefined || next > end) break;
      time.pass(Math.max(0, next - time.now()));
    }
    time.pass(Math.max(0, end - time.now()));
    await this.quiet();
  }

  #start(): Worker {
    const { time } = this.#org;
    const environment = {
      now: time.now,
      delay: time.delay,
      isOnline: () => this.isOnline,
      nextTask: async () => {
        this.#tasks += 1;
        await new Promise((resolve) => setImmediate(resolve));
        this.#tasks -= 1;
      },
    };
    const orgOf = (): string => 'org';
    const pipeline = createPipeline({
      settings: this.#settings,
      limits,
      send: (asked) => this.#send(asked),
      orgOf,
      orgUrlOf: () => 'https://org.example',
      hasPreflights: false,
      askLimits: async () => undefined,
      onUsage: () => undefined,
      onWritten: (org, write) => live.written(org, write),
      confirmedRow: (sessionId, read) => live.confirmedRow(sessionId, read),
      ...environment,
    });
    const live = createLive({
      settings: this.#settings.live,
      apiVersion: '66.0',
      requestTimeoutMs: 3_600_000,
      environment,
      ask: pipeline.ask,
      mayUse: (_callerId, sessionId) => this.#sessions.has(sessionId),
      orgOf,
      orgTime: time.now,
      onFault: (cause) => this.unexpected.push(cause),
      backgroundOf: pipeline.backgroundOf,
    });
    return { live, ask: pipeline.ask };
  }

  readonly #send: Step = async (asked) => {
    const { sessionId } = asked;
    if (!this.#sessions.has(sessionId)) return { outcome: sessionEnded, ...none };
    if (!this.isOnline) return { outcome: outcomeFailure({ stage: 'request', noAnswer: 'offline' }), ...none };
    const fault = this.faults.shift();
    if (!fault) return this.#carryOut(asked, { beforeMs: 30, afterMs: 30 });
    this.troubled += 1;
    try {
      return await this.#carryOut(asked, fault);
    } finally {
      this.troubled -= 1;
    }
  };

  async #carryOut({ sessionId, request, kind, signal }: PipelineRequest, fault: Fault): Promise<PipelineAnswer> {
    await this.#org.time.delay(fault.beforeMs, signal);
    const context = this.#sessions.get(sessionId);
    if (!context) return { outcome: sessionEnded, ...none };
    if (fault.lost === 'request') return lost;
    const answer = this.answerInstead?.(request) ?? this.#org.answer(request, context);
    if (kind.does === 'write') this.#onWrite();
    await this.#org.time.delay(fault.afterMs, signal);
    return fault.lost ? lost : answer;
  }
}

const none = { served: 'org' as const, size: 0, sent: 1 };
const lost: PipelineAnswer = { outcome: outcomeFailure({ stage: 'request', noAnswer: 'unreachable' }), ...none };
