import { soql, soqlName, soqlNames, type SoqlText } from '../salesforce/soqlQuoting.ts';
import { checkField, checkFields, checkType } from './checks.ts';
import type { FieldOf, RecordWith, SObjectName } from './sobjectTypes.ts';

declare const row: unique symbol;

/** A query that knows, for the compiler, what its rows are. */
export type SoqlOf<Row> = SoqlText & { readonly [row]?: Row };

/**
 * A query of an object's records, whose object and fields the compiler checks, and whose rows have the types of these
 * fields. The id is always among them.
 *
 * @param type - API name of the object
 * @param fields - and paths over lookups: `Name`, `Owner.Name`
 * @param rest - what follows the object: `WHERE`, `ORDER BY`, `LIMIT`
 * @throws `ParameterError` for what is no API name
 * @example
 * ```ts
 * const statement = select('Contact', ['Name', 'Account.Name'], soql`WHERE LastName = ${name} ORDER BY Name`);
 * for await (const { Name, Account } of query(salesforce, statement)) console.log(Name, Account?.Name);
 * ```
 * @see SOQL and SOSL Reference, "SOQL SELECT Syntax"
 */
export function select<Type extends SObjectName, const Field extends FieldOf<Type>>(
  type: Type,
  fields: readonly Field[],
  rest?: SoqlText,
): SoqlOf<RecordWith<Type, Field>> {
  checkType(type);
  checkFields(fields);
  const all = new Set<string>(['Id', ...fields]);
  const selected = soql`SELECT ${soqlNames([...all])} FROM ${soqlName(type)}`;
  return rest === undefined ? selected : soql`${selected} ${rest}`;
}

/**
 * The name of a field for a statement, which the compiler checks.
 *
 * @throws `ParameterError` for what is no API name
 * @example
 * ```ts
 * select('Contact', ['Name'], soql`WHERE ${soqlField('Contact', 'Email')} = ${email}`);
 * ```
 */
export function soqlField<Type extends SObjectName>(type: Type, field: FieldOf<Type>): SoqlText {
  checkType(type);
  checkField(field, { path: true });
  return soqlName(field);
}
