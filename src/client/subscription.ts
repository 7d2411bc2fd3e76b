import type { SObjectName, FieldOf } from './sobjectTypes.ts';
import type { ApiError } from './errors.ts';

/** How well the data is kept up to date. */
export type LiveState =
  /** Asked for at its usual pace. */
  | 'live'
  /** Asked for less often than usual, as the org is busy or has few requests left. */
  | 'delayed'
  /** Not asked for at the moment: the network is not there, or the provider. */
  | 'paused'
  /** Not asked for until the same person has signed in again. */
  | 'signedOut';

/** What `subscribe` tells its listener. `asOf`: when the org last said that it is so, by this computer's clock. */
export type LiveEvent<Row = Record<string, unknown>> =
  /** The data as it is: the first event about it. Of an object, which has no list: from now on changes are told. */
  | { readonly kind: 'data'; readonly records: readonly Row[]; readonly asOf: Date }
  /**
   * A record that was not among them before: it is new, it matches now, or it may be seen now. Of an object: one that
   * this subscription has not told of before.
   */
  | { readonly kind: 'created'; readonly record: Row; readonly records: readonly Row[]; readonly asOf: Date }
  /** A record has changed. `changed`: the fields that differ, a field of another record by its path (`Owner.Name`). */
  | {
      readonly kind: 'updated';
      readonly record: Row;
      readonly changed: readonly string[];
      readonly records: readonly Row[];
      readonly asOf: Date;
    }
  /** It is deleted, does not match any more, or the person may not see it any more. */
  | { readonly kind: 'deleted'; readonly id: string; readonly records: readonly Row[]; readonly asOf: Date }
  /** Records that were there before stand in another order among themselves. Told after what has changed in them. */
  | { readonly kind: 'order'; readonly records: readonly Row[]; readonly asOf: Date }
  /** Of an object: there may have been changes that nobody has seen. Whoever needs all of them reads again. */
  | { readonly kind: 'unknown'; readonly asOf: Date | undefined }
  /** Whether it is kept up to date. `message`: why not, for a person; `until`: when that is expected to end. */
  | {
      readonly kind: 'state';
      readonly state: LiveState;
      readonly message?: string;
      readonly until?: Date;
      readonly asOf: Date | undefined;
    }
  /** The last event: nothing more will come. */
  | { readonly kind: 'end'; readonly error: ApiError; readonly asOf: Date | undefined };

/** See {@link LiveEvent}. What a listener throws is reported to the page, and harms no other. */
export type LiveListener<Row = Record<string, unknown>> = (event: LiveEvent<Row>) => void;

/** The last argument of `subscribe`. */
export interface SubscribeOptions {
  /** Ends the subscription when it aborts. */
  signal?: AbortSignal | undefined;
  /**
   * Whether a person can see the data; left out, whether they can see the page. The provider asks more often for what
   * is looked at.
   */
  isLookedAt?: boolean | undefined;
  /**
   * True where the app has just read the data: the event `data` may then come with the provider's next look, within
   * seconds, and costs the org no request of its own. Of an object, which is not read, it changes nothing.
   */
  mayWait?: boolean | undefined;
}

/** One record. */
export interface RecordTarget<Type extends SObjectName, Field extends FieldOf<Type>> {
  /** API name of the object. */
  type: Type;
  /** 15 or 18 characters. */
  id: string;
  /** Also of records that lookups lead to (`Owner.Name`). */
  fields: readonly Field[];
}

/** All records of an object. */
export interface ObjectTarget<Type extends SObjectName, Field extends FieldOf<Type>> {
  type: Type;
  id?: never;
  fields: readonly Field[];
}

/** What `subscribe` returns. */
export interface Subscription<Row = Record<string, unknown>> {
  /** The records as they are now, in the order of the query. None before the event `data`, and of an object. */
  readonly records: readonly Row[];
  /** When the org last said that it is so; undefined before it has. Goes on while nothing changes. */
  readonly asOf: Date | undefined;
  /** Undefined until it is known. */
  readonly state: LiveState | undefined;
  /** Says whether a person can see the data, e.g. in a tab of the app. Left out: as the page's visibility says. */
  look(isLookedAt?: boolean): void;
  /** Ends it. Nothing is told afterwards. */
  end(): void;
}
