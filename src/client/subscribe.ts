import type { LiveTarget } from '../channel/liveMessages.ts';
import { isSoqlText, type SoqlText } from '../salesforce/soqlQuoting.ts';
import {
  checkedId,
  checkFields,
  checkFlag,
  checkOptions,
  checkType,
  isPlainObject,
  type Connection,
} from './checks.ts';
import { sessionOf } from './connection.ts';
import { AuthTokenExpiredError, ParameterError } from './errors.ts';
import { isPageSeen, keepLive, leaveLive } from './livePage.ts';
import { LiveSubscription } from './liveSubscription.ts';
import type { SalesforceRestApiSObject } from './restApi.ts';
import type { FieldOf, RecordWith, SObjectName } from './sobjectTypes.ts';
import type { LiveListener, ObjectTarget, RecordTarget, SubscribeOptions, Subscription } from './subscription.ts';

const optionNames = ['signal', 'isLookedAt', 'mayWait'] as const;

/** To the rows of a query. See the other form. */
export function subscribe<Row extends { Id: string } = SalesforceRestApiSObject & { Id: string }>(
  connection: Connection,
  what: SoqlText,
  listener: LiveListener<Row>,
  options?: SubscribeOptions,
): Subscription<Row>;
/**
 * Tells the data as it is, then each change once, whoever made it: this app, another one, or somebody in the org. What
 * several apps of the desktop subscribe to is asked for once.
 *
 * It goes on through renewal, sleep, time offline and restarts of the provider, with the difference told after each;
 * and through sign-out, if the same person signs in again. When it is another person, the data is forgotten and the
 * subscription ends.
 *
 * @param connection - as `connect()` gives it
 * @param what - a record (`{ type, id, fields }`), the rows of a query (made by `soql`, with `Id` among its fields and
 *   no aggregates) or whatever changes among all records of an object (`{ type, fields }`). Of an object, a record is
 *   told of when it changes itself, not when a parent does of which a field is named; one that is deleted past the
 *   recycle bin is not told of
 * @param listener - told of {@link LiveEvent}s, the first of them after this has returned
 * @param options - `{ signal, isLookedAt, mayWait }`
 * @throws {@link ParameterError} for what is no target, and for a connection that `connect()` has not made. All that
 *   goes wrong later is an event: `state` where it passes, `end` where it does not: what the org refuses
 *   (`REQUEST_FAILED`), `PROTOCOL_MISMATCH` of a provider that is too old, `TOO_MANY_REQUESTS` above the share of an
 *   app, `SESSION_ENDED` after `disconnect()`
 * @example
 * ```ts
 * const live = subscribe(salesforce, { type: 'Account', id, fields: ['Name', 'Phone'] }, (event) => {
 *   if ('records' in event) show(event.records[0]);
 *   if (event.kind === 'state') banner.textContent = event.message ?? '';
 * });
 * ```
 */
export function subscribe<Type extends SObjectName, const Field extends FieldOf<Type>>(
  connection: Connection,
  what: RecordTarget<Type, Field> | ObjectTarget<Type, Field>,
  listener: LiveListener<RecordWith<Type, Field>>,
  options?: SubscribeOptions,
): Subscription<RecordWith<Type, Field>>;
export function subscribe(
  connection: Connection,
  what: unknown,
  listener: LiveListener<never>,
  options: SubscribeOptions = {},
): Subscription<never> {
  const session = sessionOf.get(connection);
  if (!session) throw new ParameterError('The first argument must be the connection itself that connect() has given');
  const target = targetOf(what);
  if (typeof listener !== 'function') throw new ParameterError('The listener must be a function');
  checkOptions(options, optionNames);
  const { signal, isLookedAt, mayWait } = options;
  checkFlag('isLookedAt', isLookedAt);
  checkFlag('mayWait', mayWait);
  signal?.throwIfAborted();
  const disconnected = (): void =>
    subscription.fail(new AuthTokenExpiredError('This connection was disconnected: call connect() again.'));
  const end = (): void => subscription.end();
  const subscription = new LiveSubscription({
    session,
    target,
    listener: listener as LiveListener<unknown> as LiveListener,
    isLookedAt,
    mayWait,
    isPageSeen,
    onOver() {
      session.ended.signal.removeEventListener('abort', disconnected);
      signal?.removeEventListener('abort', end);
      leaveLive(subscription);
    },
  });
  if (session.ended.signal.aborted) queueMicrotask(disconnected);
  else session.ended.signal.addEventListener('abort', disconnected);
  signal?.addEventListener('abort', end);
  keepLive(subscription);
  return subscription as unknown as Subscription<never>;
}

/** @throws {@link ParameterError} for what cannot be subscribed to */
function targetOf(what: unknown): LiveTarget {
  if (isSoqlText(what)) return { kind: 'query', soql: what.toString() };
  if (!isPlainObject(what))
    throw new ParameterError('What to subscribe to must be { type, id, fields }, { type, fields }, or made by soql`…`');
  const { type, id, fields } = what;
  checkType(type);
  checkFields(fields);
  // An id that an app has failed to find must not turn into "all of them".
  if ('id' in what) return { kind: 'record', sObject: type, id: checkedId(id), fields: [...fields] };
  return { kind: 'sObject', sObject: type, fields: [...fields] };
}
