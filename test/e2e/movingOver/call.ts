import type { ControlClient } from '../../../sandbox/org/control/controlClient.ts';
import type { Api, Seen, Send } from './outcome.ts';

/** What stands in the org's place for the next request of a call. */
export type PreparedAnswer = Omit<Parameters<ControlClient['answerWith']>[0], 'path' | 'times'>;

/** One call, made with both packages. */
export interface Call {
  name: string;
  /** Runs in a page of each package: nothing of its surroundings may be used. */
  work: (given: { send: Send; api: Api }) => Promise<unknown>;
  prepared?: PreparedAnswer;
  /** What the org makes up anew for each call, such as ids. */
  made?: RegExp;
  /** Absent where both packages do the same. */
  differs?: Difference;
}

export interface Difference {
  /** The first cell of the row of `docs/moving-over.md` that tells it. */
  row: string;
  there: Expected;
  here: Expected;
}

export interface Expected {
  seen: DeepPartial<Seen> | { error: { name: string; message?: unknown; status?: number | undefined; data?: unknown } };
  /** How many requests reached the org, or what these were. */
  arrived?: number | object[];
}

type DeepPartial<T> = T extends object ? { [Name in keyof T]?: DeepPartial<T[Name]> } : T;

/** An error of `@openfin/salesforce` or of ours, by its class and, where it matters, what it carries. */
export function fails(
  name: 'ApiRequestError' | 'ParameterError' | 'TypeError',
  members: { message?: unknown; status?: number | undefined; data?: unknown } = {},
) {
  return { error: { name, ...members, ofThePackage: name !== 'TypeError' } };
}
