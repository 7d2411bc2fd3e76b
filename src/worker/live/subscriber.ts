import type { LiveNews } from '../../channel/liveMessages.ts';
import type { LiveState } from './trouble.ts';

/** One subscription of one page. */
export interface Subscriber {
  readonly callerId: string;
  readonly subscriptionId: string;
  /** Name of the app in the configuration. */
  readonly app: string;
  readonly tell: (news: LiveNews) => void;
  /** Whether a person can see it at the moment. */
  isLookedAt: boolean;
  /** The position up to which an earlier subscription was told of changes. */
  readonly since: number | undefined;
  /** It has just read the rows: what the org says of them may come with the next round. */
  readonly mayWait: boolean;
  /** Whether it has been told of the data at all. */
  isTold: boolean;
  /** The state that it was told last. */
  state: LiveState | undefined;
}

/** One that has been told nothing yet. */
export const newSubscriber = (asked: Omit<Subscriber, 'isTold' | 'state'>): Subscriber => ({
  ...asked,
  isTold: false,
  state: undefined,
});

/** Tells a state to whoever has not been told it already, or not until when. */
export function tellState(subscriber: Subscriber, state: LiveState): void {
  const told = subscriber.state;
  const isNew = told?.state !== state.state || (state.untilMs !== undefined && told.untilMs !== state.untilMs);
  if (!isNew) return;
  subscriber.state = state;
  subscriber.tell(state);
}
