import { addressFields } from './addressFields.ts';
import { cleanStatuses, leadSources } from './account.ts';
import { checkbox, date, dateTime, email, idField, lookup, phone, readOnly, text, textArea, url } from './fieldBuilders.ts';
import { picklist } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import { derivePersonName, personNameFields } from './personName.ts';
import { auditFields, isDeletedField, lastActivityField, ownerField, viewedFields } from './systemFields.ts';

/** A person at a client. */
export const contact = defineObject({
  name: 'Contact',
  keyPrefix: '003',
  feedEnabled: true,
  fields: [
    idField(),
    isDeletedField(),
    lookup('MasterRecordId', 'Contact', null, readOnly),
    lookup('AccountId', 'Account', 'Contacts', { cascadeDelete: true }),
    ...personNameFields(),
    ...addressFields('Other'),
    ...addressFields('Mailing'),
    phone('Phone', { label: 'Business Phone' }),
    phone('Fax', { label: 'Business Fax' }),
    phone('MobilePhone'),
    phone('HomePhone'),
    phone('OtherPhone'),
    phone('AssistantPhone', { label: 'Asst. Phone' }),
    lookup('ReportsToId', 'Contact'),
    email('Email'),
    text('Title', 128, { searchGroup: 'text' }),
    text('Department', 80, { searchGroup: 'text' }),
    text('AssistantName', 40, { label: "Assistant's Name" }),
    picklist('LeadSource', leadSources),
    date('Birthdate'),
    textArea('Description', 32000, { label: 'Contact Description', searchGroup: 'text' }),
    ownerField(),
    checkbox('HasOptedOutOfEmail', { label: 'Email Opt Out' }),
    checkbox('DoNotCall'),
    ...auditFields(),
    lastActivityField('WhoId'),
    ...viewedFields(),
    text('EmailBouncedReason', 255, readOnly),
    dateTime('EmailBouncedDate', readOnly),
    checkbox('IsEmailBounced', { sql: '({row}.EmailBouncedDate IS NOT NULL)' }),
    url('PhotoUrl', readOnly),
    picklist('CleanStatus', cleanStatuses, { length: 40, restrictedPicklist: true }),
  ],
  layoutSections: [
    {
      heading: 'Contact Information',
      fields: ['OwnerId', 'Name', 'AccountId', 'Title', 'Department', 'Birthdate', 'ReportsToId', 'LeadSource', 'Phone', 'HomePhone',
        'MobilePhone', 'OtherPhone', 'Fax', 'Email', 'AssistantName', 'AssistantPhone'],
    },
    { heading: 'Address Information', fields: ['MailingAddress', 'OtherAddress'] },
    { heading: 'Description Information', fields: ['Description'] },
  ],
  compactLayout: ['Name', 'Title', 'AccountId', 'Phone', 'Email', 'OwnerId'],
  derive: derivePersonName,
});
