import { failure, type Failure, type Outcome } from '../outcomes/failure.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import type { SoqlText } from '../salesforce/soqlQuoting.ts';
import { isSoslText, type SoslText } from '../salesforce/soslText.ts';
import { z } from '../zod.ts';
import { fdc3Errors, IntentError, intentErrorOf } from './intentError.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';

/** A question to the org, whose answer may hold what a context means. */
export interface Lookup {
  object: LookedUpObject;
  /** The fields to read of each row. */
  fields: readonly string[];
  /** The statement for those of the fields that the person may see. */
  statement: (fields: readonly string[]) => SoqlText | SoslText;
  /** As many rows as the statement asks for at most. */
  most: number;
  /** It brings much that is not meant, so that it says nothing that there is more of it. */
  isLoose?: true;
}

export type LookedUpObject = 'Contact' | 'Lead' | 'Account';

const row = z.looseObject({ Id: z.string() });
/** A row as the org answers it. Fields that this person may not see are missing. */
export type FoundRow = z.infer<typeof row> & { object: LookedUpObject };

export interface Found {
  rows: FoundRow[];
  /** False where the org may have more rows of this kind, or did not say. */
  isWhole: boolean;
}

/** Fields that everybody who may read an object sees: field-level security cannot hide them. */
const alwaysVisible: readonly string[] = ['Id', 'Name', 'FirstName', 'LastName'];
/** A batch takes this many (REST API Developer Guide, "Batch Request Body"). */
const mostInBatch = 25;
/** Refusals that tell of what the question was about, and that another would not be answered better. */
const unsearchable = /^(INVALID_SEARCH|MALFORMED_SEARCH|QUERY_TIMEOUT|QUERY_TOO_COMPLICATED|EXCEEDED_ID_LIMIT)$/;
/** Of objects that not everybody has. */
const unavailable = /^(INVALID_TYPE|INSUFFICIENT_ACCESS|INSUFFICIENT_ACCESS_OR_READONLY)$/;

const salesforceErrors = z.array(z.looseObject({ errorCode: z.string(), message: z.string().catch('') }));
const batchAnswer = z.looseObject({
  results: z.array(z.looseObject({ statusCode: z.number().int(), result: z.unknown() })),
});
const rowsAnswer = z.union([
  z.looseObject({ records: z.array(row) }).transform(({ records }) => records),
  z.looseObject({ searchRecords: z.array(row) }).transform(({ searchRecords }) => searchRecords),
]);

/**
 * Asks an org questions in the session of one intent, all of them in one request. To a query, a field that
 * field-level security hides from this person is like one that does not exist (`INVALID_FIELD`, SOQL and SOSL
 * Reference): such a field is left out and the query sent again; where it is in the condition, nothing is found by it.
 */
export class OrgLookups {
  readonly #services: IntentServices;
  readonly #session: IntentSession;
  /** Fields found to be hidden from this person, left out of the next query at once. */
  readonly #hidden = new Set<string>();

  constructor(services: IntentServices, session: IntentSession) {
    this.#services = services;
    this.#session = session;
  }

  /**
   * Asks all, and returns what was found by each.
   *
   * @throws IntentError when the org cannot be asked, or refuses a question about contacts or accounts
   */
  async run(lookups: readonly Lookup[]): Promise<Found[]> {
    const found = new Map<Lookup, Found>();
    const refusals: Failure[] = [];
    let open = [...lookups];
    while (open.length > 0) {
      const asked = open.map((lookup) => this.#visible(lookup));
      const answers = await this.#ask(open.map((lookup, index) => pathOf(lookup.statement(asked[index]!))));
      const again: Lookup[] = [];
      for (const [index, lookup] of open.entries()) {
        const answer = answers[index]!;
        const result = answer.ok
          ? rowsOf(lookup, answer.data)
          : this.#afterRefusal(lookup, asked[index]!, answer.error, refusals);
        if (result === 'again') again.push(lookup);
        else found.set(lookup, result);
      }
      open = again;
    }
    // What others find is worth showing; where none was answered there is nothing to show.
    if (refusals.length > 0 && refusals.length === lookups.length) throw intentErrorOf(refusals[0]!);
    return lookups.map((lookup) => found.get(lookup)!);
  }

  /** The rows of one question. */
  async rows(lookup: Lookup): Promise<FoundRow[]> {
    return (await this.run([lookup]))[0]!.rows;
  }

  async #ask(paths: readonly string[]): Promise<Outcome<unknown>[]> {
    if (paths.length === 1) return [await this.#services.request(this.#session.sessionId, paths[0]!)];
    const chunks = Array.from({ length: Math.ceil(paths.length / mostInBatch) }, (_, at) =>
      paths.slice(at * mostInBatch, (at + 1) * mostInBatch),
    );
    return (await Promise.all(chunks.map((chunk) => this.#askBatch(chunk)))).flat();
  }

  async #askBatch(paths: readonly string[]): Promise<Outcome<unknown>[]> {
    const body = {
      haltOnError: false,
      batchRequests: paths.map((path) => ({ method: 'GET', url: path.replace(/^\/services\/data\//, '') })),
    };
    const outcome = await this.#services.request(this.#session.sessionId, apiPaths.compositeBatch(), {
      method: 'POST',
      body,
    });
    if (!outcome.ok) throw intentErrorOf(outcome.error);
    const answer = batchAnswer.safeParse(outcome.data);
    if (!answer.success || answer.data.results.length !== paths.length) throw unknownForm();
    return answer.data.results.map(({ statusCode, result }) =>
      statusCode < 400
        ? ({ ok: true, data: result } as const)
        : failure('REQUEST_FAILED', salesforceErrors.safeParse(result).data?.[0]?.message ?? '', {
            status: statusCode,
            data: result,
          }),
    );
  }

  #visible({ object, fields }: Lookup): string[] {
    return fields.filter((field) => !this.#hidden.has(`${object}.${field}`));
  }

  #afterRefusal(lookup: Lookup, asked: readonly string[], error: Failure, refusals: Failure[]): Found | 'again' {
    const errors = salesforceErrors.safeParse(error.data).data ?? [];
    const sentences = errors.filter(({ errorCode }) => errorCode === 'INVALID_FIELD').map(({ message }) => message);
    if (sentences.length > 0) return this.#leaveOut(lookup, asked, sentences);
    if (errors.some(({ errorCode }) => unsearchable.test(errorCode))) {
      refusals.push(error);
      return { rows: [], isWhole: false };
    }
    // Not everybody works with leads.
    if (lookup.object === 'Lead' && errors.some(({ errorCode }) => unavailable.test(errorCode)))
      return { rows: [], isWhole: true };
    throw intentErrorOf(error);
  }

  #leaveOut({ object }: Lookup, asked: readonly string[], sentences: readonly string[]): Found | 'again' {
    const names = namesIn(sentences);
    const optional = asked.filter((field) => !alwaysVisible.includes(field));
    const unseen = optional.filter((field) =>
      field
        .toLowerCase()
        .split('.')
        .some((part) => names.includes(part)),
    );
    // Where no field is named, only those that everybody sees are asked for.
    const left = names.length === 0 ? optional : unseen;
    for (const field of left) this.#hidden.add(`${object}.${field}`);
    // Else the field is in the condition, so leaving it out of the columns does not help.
    return left.length > 0 ? 'again' : { rows: [], isWhole: true };
  }
}

const pathOf = (statement: SoqlText | SoslText): string =>
  isSoslText(statement) ? apiPaths.search(statement.toString()) : apiPaths.query(statement);

/** Columns and relationships that these messages name; none where they are in a language other than English. */
function namesIn(sentences: readonly string[]): string[] {
  const found = sentences.flatMap((sentence) => [
    ...sentence.matchAll(/(?:No such column|understand relationship) '([^']+)'/g),
  ]);
  return found.map(([, name]) => name!.toLowerCase());
}

function rowsOf({ object, most }: Lookup, data: unknown): Found {
  const answer = rowsAnswer.safeParse(data);
  if (!answer.success) throw unknownForm();
  return { rows: answer.data.map((one) => ({ ...one, object })), isWhole: answer.data.length < most };
}

const unknownForm = (): IntentError =>
  new IntentError(fdc3Errors.handlerRejected, 'REQUEST_FAILED', 'Salesforce answered a query in an unknown form');
