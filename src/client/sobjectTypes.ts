import type {
  SalesforceRestApiSObjectAccount,
  SalesforceRestApiSObjectAttributes,
  SalesforceRestApiSObjectCampaign,
  SalesforceRestApiSObjectCase,
  SalesforceRestApiSObjectContact,
  SalesforceRestApiSObjectEvent,
  SalesforceRestApiSObjectLead,
  SalesforceRestApiSObjectOpportunity,
  SalesforceRestApiSObjectTask,
  SalesforceRestApiSObjectUser,
} from './restApi.ts';

/**
 * The objects whose fields the compiler knows, by API name. An app adds its own, or has `salesforce-interop types`
 * write all of an org (`OrgSObjects`):
 *
 * @example
 * ```ts
 * declare module 'salesforce-interop-client' {
 *   interface SObjectTypes {
 *     Invoice__c: SalesforceRestApiSObject<{ Amount__c: null | number; Paid__c: boolean }>;
 *   }
 * }
 * ```
 */
export interface SObjectTypes {
  Account: SalesforceRestApiSObjectAccount;
  Campaign: SalesforceRestApiSObjectCampaign;
  Case: SalesforceRestApiSObjectCase;
  Contact: SalesforceRestApiSObjectContact;
  Event: SalesforceRestApiSObjectEvent;
  Lead: SalesforceRestApiSObjectLead;
  Opportunity: SalesforceRestApiSObjectOpportunity;
  Task: SalesforceRestApiSObjectTask;
  User: SalesforceRestApiSObjectUser;
}

/** The API name of an object: one of those written for the org, one of {@link SObjectTypes}, or any other. */
export type SObjectName = OrgSObjectName | keyof SObjectTypes | (string & {});

/** Fields that an org has beyond the standard ones, and what leads to another record. */
type OwnField = `${string}__${string}`;

/** A field of an object, or a path over lookups to one: `Name`, `LEI__c`, `Owner.Name`. */
export type FieldOf<Type extends SObjectName> = Type extends OrgSObjectName
  ? OrgFieldOf<Type>
  : Type extends keyof SObjectTypes
    ? (keyof SObjectTypes[Type] & string) | OwnField | `${string}.${string}`
    : string;

type FirstName<Path extends string> = Path extends `${infer First}.${string}` ? First : Path;
type ValueOf<Type extends SObjectName, Field extends string> = Type extends keyof SObjectTypes
  ? Field extends keyof SObjectTypes[Type]
    ? SObjectTypes[Type][Field]
    : unknown
  : unknown;

/** A record of which these fields were read. */
export type RecordWith<Type extends SObjectName, Field extends string> = {
  attributes: SalesforceRestApiSObjectAttributes;
  Id: string;
} & RecordFields<Type, Field>;

/** The members of a record that hold what was read. */
type RecordFields<Type extends SObjectName, Field extends string> = Type extends OrgSObjectName
  ? OrgRecordFields<Type, Field>
  : { [Name in Field as FirstName<Name>]: ValueOf<Type, Name> };

/**
 * Values of fields to write: null empties a field, a `Date` is a dateTime in UTC. A lookup may be written by the
 * external id of its record: `Account: { LEI__c: '…' }`, for an object of one's own `Account__r: { … }`.
 */
export type FieldValues<Type extends SObjectName> = Type extends OrgSObjectName
  ? OrgFieldValues<Type>
  : Type extends keyof SObjectTypes
    ? {
        [Field in Exclude<keyof SObjectTypes[Type], 'attributes' | 'Id'>]?:
          SObjectTypes[Type][Field] | WrittenOtherwise<SObjectTypes[Type][Field]> | null | undefined;
      } & { [Own in OwnField]?: unknown } & LookupByExternalId
    : Record<string, unknown>;

/** A date is read as a text, and may be written as a `Date`. */
type WrittenOtherwise<Value> = Extract<Value, string> extends never ? never : Date;
type LookupByExternalId = {
  [
    Parent in 'Account' | 'Campaign' | 'Case' | 'Contact' | 'Lead' | 'Opportunity' | 'Owner' | 'Parent' | 'What' | 'Who'
  ]?: Record<string, unknown> | undefined;
};

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

type OrgSObjectName = keyof OrgSObjects;

// Not by index: with no object written there would be nothing to take a member of.
type PartOf<Type, Part extends keyof OrgSObject> = Type extends Record<Part, infer Value> ? Value : never;
type Fields<Type extends OrgSObjectName> = PartOf<OrgSObjects[Type], 'fields'>;
type Parents<Type extends OrgSObjectName> = PartOf<OrgSObjects[Type], 'parents'>;
type FieldName<Type extends OrgSObjectName> = keyof Fields<Type> & string;
type ParentName<Type extends OrgSObjectName> = keyof Parents<Type> & string;

/** A field of an object of the org, or a path to one of which the first two steps are checked. */
type OrgFieldOf<Type extends OrgSObjectName> =
  FieldName<Type> | { [Parent in ParentName<Type>]: `${Parent}.${FirstStep<Parents<Type>[Parent]>}` }[ParentName<Type>];

type FirstStep<Target> = Target extends OrgSObjectName
  ? FieldName<Target> | `${ParentName<Target>}.${string}`
  : Target extends SObjectName
    ? FieldOf<Target>
    : string;

/** The members of a record of the org of which these fields were read; records that lookups lead to hold theirs. */
type OrgRecordFields<Type extends OrgSObjectName, Field extends string> = {
  [Name in FirstName<Field>]: Name extends keyof Fields<Type>
    ? Fields<Type>[Name]
    : Name extends keyof Parents<Type>
      ? ParentRecord<Parents<Type>[Name], BeyondFirst<Field, Name>> | null
      : unknown;
};

type BeyondFirst<Path extends string, First extends string> = Path extends `${First}.${infer Rest}` ? Rest : never;
type ParentRecord<Target, Field extends string> = Target extends SObjectName
  ? { attributes: SalesforceRestApiSObjectAttributes } & RecordFields<Target, Field>
  : unknown;

/** Values to write of an object of the org, whose read-only fields are none. */
type OrgFieldValues<Type extends OrgSObjectName> = {
  [Field in Exclude<FieldName<Type>, PartOf<OrgSObjects[Type], 'readOnly'>>]?:
    Fields<Type>[Field] | (Field extends PartOf<OrgSObjects[Type], 'dates'> ? Date : never) | undefined;
} & { [Parent in ParentName<Type>]?: Record<string, unknown> | undefined };
