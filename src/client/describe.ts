import { readOptionNames, request, type ReadOptions } from './apiRequest.ts';
import { checkConnection, checkOptions, checkType, type Connection } from './checks.ts';
import type { SObjectName } from './sobjectTypes.ts';

/** A field as the org describes it; it has more members than are named here. */
export interface FieldDescription {
  name: string;
  label: string;
  type: string;
  length: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  externalId: boolean;
  picklistValues: readonly { value: string; label: string; active: boolean; defaultValue: boolean }[];
  referenceTo: readonly string[];
  relationshipName: string | null;
  [member: string]: unknown;
}

/** An object as the org describes it; it has more members than are named here. */
export interface ObjectDescription {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string | null;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  fields: readonly FieldDescription[];
  childRelationships: readonly { childSObject: string; field: string; relationshipName: string | null }[];
  [member: string]: unknown;
}

/**
 * What an object is and which fields it has, as far as the person may see them.
 *
 * @throws `ParameterError` for what is no API name, before anything is sent; else as `request`
 * @see REST API Developer Guide, "sObject Describe"
 */
export async function describe(
  connection: Connection,
  type: SObjectName,
  options: ReadOptions = {},
): Promise<ObjectDescription> {
  checkConnection(connection);
  checkType(type);
  checkOptions(options, readOptionNames);
  const { data } = await request<ObjectDescription>(
    connection,
    `/services/data/vXX.X/sobjects/${type}/describe`,
    options,
  );
  return data!;
}
