import type { Failure } from '../outcomes/failure.ts';
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
  /** Fields of the condition that are read too, so that it shows why a row was found. */
  needs?: readonly string[];
  /** It brings much that is not meant, so that it says nothing that there is more of it. */
  isLoose?: true;
  /**
   * It is for what belongs to one record only, by which the same is found for a while. That nothing was found is never
   * taken from memory: the record may be new.
   */
  isLasting?: true;
}

export type LookedUpObject = 'Contact' | 'Lead' | 'Account';

const row = z.looseObject({ Id: z.string() });
/** A row as the org answers it. Fields that this person may not see are missing. */
export type FoundRow = z.infer<typeof row> & { object: LookedUpObject };

/** The fields of a row by their names in lower case, as a configuration may write them in any. */
export const fieldsOf = (row: FoundRow): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [field.toLowerCase(), value]));

export interface Found {
  rows: FoundRow[];
  /** False where the org may have more rows of this kind, or did not say. */
  isWhole: boolean;
}

/** Fields that everybody who may read an object sees: field-level security cannot hide them. */
const alwaysVisible: readonly string[] = ['Id', 'Name', 'FirstName', 'LastName'];
/** For so many milliseconds it is remembered what was found by something that belongs to one record only. */
const lastingMs = 60_000;
/** Refusals that tell of what the question was about, and that another would not be answered better. */
const unsearchable = /^(INVALID_SEARCH|MALFORMED_SEARCH|QUERY_TIMEOUT|QUERY_TOO_COMPLICATED|EXCEEDED_ID_LIMIT)$/;
/** Of objects that not everybody has. */
const unavailable = /^(INVALID_TYPE|INSUFFICIENT_ACCESS|INSUFFICIENT_ACCESS_OR_READONLY)$/;

const salesforceErrors = z.array(z.looseObject({ errorCode: z.string(), message: z.string().catch('') }));
const rowsAnswer = z.union([
  z.looseObject({ records: z.array(row) }).transform(({ records }) => records),
  z.looseObject({ searchRecords: z.array(row) }).transform(({ searchRecords }) => searchRecords),
]);

/**
 * Asks an org questions in the session of one intent, all of them at once. To a query, a field that
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
      // In the same moment, so that the pipeline makes one composite request of what can be one: unlike each part of a
      // batch, its parts count as one request to the org.
      const answers = await Promise.all(
        open.map((lookup, index) =>
          this.#services.request(
            this.#session.sessionId,
            pathOf(lookup.statement(asked[index]!)),
            lookup.isLasting && { copy: { maxAge: lastingMs, isEnough: hasRows } },
          ),
        ),
      );
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

  #visible({ object, fields, needs = [] }: Lookup): string[] {
    return fields.filter((field) => needs.includes(field) || !this.#hidden.has(`${object}.${field}`));
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

  #leaveOut({ object, needs = [] }: Lookup, asked: readonly string[], sentences: readonly string[]): Found | 'again' {
    const names = namesIn(sentences);
    const optional = asked.filter((field) => !alwaysVisible.includes(field));
    const unseen = optional.filter((field) =>
      field
        .toLowerCase()
        .split('.')
        .some((part) => names.includes(part)),
    );
    // Where no field is named, only those that everybody sees are asked for, and those of the condition.
    const left = names.length === 0 ? optional.filter((field) => !needs.includes(field)) : unseen;
    for (const field of left) this.#hidden.add(`${object}.${field}`);
    // With a field of the condition it is of no use to ask again.
    return left.length > 0 && !left.some((field) => needs.includes(field)) ? 'again' : { rows: [], isWhole: true };
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

const hasRows = (data: unknown): boolean => (rowsAnswer.safeParse(data).data ?? []).length > 0;

function rowsOf({ object, most }: Lookup, data: unknown): Found {
  const answer = rowsAnswer.safeParse(data);
  if (!answer.success) throw unknownForm();
  return { rows: answer.data.map((one) => ({ ...one, object })), isWhole: answer.data.length < most };
}

const unknownForm = (): IntentError =>
  new IntentError(fdc3Errors.handlerRejected, 'REQUEST_FAILED', 'Salesforce answered a query in an unknown form');
