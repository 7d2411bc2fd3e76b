import { cleanStatuses, industries, leadSources } from './account.ts';
import { addressFields } from './addressFields.ts';
import { checkbox, currency, date, email, idField, int, lookup, phone, picklist, readOnly, required, text, textArea, url } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import { derivePersonName, personNameFields } from './personName.ts';
import { auditFields, isDeletedField, lastActivityField, ownerField, viewedFields } from './systemFields.ts';

export const leadStatuses = ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'];

/** Somebody who may become a client. */
export const lead = defineObject({
  name: 'Lead',
  keyPrefix: '00Q',
  feedEnabled: true,
  fields: [
    idField(),
    isDeletedField(),
    lookup('MasterRecordId', 'Lead', null, readOnly),
    ...personNameFields(),
    text('Title', 128, { searchGroup: 'text' }),
    text('Company', 255, { ...required, searchGroup: 'name' }),
    ...addressFields(''),
    phone('Phone'),
    phone('MobilePhone'),
    phone('Fax'),
    email('Email'),
    url('Website'),
    url('PhotoUrl', readOnly),
    textArea('Description', 32000, { searchGroup: 'text' }),
    picklist('LeadSource', leadSources),
    picklist('Status', leadStatuses, { ...required, label: 'Lead Status', defaultValue: 'Open - Not Contacted' }),
    picklist('Industry', industries),
    picklist('Rating', ['Hot', 'Warm', 'Cold']),
    currency('AnnualRevenue', { scale: 0 }),
    int('NumberOfEmployees', { label: 'No. of Employees' }),
    ownerField(),
    checkbox('IsConverted', { ...readOnly, label: 'Converted' }),
    date('ConvertedDate', readOnly),
    lookup('ConvertedAccountId', 'Account', null, readOnly),
    lookup('ConvertedContactId', 'Contact', null, readOnly),
    lookup('ConvertedOpportunityId', 'Opportunity', null, readOnly),
    checkbox('IsUnreadByOwner', { label: 'Unread By Owner' }),
    ...auditFields(),
    lastActivityField('WhoId'),
    ...viewedFields(),
    picklist('CleanStatus', cleanStatuses, { length: 40, restrictedPicklist: true }),
    text('CompanyDunsNumber', 9, { label: 'Company D-U-N-S Number' }),
    text('IndividualId', 18, { ...readOnly, label: 'Individual ID' }),
  ],
  layoutSections: [
    {
      heading: 'Lead Information',
      fields: ['OwnerId', 'Name', 'Company', 'Title', 'Status', 'Rating', 'Phone', 'MobilePhone', 'Fax', 'Email', 'Website', 'LeadSource',
        'Industry', 'AnnualRevenue', 'NumberOfEmployees'],
    },
    { heading: 'Address Information', fields: ['Address'] },
    { heading: 'Description Information', fields: ['Description'] },
  ],
  compactLayout: ['Name', 'Title', 'Company', 'Phone', 'Email', 'Status'],
  derive: derivePersonName,
});
