import type { Priority } from '../../channel/orgRequests.ts';
import type { OrgUsage } from '../../channel/orgUsage.ts';
import type { Environment } from '../environment.ts';
import type { LiveSettings } from '../pipeline/pipelineSettings.ts';
import type { ConfirmedRow, FieldsRead } from '../pipeline/watchedCopies.ts';
import type { Asked, OrgQueries } from './orgQueries.ts';
import { createPace, type Pace } from './pace.ts';
import { createPollingSource } from './polling.ts';
import { createRounds, type Rounds } from './rounds.ts';
import { tellState, type Subscriber } from './subscriber.ts';
import type { KnownTarget } from './targets.ts';
import { troubleOf, type Trouble } from './trouble.ts';
import {
  objectsOf,
  WatchedObject,
  WatchedRows,
  type Result,
  type Told,
  type ToldMemory,
  type WatchedTarget,
} from './watchedTarget.ts';

export interface SessionWatchOptions {
  sessionId: string;
  settings: LiveSettings;
  environment: Pick<Environment, 'now' | 'delay' | 'isOnline' | 'nextTask'>;
  queries: OrgQueries;
  memory: ToldMemory;
  /** Told what was thrown that nobody expects. */
  onFault: (cause: unknown) => void;
  /** The org's time, where that is known. */
  orgTime: () => number | undefined;
  /** What becomes of requests that nobody waits for. */
  background: () => OrgUsage['background'];
  /** Called for each subscriber of a target that has ended. */
  onTargetEnd: (subscriber: Subscriber) => void;
  /** Called when it has told everybody that the session has ended. */
  onEnd: () => void;
}

const fault: Trouble = {
  does: 'delayed',
  message: 'The Salesforce provider failed on live data, and tries again. Its console says why.',
  untilMs: undefined,
};
const offline: Trouble = { does: 'paused', message: 'This machine is offline.', untilMs: undefined };

/**
 * Looks after all that is subscribed to in one session: asks about it now and then, in one go, and never twice at a
 * time.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #targets = new Map<string, WatchedTarget>();
  readonly #pace: Pace;
  readonly #rounds: Rounds;
  readonly #over = new AbortController();
  /** What is about to be read for the first time. */
  #fresh: Set<WatchedTarget> | undefined;
  #wait = new AbortController();
  #isRunning = false;
  /** When a round is due that does not wait for its time. */
  #soonAt: number | undefined;

  constructor(options: SessionWatchOptions) {
    this.#options = options;
    const { settings, environment } = options;
    this.#pace = createPace({ settings, now: environment.now });
    this.#rounds = createRounds({
      ...options,
      now: environment.now,
      source: createPollingSource({ ...options, now: environment.now }),
      readAnywayMs: settings.unseenMs,
      targets: () => this.#targets.values(),
    });
  }

  get isIdle(): boolean {
    return this.#targets.size === 0;
  }

  /** Subscribes to a target. The subscriber is told what is known of it, or what the org says when it is asked now. */
  add({ key, target }: KnownTarget, subscriber: Subscriber): void {
    const { sessionId, memory, environment } = this.#options;
    const watched =
      this.#targets.get(key) ??
      (target.kind === 'sObject' ? new WatchedObject(key, target) : new WatchedRows(key, target, sessionId, memory));
    this.#targets.set(key, watched);
    watched.subscribers.add(subscriber);
    if (watched.isBeginning) return;
    const withinMs = this.#pace.intervalMs(subscriber.isLookedAt);
    const told = watched instanceof WatchedRows ? watched.remembered(environment.now(), withinMs) : undefined;
    if (told) void this.#tellKnown(watched, subscriber, told);
    else if (subscriber.mayWait && watched instanceof WatchedRows) this.#defer(watched);
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

  /**
   * Something has been written, or may be seen that could not be seen before: all is asked about at once.
   *
   * @param sObject the object that was written, where that is known: what reads it is read again at once
   */
  changed(sObject?: string): void {
    for (const watched of this.#targets.values()) {
      watched.isWanted = true;
      if (!(watched instanceof WatchedRows)) continue;
      watched.changed();
      if (mayRead(watched, sObject)) watched.isDirty = true;
    }
    this.#soonAt ??= this.#pace.lookAfterWrite();
    this.#stopWaiting();
  }

  /** These fields of a record, where somebody looks at them and the org has just said what they are. */
  confirmedRow({ id, fields }: FieldsRead): ConfirmedRow | undefined {
    if (this.#pace.state().state !== 'live' || !this.#options.environment.isOnline()) return undefined;
    const now = this.#options.environment.now();
    for (const watched of this.#targets.values()) {
      if (!(watched instanceof WatchedRows) || !watched.isLookedAt || !watched.hasFields(id, fields)) continue;
      const confirmed = watched.confirmed(now, this.#pace.intervalMs(true));
      if (confirmed) return confirmed;
    }
    return undefined;
  }

  /** The session has ended: everybody is told so, and nothing else ever. */
  end(): void {
    this.stop((watched) => {
      watched.ownState = undefined;
      watched.tellState({ kind: 'state', state: 'signedOut' });
    });
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

  async #tellKnown(watched: WatchedTarget, subscriber: Subscriber, { rows, gone, asOf }: Told): Promise<void> {
    await this.#options.environment.nextTask();
    // Something newer may have been told meanwhile, or it has gone.
    if (!subscriber.isTold && watched.subscribers.has(subscriber)) {
      watched.tellRows(subscriber, { rows: [...rows], gone: [...gone], asOf });
      tellState(subscriber, watched.ownState ?? this.#pace.state());
    }
    void this.#run();
  }

  /** Leaves it to the next round to tell what the org says. */
  #defer(watched: WatchedRows): void {
    watched.isDirty = true;
    watched.askedAt ??= this.#options.environment.now();
    // Its time may come before that for which the others wait.
    this.#stopWaiting();
    void this.#run();
  }

  /** Reads a target for the first time, together with others that are asked for in the same moment. */
  #begin(watched: WatchedTarget): void {
    watched.isBeginning = true;
    if (this.#fresh) return void this.#fresh.add(watched);
    this.#fresh = new Set([watched]);
    void this.#readFresh();
  }

  async #readFresh(): Promise<void> {
    const { environment } = this.#options;
    await environment.nextTask();
    const fresh = [...this.#fresh!].filter(({ subscribers }) => subscribers.size > 0);
    this.#fresh = undefined;
    if (fresh.length === 0) return;
    const priority = fresh.some(({ isLookedAt }) => isLookedAt) ? 'user' : 'background';
    await this.#ask(fresh, () => this.#rounds.begin(fresh, this.#how(priority)));
    // Its time may come before that for which the others wait.
    this.#stopWaiting();
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (!this.isIdle) {
      const waitMs = this.#waitMs();
      if (waitMs > 0) await this.#options.environment.delay(waitMs, this.#wait.signal);
      if (this.#wait.signal.aborted) this.#wait = new AbortController();
      else if (this.#waitMs() === 0) await this.#round();
    }
    this.#isRunning = false;
  }

  #stopWaiting(): void {
    this.#wait.abort();
  }

  #how(priority: Priority): Asked {
    return { priority, signal: this.#over.signal };
  }

  #waitMs(): number {
    const restMs = this.#pace.restMs();
    if (restMs > 0) return restMs;
    const waits = [...this.#targets.values()]
      .filter(({ isBeginning }) => !isBeginning)
      .map((one) => this.#dueInMs(one));
    if (this.#soonAt !== undefined) waits.push(this.#soonAt - this.#options.environment.now());
    return Math.max(0, Math.min(this.#options.settings.unseenMs, ...waits));
  }

  /** In how many milliseconds a target is to be asked about again. */
  #dueInMs({ askedAt, isLookedAt }: WatchedTarget): number {
    const ageMs = askedAt === undefined ? NaN : this.#options.environment.now() - askedAt;
    // The age is negative when the clock was set back.
    return ageMs >= 0 ? this.#pace.intervalMs(isLookedAt) - ageMs : 0;
  }

  async #round(): Promise<void> {
    const { environment, settings } = this.#options;
    this.#soonAt = undefined;
    if (!environment.isOnline()) return this.#rest(offline);
    // What would be due a little later goes along, so that all is asked about in one request from then on.
    const due = [...this.#targets.values()].filter(
      (one) => !one.isBeginning && (one.isWanted || this.#dueInMs(one) <= settings.lookedAtMs / 2),
    );
    const priority = due.some(({ isAwaited }) => isAwaited) ? 'user' : 'background';
    await this.#ask(due, () => this.#rounds.look(due, this.#how(priority)));
  }

  async #ask(targets: readonly WatchedTarget[], work: () => Promise<Result[]>): Promise<void> {
    const { environment, onFault } = this.#options;
    const askedAt = environment.now();
    for (const watched of targets) watched.isWanted = false;
    try {
      const results = await work();
      for (const watched of targets) watched.isBeginning = false;
      this.#conclude(targets, results, askedAt);
    } catch (cause) {
      onFault(cause);
      for (const watched of targets) {
        watched.isBeginning = false;
        watched.isWanted = true;
      }
      this.#rest(fault);
    }
  }

  /** Draws the conclusions from what was asked: who ends, who waits, and how all of it stands. */
  #conclude(asked: readonly WatchedTarget[], results: readonly Result[], askedAt: number): void {
    if (this.#over.signal.aborted) return;
    let common: Trouble | undefined;
    const isAnswered = results.some(([, failure]) => !failure);
    for (const [watched, failure] of results) {
      const trouble = failure && troubleOf(failure);
      if (!failure || !trouble) continue;
      if (trouble.does === 'end') {
        watched.subscribers.forEach(this.#options.onTargetEnd);
        watched.end(failure);
        this.#targets.delete(watched.key);
      } else if (trouble.does === 'delayed' && isAnswered && trouble.untilMs === undefined)
        watched.ownState = { kind: 'state', state: 'delayed', message: trouble.message };
      else if (common?.does !== 'signedOut') common = trouble;
    }
    if (common) {
      for (const watched of asked) watched.isWanted = true;
      return this.#rest(common);
    }
    for (const watched of asked)
      if (watched.askedAt === undefined || this.#dueInMs(watched) <= 0) watched.askedAt = askedAt;
    if (isAnswered) this.#pace.answered(this.#options.background());
    this.#tellStates();
  }

  #rest(trouble: Trouble): void {
    if (trouble.does === 'signedOut') return this.end();
    if (trouble.does !== 'end') this.#pace.failed(trouble);
    this.#tellStates();
  }

  #tellStates(): void {
    for (const watched of this.#targets.values()) watched.tellState(this.#pace.state());
  }
}

/** Whether rows may be others after a write to an object, as far as is known. */
function mayRead(watched: WatchedRows, sObject: string | undefined): boolean {
  const objects = objectsOf(watched);
  // Of a record, and of a query that is new, nothing is known.
  if (sObject === undefined || objects.length === 0) return true;
  return objects.some((name) => name.toLowerCase() === sObject.toLowerCase());
}
