import type { LRUCache } from 'lru-cache';
import type { Row } from './orgQueries.ts';
import { tellState, type Subscriber } from './subscriber.ts';
import type { KnownTarget } from './targets.ts';
import type { LiveState } from './trouble.ts';
import type { Failure } from '../../outcomes/failure.ts';

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
export class WatchedTarget {
  readonly key: string;
  readonly target: KnownTarget['target'];
  readonly subscribers = new Set<Subscriber>();
  /** When the org was last asked for it that answered, by the clock of this computer. */
  askedAt: number | undefined;
  /** It is known, or likely, that it has changed since. */
  isDirty = false;
  /** It is read for the first time at the moment. */
  isBeginning = false;
  readonly #memory: ToldMemory;
  readonly #memoryKey: string;

  constructor({ key, target }: KnownTarget, sessionId: string, memory: ToldMemory) {
    this.key = key;
    this.target = target;
    this.#memory = memory;
    this.#memoryKey = `${sessionId} ${key}`;
  }

  get isLookedAt(): boolean {
    return [...this.subscribers].some(({ isLookedAt }) => isLookedAt);
  }

  /** What is remembered of it, if it is as the org said within so many milliseconds. */
  remembered(now: number, withinMs: number): Told | undefined {
    const told = this.isDirty ? undefined : this.#memory.get(this.#memoryKey);
    const age = told ? now - told.asOf : NaN;
    return age >= 0 && age <= withinMs ? told : undefined;
  }

  /** Tells what the org has said: the rows to whoever has not been told just these, to others that all is as it was. */
  settle(found: Found, asOf: number): void {
    this.askedAt = asOf;
    const text = JSON.stringify(found);
    const isNews = this.#memory.get(this.#memoryKey)?.text !== text;
    this.#memory.set(this.#memoryKey, { ...found, text, asOf });
    for (const subscriber of this.subscribers) {
      if (isNews || !subscriber.isTold) this.tellRows(subscriber, found, asOf);
      else if (subscriber.isLookedAt) subscriber.tell({ kind: 'unchanged', asOf });
    }
  }

  /** Tells one subscriber all there is. */
  tellRows(subscriber: Subscriber, { rows, gone }: Found, asOf: number): void {
    subscriber.isTold = true;
    const isWhole = this.target.kind === 'query';
    subscriber.tell({ kind: 'rows', isWhole, rows: structuredClone(rows) as Row[], gone: [...gone], asOf });
  }

  tellState(state: LiveState): void {
    for (const subscriber of this.subscribers) tellState(subscriber, state);
  }

  /** Nothing comes of it any more. */
  end(why: Failure): void {
    for (const { tell } of this.subscribers) tell({ kind: 'ended', failure: why });
    this.subscribers.clear();
    this.forget();
  }

  /** Lets go of what is remembered. */
  forget(): void {
    this.#memory.delete(this.#memoryKey);
  }
}
