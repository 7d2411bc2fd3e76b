import { readOptionNames, request, type ReadOptions } from './apiRequest.ts';
import { checkConnection, checkFlag, checkOptions, type Connection, isPlainObject } from './checks.ts';
import { collectParts, type CompositeBuilder, Part, type Subrequest } from './compositeParts.ts';
import { ApiRequestError, ParameterError, type SalesforceFault } from './errors.ts';

/** The last argument of {@link composite}. */
export interface CompositeOptions extends ReadOptions {
  /** Either every part succeeds or nothing is changed; `false`, the default: each part by itself. */
  allOrNone?: boolean | undefined;
}

/** What a part was answered. */
export type PartAnswer<Data> =
  | { ok: true; status: number; data: Data }
  | {
      ok: false;
      status: number;
      /** `PROCESSING_HALTED` for a part that was not at fault itself: another was that it refers to, or all or none. */
      errors: readonly SalesforceFault[];
    };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parts of whatever data
type Parts = Record<string, Part<any>>;
type AnswersTo<Asked extends Parts> = { [Name in keyof Asked]: PartAnswer<Asked[Name]['data']> };

/** Most parts, and most queries among them (REST API Developer Guide, "Composite"). */
const mostParts = 25;
const mostQueries = 5;

/**
 * Sends up to 25 requests as one, which is one call of the org's daily limit. A part may refer to what an earlier one
 * was answered. A part that is refused does not reject: its answer says why.
 *
 * @param ask - adds the parts, and returns each under a name of its own
 * @returns the answers by these names
 * @throws {@link ParameterError} for parts that cannot be asked for, before anything is sent; else as `request`
 * @see REST API Developer Guide, "Composite"
 * @example
 * ```ts
 * const { contact } = await composite(
 *   salesforce,
 *   ({ create }) => {
 *     const account = create('Account', { Name: 'Engines Ltd' });
 *     const contact = create('Contact', { LastName: 'Lovelace', AccountId: account.ref('id') });
 *     return { account, contact };
 *   },
 *   { allOrNone: true },
 * );
 * if (contact.ok) console.log(contact.data.id);
 * ```
 */
export async function composite<Asked extends Parts>(
  connection: Connection,
  ask: (builder: CompositeBuilder) => Asked,
  options: CompositeOptions = {},
): Promise<AnswersTo<Asked>> {
  checkConnection(connection);
  checkOptions(options, ['allOrNone', ...readOptionNames]);
  const { allOrNone = false, ...rest } = options;
  checkFlag('allOrNone', allOrNone);
  if (typeof ask !== 'function') throw new ParameterError('The parts are added by a function');
  const { builder, subrequests } = collectParts();
  const asked = ask(builder);
  checkParts(asked, subrequests);
  const { data } = await request<{ compositeResponse?: unknown }>(connection, '/services/data/vXX.X/composite', {
    ...rest,
    method: 'POST',
    body: { allOrNone, compositeRequest: subrequests },
  });
  const answers = Array.isArray(data?.compositeResponse) ? (data.compositeResponse as RawAnswer[]) : [];
  return Object.fromEntries(
    Object.entries(asked).map(([name, { referenceId }]) => {
      const answer = answers.find((one) => one?.referenceId === referenceId);
      if (!answer) throw new ApiRequestError(`Salesforce has not answered the part ${name}.`);
      return [name, readAnswer(answer)];
    }),
  ) as AnswersTo<Asked>;
}

interface RawAnswer {
  referenceId: string;
  httpStatusCode: number;
  body: unknown;
}

function readAnswer({ httpStatusCode: status, body }: RawAnswer): PartAnswer<unknown> {
  if (status >= 200 && status < 300) return { ok: true, status, data: body ?? undefined };
  return { ok: false, status, errors: new ApiRequestError('', status, { data: body }).errors };
}

function checkParts(asked: unknown, subrequests: readonly Subrequest[]): asserts asked is Parts {
  const named = isPlainObject(asked) ? Object.values(asked) : [];
  const returned = new Set(named.map((part) => (part instanceof Part ? part.referenceId : undefined)));
  if (returned.has(undefined) || !subrequests.every(({ referenceId }) => returned.has(referenceId)))
    throw new ParameterError('Each part must be returned under a name: nobody would see it fail otherwise');
  if (subrequests.length === 0 || subrequests.length > mostParts)
    throw new ParameterError(`A composite request has 1 to ${mostParts} parts, this one has ${subrequests.length}`);
  const queries = subrequests.filter(({ url }) => url.includes('/query?')).length;
  if (queries > mostQueries)
    throw new ParameterError(`A composite request has at most ${mostQueries} queries, this one has ${queries}`);
}
