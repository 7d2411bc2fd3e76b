import type { SalesforceRestApiSObjectAttributes } from './restApi.ts';
import type { FieldOf, RecordFields, SObjectName } from './sobjectTypes.ts';

/**
 * The objects of an org, by API name, as `salesforce-interop types` writes them: what stands here stands over
 * {@link SObjectTypes}, and is all that the object has.
 */
export interface OrgSObjects {}

/** What is written of an object. */
export interface OrgSObject {
  /** Each field's value as it is read. */
  fields: object;
  /** Names of the fields that nobody writes. */
  readOnly: string;
  /** Names of the fields that hold a date or dateTime. */
  dates: string;
  /** By the relationship's name, the API name of the object that it leads to, or of those that it may lead to. */
  parents: object;
}

export type OrgSObjectName = keyof OrgSObjects;

// Not by index: with no object written there would be nothing to take a member of.
type PartOf<Type, Part extends keyof OrgSObject> = Type extends Record<Part, infer Value> ? Value : never;
type Fields<Type extends OrgSObjectName> = PartOf<OrgSObjects[Type], 'fields'>;
type Parents<Type extends OrgSObjectName> = PartOf<OrgSObjects[Type], 'parents'>;
type FieldName<Type extends OrgSObjectName> = keyof Fields<Type> & string;
type ParentName<Type extends OrgSObjectName> = keyof Parents<Type> & string;

/** A field of an object of the org, or a path to one of which the first two steps are checked. */
export type OrgFieldOf<Type extends OrgSObjectName> =
  FieldName<Type> | { [Parent in ParentName<Type>]: `${Parent}.${FirstStep<Parents<Type>[Parent]>}` }[ParentName<Type>];

type FirstStep<Target> = Target extends OrgSObjectName
  ? FieldName<Target> | `${ParentName<Target>}.${string}`
  : Target extends SObjectName
    ? FieldOf<Target>
    : string;

/** The members of a record of the org of which these fields were read; records that lookups lead to hold theirs. */
export type OrgRecordFields<Type extends OrgSObjectName, Field extends string> = {
  [Name in FirstName<Field>]: Name extends keyof Fields<Type>
    ? Fields<Type>[Name]
    : Name extends keyof Parents<Type>
      ? ParentRecord<Parents<Type>[Name], BeyondFirst<Field, Name>> | null
      : unknown;
};

type FirstName<Path extends string> = Path extends `${infer First}.${string}` ? First : Path;
type BeyondFirst<Path extends string, First extends string> = Path extends `${First}.${infer Rest}` ? Rest : never;
type ParentRecord<Target, Field extends string> = Target extends SObjectName
  ? { attributes: SalesforceRestApiSObjectAttributes } & RecordFields<Target, Field>
  : unknown;

/** Values to write of an object of the org, whose read-only fields are none. */
export type OrgFieldValues<Type extends OrgSObjectName> = {
  [Field in Exclude<FieldName<Type>, PartOf<OrgSObjects[Type], 'readOnly'>>]?:
    Fields<Type>[Field] | (Field extends PartOf<OrgSObjects[Type], 'dates'> ? Date : never) | undefined;
} & { [Parent in ParentName<Type>]?: Record<string, unknown> | undefined };
