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
 * The objects whose fields the compiler knows, by API name. An app adds its own:
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

/** The API name of an object: one of {@link SObjectTypes}, or any other. */
export type SObjectName = keyof SObjectTypes | (string & {});

/** Fields that an org has beyond the standard ones, and what leads to another record. */
type OwnField = `${string}__${string}`;

/** A field of an object, or a path over lookups to one: `Name`, `LEI__c`, `Owner.Name`. */
export type FieldOf<Type extends SObjectName> = Type extends keyof SObjectTypes
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
} & { [Name in Field as FirstName<Name>]: ValueOf<Type, Name> };

/**
 * Values of fields to write: null empties a field, a `Date` is a dateTime in UTC. A lookup may be written by the
 * external id of its record: `Account: { LEI__c: '…' }`, for an object of one's own `Account__r: { … }`.
 */
export type FieldValues<Type extends SObjectName> = Type extends keyof SObjectTypes
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
