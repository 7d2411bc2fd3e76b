/** Field types as the describe call names them. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'address'
  | 'base64';

export interface PicklistEntry {
  value: string;
  label: string;
  isDefault: boolean;
}

export interface FieldReference {
  /** Objects the field may point at; more than one makes it polymorphic. */
  to: readonly string[];
  /** Name of the parent in queries, `Account` or `Account__r`; null when the parent cannot be traversed. */
  relationshipName: string | null;
  /** Name of the children in queries, `Contacts` or `Coverages__r`; null when there is none. */
  childRelationshipName: string | null;
  /** Deleting the parent deletes the child; otherwise the field is cleared. */
  cascadeDelete: boolean;
}

/** Parts of a compound address, each the name of the field that stores it. */
export interface AddressParts {
  street: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
  latitude: string;
  longitude: string;
  geocodeAccuracy: string;
}

/** Which words of a record SOSL finds it by; what `besideName` holds is found `IN NAME FIELDS` like the name itself. */
export type SearchGroup = 'name' | 'besideName' | 'email' | 'phone' | 'text';

export interface FieldDefinition {
  name: string;
  label: string;
  type: FieldType;
  /** Characters a text value may have; 0 where length means nothing. */
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  custom: boolean;
  externalId: boolean;
  unique: boolean;
  /** Also finds its row in a path or an upsert, although it is no external id (Object Reference, "idLookup"). */
  idLookup: boolean;
  nameField: boolean;
  autoNumber: boolean;
  /** True when the value comes from other fields or rows and is never written by a caller. */
  calculated: boolean;
  /** Long text areas, compound and binary fields can neither filter, sort nor group. */
  filterable: boolean;
  sortable: boolean;
  groupable: boolean;
  /** A date whose year filters pass over, as that of a contact's birthdate (Object Reference, "Contact"). */
  filteredWithoutYear: boolean;
  restrictedPicklist: boolean;
  picklist: readonly PicklistEntry[];
  defaultValue: string | number | boolean | null;
  compoundFieldName: string | null;
  reference: FieldReference | undefined;
  addressParts: AddressParts | undefined;
  /** A lookup whose record is also found by the name of the row that it points at. */
  searchedByName: boolean;
  searchGroup: SearchGroup | undefined;
  /** SQL of a value that is looked up at query time; `{row}` stands for the row's table alias. Not stored. */
  sql: string | undefined;
}

export type StoredValue = string | number | null;
/** A row as the table holds it: one entry per stored field. */
export type StoredRow = Record<string, StoredValue>;

export interface ObjectDefinition {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  custom: boolean;
  /** In describe order; `Id` first. */
  fields: readonly FieldDefinition[];
  nameField: string;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  /** Found by SOSL. */
  searchable: boolean;
  /** SOSL looks into all its fields, whatever `IN … FIELDS` says. */
  searchedWhole: boolean;
  feedEnabled: boolean;
  /** Shown on pages (has layouts) and listed as recently viewed. */
  layoutable: boolean;
  /** Only administrators may write it (users, profiles, the organization). */
  setupObject: boolean;
  /** Only its author (and administrators) may change or delete a row. */
  authorEdits: boolean;
  /** Fields of the detail page, one list per section, for layouts. */
  layoutSections: readonly { heading: string; fields: readonly string[] }[];
  /** Fields of the highlights panel; the first is the title. */
  compactLayout: readonly string[];
  /**
   * Judges what a caller gives for a row, before the rest is derived from it. `previous` is the row that is changed.
   * @returns What is given, with what follows from it alone.
   * @throws OrgError for values that do not go together.
   */
  settle: ((given: StoredRow, previous: StoredRow | undefined, apiVersion: string) => StoredRow) | undefined;
  /** Fills fields that follow from others, before a row is written. `now` is milliseconds since the epoch. */
  derive: ((row: StoredRow, previous: StoredRow | undefined, now: number) => void) | undefined;
}
