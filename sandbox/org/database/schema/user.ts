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
  textArea,
  url,
} from './fieldBuilders.ts';
import { languageField, localeField, timeZoneField } from './localeFields.ts';
import { defineObject } from './defineObject.ts';
import { regions } from './account.ts';
import type { FieldDefinition } from './objectDefinition.ts';
import { derivePersonName } from './personName.ts';
import { auditFields, viewedFields } from './systemFields.ts';
import { userPermissions, userPreferences } from './userFlags.ts';

const frequencies = ['D', 'W', 'N'];

function flags(): FieldDefinition[] {
  const label = (name: string): { label: string } => ({ label: name.replace(/([a-z0-9])([A-Z])/g, '$1 $2') });
  return [
    ...userPermissions.map((name) => checkbox(`UserPermissions${name}`, label(name))),
    ...userPreferences.map((name) => checkbox(`UserPreferences${name}`, label(name))),
  ];
}

function photos(): FieldDefinition[] {
  const names = [
    'FullPhotoUrl',
    'SmallPhotoUrl',
    'MediumPhotoUrl',
    'BannerPhotoUrl',
    'SmallBannerPhotoUrl',
    'MediumBannerPhotoUrl',
  ];
  return names.map((name) => url(name, { ...readOnly, length: 1024 }));
}

/** Somebody who can sign in. Users are deactivated, never deleted, and have no owner. */
export const user = defineObject({
  name: 'User',
  keyPrefix: '005',
  setupObject: true,
  deletable: false,
  feedEnabled: true,
  fields: [
    idField(),
    text('Username', 80, { ...required, unique: true, searchGroup: 'text' }),
    text('LastName', 80, { ...required, compoundFieldName: 'Name' }),
    text('FirstName', 40, { compoundFieldName: 'Name' }),
    text('Name', 121, { ...readOnly, nillable: false, nameField: true, label: 'Full Name', searchGroup: 'name' }),
    text('CompanyName', 80),
    picklist('Division', regions, { length: 80 }),
    text('Department', 80),
    text('Title', 80, { searchGroup: 'text' }),
    ...addressFields(''),
    email('Email', { ...required, length: 128, idLookup: true }),
    checkbox('EmailPreferencesAutoBcc', { label: 'AutoBcc', defaultValue: true }),
    email('SenderEmail', { label: 'Email Sender Address', searchGroup: undefined }),
    text('SenderName', 80, { label: 'Email Sender Name' }),
    textArea('Signature', 1333, { label: 'Email Signature' }),
    phone('Phone'),
    text('Extension', 40),
    phone('Fax'),
    phone('MobilePhone', { label: 'Mobile' }),
    text('Alias', 8, required),
    text('CommunityNickname', 40, { ...required, label: 'Nickname', searchGroup: 'besideName' }),
    text('BadgeText', 80, readOnly),
    checkbox('IsActive', { label: 'Active', defaultValue: true }),
    timeZoneField('TimeZoneSidKey', { ...required, label: 'Time Zone', defaultValue: 'Europe/London' }),
    lookup('UserRoleId', 'UserRole', 'Users', { label: 'Role ID' }),
    localeField('LocaleSidKey', { ...required, label: 'Locale', defaultValue: 'en_GB' }),
    checkbox('ReceivesInfoEmails', { label: 'Info Emails' }),
    checkbox('ReceivesAdminInfoEmails', { label: 'Admin Info Emails' }),
    picklist('EmailEncodingKey', ['UTF-8', 'ISO-8859-1'], {
      ...required,
      length: 40,
      restrictedPicklist: true,
      label: 'Email Encoding',
      defaultValue: 'UTF-8',
    }),
    lookup('ProfileId', 'Profile', 'Users', required),
    picklist('UserType', ['Standard', 'PowerPartner', 'Guest'], { ...readOnly, length: 40, defaultValue: 'Standard' }),
    languageField('LanguageLocaleKey', { ...required, label: 'Language', defaultValue: 'en_US' }),
    text('EmployeeNumber', 20),
    lookup('DelegatedApproverId', 'User'),
    lookup('ManagerId', 'User', 'ManagedUsers'),
    dateTime('LastLoginDate', { ...readOnly, label: 'Last Login' }),
    dateTime('LastPasswordChangeDate', { ...readOnly, label: 'Last Password Change or Reset' }),
    ...auditFields(),
    int('NumberOfFailedLogins', { ...readOnly, label: 'Failed Login Attempts' }),
    dateTime('OfflineTrialExpirationDate', readOnly),
    checkbox('ForecastEnabled', { label: 'Allow Forecasting' }),
    ...flags(),
    lookup('ContactId', 'Contact', 'Users', { updateable: false }),
    lookup('AccountId', 'Account', 'Users', readOnly),
    text('CallCenterId', 18, { label: 'Call Center ID' }),
    text('FederationIdentifier', 512, { label: 'SAML Federation ID' }),
    textArea('AboutMe', 1000, { label: 'About Me' }),
    ...photos(),
    picklist('DigestFrequency', frequencies, {
      ...required,
      label: 'Chatter Email Highlights Frequency',
      length: 40,
      defaultValue: 'D',
    }),
    picklist('DefaultGroupNotificationFrequency', ['P', ...frequencies], {
      ...required,
      label: 'Default Notification Frequency when Joining Groups',
      length: 40,
      defaultValue: 'N',
    }),
    int('JigsawImportLimitOverride', { label: 'Data.com Monthly Addition Limit' }),
    ...viewedFields(),
    text('IndividualId', 18, { label: 'Individual ID' }),
    checkbox('IsProfilePhotoActive', { ...readOnly, label: 'Has Profile Photo' }),
  ],
  compactLayout: ['Name', 'Title', 'Phone', 'Email'],
  derive: derivePersonName,
});
