import type { Subscriber } from './subscriber.ts';

/** A subscription, and the session in which it is. */
export interface Subscription {
  readonly subscriber: Subscriber;
  readonly sessionId: string;
}

/** The book of all subscriptions. */
export class Subscriptions {
  /** By caller, then by the id that the caller chose. */
  readonly #all = new Map<string, Map<string, Subscription>>();

  add(subscription: Subscription): void {
    const { callerId, subscriptionId } = subscription.subscriber;
    const own = this.#all.get(callerId) ?? new Map<string, Subscription>();
    this.#all.set(callerId, own.set(subscriptionId, subscription));
  }

  find(callerId: string, subscriptionId: string): Subscription | undefined {
    return this.#all.get(callerId)?.get(subscriptionId);
  }

  of(callerId: string): Subscription[] {
    return [...(this.#all.get(callerId)?.values() ?? [])];
  }

  /** How many the pages of an app have together. */
  countOf(app: string): number {
    const all = [...this.#all.values()].flatMap((own) => [...own.values()]);
    return all.filter(({ subscriber }) => subscriber.app === app).length;
  }

  remove({ subscriber: { callerId, subscriptionId } }: Subscription): void {
    const own = this.#all.get(callerId);
    own?.delete(subscriptionId);
    if (own?.size === 0) this.#all.delete(callerId);
  }

  removeSession(sessionId: string): void {
    for (const callerId of [...this.#all.keys()])
      for (const one of this.of(callerId)) if (one.sessionId === sessionId) this.remove(one);
  }

  clear(): void {
    this.#all.clear();
  }
}
