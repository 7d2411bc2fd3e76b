import type { FieldDefinition, FieldReference, FieldType, PicklistEntry } from './objectDefinition.ts';

/** What may be said about a field beyond its builder's defaults. */
export type FieldOptions = Partial<FieldDefinition>;

/** `AnnualRevenue` -> `Annual Revenue`, `AccountId` -> `Account ID`, `Product__c` -> `Product`. */
export function labelOf(name: string): string {
  return name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/\bId$/, 'ID');
}

function field(type: FieldType, name: string, options: FieldOptions): FieldDefinition {
  const calculated = options.calculated ?? options.sql !== undefined;
  return {
    name,
    label: labelOf(name),
    type,
    length: 0,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: !calculated,
    updateable: !calculated,
    custom: name.endsWith('__c'),
    externalId: false,
    unique: false,
    idLookup: name === 'Id' || options.externalId === true || options.unique === true,
    nameField: false,
    autoNumber: false,
    calculated,
    filterable: true,
    sortable: true,
    groupable: true,
    filteredWithoutYear: false,
    restrictedPicklist: false,
    picklist: [],
    defaultValue: null,
    compoundFieldName: null,
    reference: undefined,
    addressParts: undefined,
    searchedByName: false,
    searchGroup: undefined,
    sql: undefined,
    ...options,
  };
}

/** A value the caller must give: not nillable and without a default. */
export const required: FieldOptions = { nillable: false };
/** A value Salesforce sets by itself. */
export const readOnly: FieldOptions = { createable: false, updateable: false };

/** A text of one line, of at most so many characters. */
export function text(name: string, length: number, options: FieldOptions = {}): FieldDefinition {
  return field('string', name, { length, ...options });
}

/** Text areas longer than 255 characters cannot be filtered, sorted or grouped. */
export function textArea(name: string, length: number, options: FieldOptions = {}): FieldDefinition {
  const short = length <= 255;
  return field('textarea', name, { length, filterable: short, sortable: short, groupable: short, ...options });
}

/** An e-mail address, which SOSL finds `IN EMAIL FIELDS`. */
export function email(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('email', name, { length: 80, searchGroup: 'email', ...options });
}

/** A phone number, which SOSL finds `IN PHONE FIELDS`. */
export function phone(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('phone', name, { length: 40, searchGroup: 'phone', ...options });
}

/** A web address. */
export function url(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('url', name, { length: 255, ...options });
}

/** A checkbox is never null; it starts as false unless `defaultValue` says otherwise. */
export function checkbox(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('boolean', name, { nillable: false, defaultValue: false, ...options });
}

/** A whole number of at most eight digits. */
export function int(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('int', name, { precision: 8, ...options });
}

/** A number of so many digits in all, of which `scale` are decimals. */
export function double(name: string, precision: number, scale: number, options: FieldOptions = {}): FieldDefinition {
  return field('double', name, { precision, scale, ...options });
}

/** An amount of money, with two decimals. */
export function currency(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('currency', name, { precision: 18, scale: 2, groupable: false, ...options });
}

/** A percentage without decimals. */
export function percent(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('percent', name, { precision: 3, scale: 0, groupable: false, ...options });
}

/** A day. */
export function date(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('date', name, options);
}

/** A moment. */
export function dateTime(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('datetime', name, { groupable: false, ...options });
}

function entries(values: readonly string[], defaultValue: FieldOptions['defaultValue']): PicklistEntry[] {
  return values.map((value) => ({ value, label: value, isDefault: value === defaultValue }));
}

/** Accepts other values too, as Salesforce's standard picklists do, unless `restrictedPicklist` is set. */
export function picklist(name: string, values: readonly string[], options: FieldOptions = {}): FieldDefinition {
  return field('picklist', name, { length: 255, picklist: entries(values, options.defaultValue), ...options });
}

/** Several values out of a list. Salesforce stores them as one text, divided by semicolons. */
export function multiPicklist(name: string, values: readonly string[], options: FieldOptions = {}): FieldDefinition {
  return field('multipicklist', name, {
    length: 4099,
    picklist: entries(values, null),
    restrictedPicklist: true,
    sortable: false,
    groupable: false,
    ...options,
  });
}

/**
 * A lookup; the parent's name in queries is the field's without `Id` (`AccountId` -> `Account`, `Account__c` ->
 * `Account__r`).
 */
export function lookup(
  name: string,
  to: string | readonly string[],
  childRelationshipName: string | null = null,
  options: FieldOptions & { cascadeDelete?: boolean } = {},
): FieldDefinition {
  const { cascadeDelete = false, ...rest } = options;
  const reference: FieldReference = {
    to: typeof to === 'string' ? [to] : to,
    relationshipName: name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, ''),
    childRelationshipName,
    cascadeDelete,
  };
  return field('reference', name, { length: 18, reference, ...rest });
}

/** A binary field, which JSON holds as base64. */
export function base64(name: string, options: FieldOptions = {}): FieldDefinition {
  return field('base64', name, { filterable: false, sortable: false, groupable: false, ...options });
}

/** The record's id. */
export function idField(): FieldDefinition {
  return field('id', 'Id', { ...readOnly, label: 'Record ID', length: 18, nillable: false });
}

/** The compound field of an address; its parts are built by {@link addressFields}. */
export function compoundAddress(name: string, options: FieldOptions): FieldDefinition {
  return field('address', name, { ...readOnly, sortable: false, groupable: false, ...options });
}
