import type { Priority } from '../../channel/orgRequests.ts';
import type { OrgUsage } from '../../channel/orgUsage.ts';
import type { Environment } from '../environment.ts';
import type { LiveSettings } from '../pipeline/pipelineSettings.ts';
import type { OrgQueries } from './orgQueries.ts';
import { createPace, type Pace } from './pace.ts';
import { readTargets } from './reading.ts';
import { tellState, type Subscriber } from './subscriber.ts';
import type { KnownTarget } from './targets.ts';
import { troubleOf, worse, type Trouble } from './trouble.ts';
import { WatchedTarget, type ToldMemory } from './watchedTarget.ts';

export interface SessionWatchOptions {
  sessionId: string;
  settings: LiveSettings;
  environment: Pick<Environment, 'now' | 'delay' | 'isOnline' | 'nextTask'>;
  queries: OrgQueries;
  memory: ToldMemory;
  /** What becomes of requests that nobody waits for. */
  background: () => OrgUsage['background'];
  /** Called when it has told everybody that the session has ended. */
  onEnd: () => void;
}

/** A moment in which more may be written. */
const afterWriteMs = 50;

const offline: Trouble = { does: 'paused', message: 'This machine is offline.', untilMs: undefined };

/**
 * Looks after all that is subscribed to in one session: asks for it now and then, in one go, and never twice at a time.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #targets = new Map<string, WatchedTarget>();
  readonly #pace: Pace;
  readonly #over = new AbortController();
  #beginning: Set<WatchedTarget> | undefined;
  #wait = new AbortController();
  #isRunning = false;
  /** When a round is due that does not wait for its time. */
  #soonAt: number | undefined;

  constructor(options: SessionWatchOptions) {
    this.#options = options;
    this.#pace = createPace({ settings: options.settings, now: options.environment.now });
  }

  get isIdle(): boolean {
    return this.#targets.size === 0;
  }

  /** Subscribes to a target, of which the subscriber is told at once what is known, or has been asked for. */
  add(known: KnownTarget, subscriber: Subscriber): void {
    const { sessionId, memory, environment } = this.#options;
    const watched = this.#targets.get(known.key) ?? new WatchedTarget(known, sessionId, memory);
    this.#targets.set(known.key, watched);
    watched.subscribers.add(subscriber);
    if (watched.isBeginning) return;
    const told = watched.remembered(environment.now(), this.#pace.intervalMs(subscriber.isLookedAt));
    if (told) void this.#tellKnown(watched, subscriber, told.asOf);
    else this.#begin(watched);
  }

  /** Nothing is told to the subscriber any more. */
  remove(subscriber: Subscriber): void {
    for (const [key, watched] of this.#targets) {
      if (!watched.subscribers.delete(subscriber) || watched.subscribers.size > 0) continue;
      watched.forget();
      this.#targets.delete(key);
    }
    if (this.isIdle) this.#stopWaiting();
  }

  /** Somebody has begun, or ceased, to look. */
  look(): void {
    this.#stopWaiting();
  }

  /** Whatever stood in the way may be gone. */
  wake(): void {
    this.#pace.wake();
    this.#stopWaiting();
  }

  /** Much may be other than before: all is read again soon. */
  changed(): void {
    for (const watched of this.#targets.values()) watched.isDirty = true;
    this.#soonAt ??= this.#options.environment.now() + afterWriteMs;
    this.#stopWaiting();
  }

  /** The session has ended: everybody is told so, and nothing else ever. */
  end(): void {
    this.stop((watched) => watched.tellState({ kind: 'state', state: 'signedOut' }));
    this.#options.onEnd();
  }

  /** Ceases, and tells nobody. */
  stop(last: (watched: WatchedTarget) => void = () => undefined): void {
    this.#over.abort();
    for (const watched of this.#targets.values()) {
      last(watched);
      watched.subscribers.clear();
      watched.forget();
    }
    this.#targets.clear();
    this.#stopWaiting();
  }

  async #tellKnown(watched: WatchedTarget, subscriber: Subscriber, asOf: number): Promise<void> {
    await this.#options.environment.nextTask();
    if (subscriber.isTold || !watched.subscribers.has(subscriber)) return;
    const told = watched.remembered(asOf, 0);
    if (!told) return this.#begin(watched);
    watched.tellRows(subscriber, told, told.asOf);
    tellState(subscriber, this.#pace.state());
    void this.#run();
  }

  /** Reads a target for the first time, together with others that are asked for in the same moment. */
  #begin(watched: WatchedTarget): void {
    watched.isBeginning = true;
    if (this.#beginning) return void this.#beginning.add(watched);
    this.#beginning = new Set([watched]);
    void this.#readBeginning();
  }

  async #readBeginning(): Promise<void> {
    await this.#options.environment.nextTask();
    const targets = [...this.#beginning!].filter(({ subscribers }) => subscribers.size > 0);
    this.#beginning = undefined;
    const isAwaited = targets.some(({ isLookedAt }) => isLookedAt);
    await this.#read(targets, isAwaited ? 'user' : 'background');
    for (const watched of targets) watched.isBeginning = false;
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (!this.isIdle) {
      const waitMs = this.#waitMs();
      if (waitMs > 0) await this.#options.environment.delay(waitMs, this.#wait.signal);
      if (this.#wait.signal.aborted) this.#wait = new AbortController();
      else if (waitMs === 0 || this.#waitMs() === 0) await this.#round();
    }
    this.#isRunning = false;
  }

  #stopWaiting(): void {
    this.#wait.abort();
  }

  #waitMs(): number {
    const now = this.#options.environment.now();
    const restMs = this.#pace.restMs();
    if (restMs > 0) return restMs;
    const waits = [...this.#targets.values()]
      .filter(({ isBeginning }) => !isBeginning)
      .map((one) => this.#dueInMs(one));
    if (this.#soonAt !== undefined) waits.push(this.#soonAt - now);
    const longest = this.#options.settings.unseenMs;
    return Math.max(0, Math.min(longest, ...waits));
  }

  /** In how many milliseconds a target is to be asked for again. */
  #dueInMs({ askedAt, isLookedAt }: WatchedTarget): number {
    const intervalMs = this.#pace.intervalMs(isLookedAt);
    const ageMs = askedAt === undefined ? NaN : this.#options.environment.now() - askedAt;
    // The age is negative when the clock was set back.
    return ageMs >= 0 ? intervalMs - ageMs : 0;
  }

  async #round(): Promise<void> {
    const { environment, settings } = this.#options;
    this.#soonAt = undefined;
    if (!environment.isOnline()) return this.#settleTrouble(offline);
    // Who would be due a little later goes along, so that all are asked for in one request from then on.
    const due = [...this.#targets.values()].filter(
      (one) => !one.isBeginning && (one.isDirty || this.#dueInMs(one) <= settings.lookedAtMs / 2),
    );
    await this.#read(due, 'background');
  }

  async #read(targets: readonly WatchedTarget[], priority: Priority): Promise<void> {
    if (targets.length === 0) return;
    const { queries, sessionId, environment, background } = this.#options;
    const askedAt = environment.now();
    for (const watched of targets) watched.isDirty = false;
    let trouble: Trouble | undefined;
    const outcomes = await readTargets(queries, sessionId, targets, { priority, signal: this.#over.signal });
    if (this.#over.signal.aborted) return;
    for (const [watched, outcome] of outcomes) {
      if (outcome.ok) watched.settle(outcome.data, askedAt);
      else {
        const own = troubleOf(outcome.error);
        if (own.does === 'end') {
          watched.end(outcome.error);
          this.#targets.delete(watched.key);
        } else watched.isDirty = true;
        trouble = worse(trouble, own);
      }
    }
    if (trouble && trouble.does !== 'end') return this.#settleTrouble(trouble);
    this.#pace.answered(background());
    this.#tellStates();
  }

  #settleTrouble(trouble: Trouble): void {
    if (trouble.does === 'signedOut') return this.end();
    if (trouble.does !== 'end') this.#pace.failed(trouble);
    this.#tellStates();
  }

  #tellStates(): void {
    for (const watched of this.#targets.values()) watched.tellState(this.#pace.state());
  }
}
