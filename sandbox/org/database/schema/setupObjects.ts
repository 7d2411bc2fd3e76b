import { addressFields } from './addressFields.ts';
import {
  checkbox,
  dateTime,
  email,
  idField,
  int,
  lookup,
  phone,
  picklist,
  readOnly,
  required,
  text,
} from './fieldBuilders.ts';
import { languageField, localeField, timeZoneField } from './localeFields.ts';
import { defineObject } from './defineObject.ts';
import { auditFields } from './systemFields.ts';

/** What a group of users may do. */
export const profile = defineObject({
  name: 'Profile',
  keyPrefix: '00e',
  setupObject: true,
  searchable: false,
  layoutable: false,
  createable: false,
  deletable: false,
  fields: [
    idField(),
    text('Name', 255, { ...required, nameField: true }),
    text('UserType', 40, readOnly),
    text('Description', 255),
    ...auditFields(),
  ],
});

/** Place in the coverage hierarchy. */
export const userRole = defineObject({
  name: 'UserRole',
  label: 'Role',
  keyPrefix: '00E',
  setupObject: true,
  searchable: false,
  layoutable: false,
  deletable: false,
  fields: [
    idField(),
    text('Name', 80, { ...required, nameField: true }),
    lookup('ParentRoleId', 'UserRole', null, { label: 'Parent Role ID' }),
    text('DeveloperName', 80),
    text('RollupDescription', 80, { label: 'Description' }),
    ...auditFields(),
  ],
});

/** The org itself: one row. */
export const organization = defineObject({
  name: 'Organization',
  keyPrefix: '00D',
  setupObject: true,
  searchable: false,
  layoutable: false,
  createable: false,
  deletable: false,
  fields: [
    idField(),
    text('Name', 80, { ...required, nameField: true }),
    ...addressFields(''),
    phone('Phone', { searchGroup: undefined }),
    text('PrimaryContact', 80),
    localeField('DefaultLocaleSidKey'),
    languageField('LanguageLocaleKey'),
    timeZoneField('TimeZoneSidKey'),
    int('FiscalYearStartMonth', { label: 'Fiscal Year Starts In' }),
    text('NamespacePrefix', 15, readOnly),
    text('InstanceName', 5, readOnly),
    checkbox('IsSandbox', readOnly),
    picklist('OrganizationType', ['Enterprise Edition', 'Developer Edition'], { ...readOnly, label: 'Edition' }),
    dateTime('TrialExpirationDate', readOnly),
    email('SystemEmail', { ...readOnly, searchGroup: undefined }),
    ...auditFields(),
  ],
});

/** Record types; each object also has its master type, which is not a row. */
export const recordType = defineObject({
  name: 'RecordType',
  keyPrefix: '012',
  setupObject: true,
  searchable: false,
  layoutable: false,
  deletable: false,
  fields: [
    idField(),
    text('Name', 80, { ...required, nameField: true, label: 'Record Type Name' }),
    text('DeveloperName', 80, { ...required, label: 'Record Type Name' }),
    text('NamespacePrefix', 15, readOnly),
    text('Description', 255),
    text('SobjectType', 40, { ...required, updateable: false, label: 'SObject Type Name' }),
    checkbox('IsActive', { label: 'Active' }),
    ...auditFields(),
  ],
});
