import { isSoqlText, type SoqlText } from '../salesforce/soqlQuoting.ts';
import { urlSegment } from '../salesforce/urlSegment.ts';
import { checkedId, checkField, checkFields, checkType, isPlainObject } from './checks.ts';
import { ParameterError } from './errors.ts';
import { checkedValues } from './fieldValues.ts';
import { externalValue } from './record.ts';
import type { SalesforceRestApiQueryResult, SalesforceRestApiSObject } from './restApi.ts';
import type { FieldOf, FieldValues, RecordWith, SObjectName } from './sobjectTypes.ts';

/** A value of an earlier part's answer, which Salesforce fills in. Only {@link Part.ref} makes one. */
export class Reference {
  readonly #text: string;

  /** @internal */
  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return this.#text;
  }
}

/** One part of a composite request. */
export class Part<Data> {
  /** @internal */
  readonly referenceId: string;
  /** Of the answer's data; there is no value. */
  declare readonly data: Data;

  /** @internal */
  constructor(referenceId: string) {
    this.referenceId = referenceId;
  }

  /**
   * A value of this part's answer for a later part: `id` of what it has made, or a path such as `records[0].Id`.
   *
   * @throws {@link ParameterError} for what is no path
   * @see REST API Developer Guide, "Composite", "Reference Identifiers"
   */
  ref(path: (keyof Data & string) | `${string}.${string}` | `${string}[${number}].${string}`): Reference {
    if (typeof path !== 'string' || !/^\w+(?:\[\d+\])?(?:\.\w+(?:\[\d+\])?)*$/.test(path))
      throw new ParameterError(`${JSON.stringify(path)} is no path into an answer, such as id or records[0].Id`);
    return new Reference(`@{${this.referenceId}.${path}}`);
  }
}

/** Field values in which answers of earlier parts may stand. */
export type ValuesWithReferences<Type extends SObjectName> = {
  [Field in keyof FieldValues<Type>]: FieldValues<Type>[Field] | Reference;
};

/** What can be part of a composite request. Each function adds a part. */
export interface CompositeBuilder {
  create<Type extends SObjectName>(type: Type, values: ValuesWithReferences<Type>): Part<{ id: string }>;
  update<Type extends SObjectName>(
    type: Type,
    id: string | Reference,
    values: ValuesWithReferences<Type>,
  ): Part<undefined>;
  upsert<Type extends SObjectName>(
    type: Type,
    externalField: FieldOf<Type>,
    value: string | number,
    values: ValuesWithReferences<Type>,
  ): Part<{ id: string; created: boolean }>;
  delete(type: SObjectName, id: string | Reference): Part<undefined>;
  read<Type extends SObjectName, const Field extends FieldOf<Type>>(
    type: Type,
    id: string | Reference,
    fields: readonly Field[],
  ): Part<RecordWith<Type, Field>>;
  /** The first page of a query. */
  query<Row extends SalesforceRestApiSObject = SalesforceRestApiSObject>(
    statement: SoqlText,
  ): Part<SalesforceRestApiQueryResult<Row>>;
}

export interface Subrequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  referenceId: string;
  body?: unknown;
}

const data = '/services/data/vXX.X';
const row = (type: string, id: string | Reference) => {
  checkType(type);
  return `${data}/sobjects/${type}/${id instanceof Reference ? id.toString() : checkedId(id)}`;
};

/** Collects the parts that are added. */
export function collectParts(): { builder: CompositeBuilder; subrequests: Subrequest[] } {
  const subrequests: Subrequest[] = [];
  const add = <Data>(method: Subrequest['method'], url: string, body?: unknown): Part<Data> => {
    const referenceId = `part${subrequests.length}`;
    subrequests.push({ method, url, referenceId, ...(body !== undefined && { body }) });
    return new Part<Data>(referenceId);
  };
  const builder: CompositeBuilder = {
    create(type, values) {
      checkType(type);
      return add('POST', `${data}/sobjects/${type}`, referring(values));
    },
    update: (type, id, values) => add('PATCH', row(type, id), referring(values)),
    upsert(type, externalField, value, values) {
      checkType(type);
      checkField(externalField);
      const key = withoutReferences(externalValue(externalField, value));
      return add('PATCH', `${data}/sobjects/${type}/${externalField}/${urlSegment(key)}`, referring(values));
    },
    delete: (type, id) => add('DELETE', row(type, id)),
    read(type, id, fields) {
      checkFields(fields);
      return add('GET', `${row(type, id)}?fields=${fields.join(',')}`);
    },
    query(statement) {
      if (!isSoqlText(statement))
        throw new ParameterError('The statement must be made by soql`…`, which quotes the values in it');
      return add('GET', `${data}/query?q=${urlSegment(withoutReferences(statement.toString()))}`);
    },
  };
  return { builder, subrequests };
}

const referring = (values: unknown) => resolved(checkedValues(values));

/** A copy with references as texts, in which no other text could be taken for one. */
function resolved(value: unknown): unknown {
  if (value instanceof Reference) return value.toString();
  if (typeof value === 'string') return withoutReferences(value);
  if (Array.isArray(value)) return value.map(resolved);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member)]));
}

/** Salesforce has no escape for it: a text of somebody else's could fetch what another part has answered. */
function withoutReferences(text: string): string {
  if (text.includes('@{'))
    throw new ParameterError(
      'A value holds "@{", which Salesforce would take for a reference within a composite request: send it by itself',
    );
  return text;
}
