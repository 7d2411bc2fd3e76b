import type { LRUCache } from 'lru-cache';
import type { LiveNews } from '../../channel/liveMessages.ts';
import type { Failure } from '../../outcomes/failure.ts';
import type { ConfirmedRow } from '../pipeline/watchedCopies.ts';
import type { Row } from './orgQueries.ts';
import type { QueryObjects } from './queryObjects.ts';
import { tellState, type Subscriber } from './subscriber.ts';
import type { KnownTarget } from './targets.ts';
import type { LiveState } from './trouble.ts';

type Rows = Extract<LiveNews, { kind: 'rows' }>;

/** What the org says of a target. */
export interface Found {
  readonly rows: readonly Row[];
  /** Ids that are deleted, or may not be seen any more. */
  readonly gone: readonly string[];
}

/** What was told last, so that it is known whether there is news, and for who comes later. */
export interface Told extends Found {
  readonly text: string;
  readonly asOf: number;
}

/** By session and target. What has made room for others is told again. */
export type ToldMemory = LRUCache<string, Told>;

/** Something in a session that one or more apps have subscribed to. */
abstract class Watched<Target extends KnownTarget['target']> {
  readonly subscribers = new Set<Subscriber>();
  /** When the org was last asked about it, by the clock of this computer. */
  askedAt: number | undefined;
  /** It is to be asked about in the next round, whether or not its time has come. */
  isWanted = false;
  /** It is read for the first time at the moment. */
  isBeginning = false;
  /** What stands in the way of this target alone. */
  ownState: LiveState | undefined;
  readonly key: string;
  readonly target: Target;

  constructor(key: string, target: Target) {
    this.key = key;
    this.target = target;
  }

  get isLookedAt(): boolean {
    return [...this.subscribers].some(({ isLookedAt }) => isLookedAt);
  }

  /** Whether somebody looks who has been told nothing yet. */
  get isAwaited(): boolean {
    return [...this.subscribers].some(({ isLookedAt, isTold }) => isLookedAt && !isTold);
  }

  /** Tells those who have been told something, and look, that all is as they were told. */
  tellUnchanged(asOf: number): void {
    for (const { isTold, isLookedAt, tell } of this.subscribers)
      if (isTold && isLookedAt) tell({ kind: 'unchanged', asOf });
  }

  /** Tells one subscriber rows; each gets its own. */
  tellRows(subscriber: Subscriber, news: Omit<Rows, 'kind' | 'isWhole'>): void {
    subscriber.isTold = true;
    subscriber.tell(structuredClone({ kind: 'rows', isWhole: this.target.kind === 'query', ...news }));
  }

  /** Whoever has been told nothing yet is not told that all goes well either. */
  tellState(common: LiveState): void {
    const state = this.ownState ?? common;
    for (const subscriber of this.subscribers)
      if (subscriber.isTold || state.state !== 'live') tellState(subscriber, state);
  }

  /** Nothing comes of it any more. */
  end(why: Failure): void {
    for (const { tell } of this.subscribers) tell({ kind: 'ended', failure: why });
    this.subscribers.clear();
    this.forget();
  }

  /** Lets go of what is remembered. */
  abstract forget(): void;
}

/** A question to the org, among others of one target. */
interface Question {
  readonly order: number;
  /** How often the target had changed by then. */
  readonly changes: number;
}

/** A record, or the rows of a query. */
export class WatchedRows extends Watched<Extract<KnownTarget['target'], { kind: 'record' | 'query' }>> {
  /** It is known, or likely, that it has changed since it was read. */
  isDirty = false;
  /** When the org was last asked for the rows that were told. */
  readAt: number | undefined;
  /** The objects by whose changes the rows of a query change, once that is known. */
  objects: QueryObjects | undefined;
  /** Which question was answered last. */
  #order = 0;
  /** How often it has changed, as far as is known, and how often by when the last answer was asked for. */
  #changes = 0;
  #changesKnown = 0;
  readonly #memory: ToldMemory;
  readonly #memoryKey: string;

  constructor(key: string, target: WatchedRows['target'], sessionId: string, memory: ToldMemory) {
    super(key, target);
    this.#memory = memory;
    this.#memoryKey = `${sessionId} ${key}`;
  }

  /** What is remembered of it, if it is as the org said within so many milliseconds. */
  remembered(now: number, withinMs: number): Told | undefined {
    const isSure = this.askedAt !== undefined && this.#changesKnown === this.#changes;
    const told = isSure ? this.#memory.get(this.#memoryKey) : undefined;
    const age = told ? now - told.asOf : NaN;
    return age >= 0 && age <= withinMs ? told : undefined;
  }

  /** Whether it is this record, with all of these fields. */
  hasFields(id: string, fields: readonly string[]): boolean {
    if (this.target.kind !== 'record' || this.target.id !== id) return false;
    const own = new Set(['id', ...this.target.fields.map((field) => field.toLowerCase())]);
    return fields.every((field) => own.has(field.toLowerCase()));
  }

  /** The record as the org has said within so many milliseconds, if nothing stands in the way of knowing it. */
  confirmed(now: number, withinMs: number): ConfirmedRow | undefined {
    const told = this.isDirty || this.ownState ? undefined : this.remembered(now, withinMs);
    return told?.rows[0] && { row: told.rows[0], asOf: told.asOf };
  }

  /** It has changed, or may have. */
  changed(): void {
    this.#changes += 1;
  }

  /** @returns what `settle` and `confirm` are to be told of the question that begins now */
  ask(order: number): Question {
    return { order, changes: this.#changes };
  }

  /**
   * Tells what the org has said: the rows to whoever has not been told just these, to others that all is as it was.
   *
   * @param asOf when it was asked, by the clock of this computer
   * @param question an answer to an earlier one than that which was answered last is no news
   */
  settle({ rows, gone }: Found, asOf: number, { order, changes }: Question): void {
    if (order < this.#order || this.subscribers.size === 0) return;
    this.#order = order;
    this.#changesKnown = changes;
    this.askedAt = asOf;
    this.readAt = asOf;
    this.ownState = undefined;
    const text = JSON.stringify([rows, gone]);
    const isNews = this.#memory.get(this.#memoryKey)?.text !== text;
    this.#memory.set(this.#memoryKey, { rows, gone, text, asOf });
    if (!isNews) this.tellUnchanged(asOf);
    for (const subscriber of this.subscribers)
      if (isNews || !subscriber.isTold) this.tellRows(subscriber, { rows: [...rows], gone: [...gone], asOf });
  }

  /** The org has said that nothing which it reads has changed. */
  confirm(asOf: number, { changes }: Question): void {
    this.askedAt = asOf;
    this.#changesKnown = Math.max(this.#changesKnown, changes);
    this.ownState = undefined;
    const told = this.#memory.get(this.#memoryKey);
    if (told) this.#memory.set(this.#memoryKey, { ...told, asOf });
    this.tellUnchanged(asOf);
  }

  forget(): void {
    this.#memory.delete(this.#memoryKey);
  }
}

/** Whatever changes among the records of an object. */
export class WatchedObject extends Watched<Extract<KnownTarget['target'], { kind: 'sObject' }>> {
  /** What may have changed and was not told yet. */
  pending: Set<string> | 'any' = new Set<string>();
  /** Whether the org has let its fields be read. */
  isReadable = false;

  /** Adds to what is to be told. */
  add(ids: ReadonlySet<string> | 'any'): void {
    if (ids === 'any' || this.pending === 'any') this.pending = 'any';
    else for (const id of ids) this.pending.add(id);
  }

  forget(): void {
    this.pending = new Set<string>();
  }
}

export type WatchedTarget = WatchedRows | WatchedObject;

/** What came of asking about a target; no failure where its subscribers were told. */
export type Result = readonly [WatchedTarget, Failure | undefined];

/** The objects by whose changes a target changes, as far as they are known. Records are read in each round anyway. */
export function objectsOf(watched: WatchedTarget): readonly string[] {
  if (watched instanceof WatchedObject) return [watched.target.sObject];
  return watched.objects === undefined || watched.objects === 'unknown' ? [] : [...watched.objects];
}
