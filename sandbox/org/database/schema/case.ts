import {
  checkbox,
  dateTime,
  email,
  idField,
  lookup,
  phone,
  picklist,
  readOnly,
  required,
  text,
  textArea,
} from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import type { StoredRow } from './objectDefinition.ts';
import { formatDateTime } from '../storedDate.ts';
import { auditFields, isDeletedField, ownerField, viewedFields } from './systemFields.ts';

const ofContact = (field: string): string => `(SELECT ${field} FROM "Contact" WHERE Id = {row}.ContactId)`;

function derive(row: StoredRow, _previous: StoredRow | undefined, now: number): void {
  const closed = String(row['Status']).toLowerCase() === 'closed';
  row['IsClosed'] = closed ? 1 : 0;
  row['ClosedDate'] = closed ? (row['ClosedDate'] ?? formatDateTime(now)) : null;
}

/** A client's service request. `CaseNumber` counts up by itself. */
export const caseObject = defineObject({
  name: 'Case',
  keyPrefix: '500',
  feedEnabled: true,
  fields: [
    idField(),
    isDeletedField(),
    lookup('MasterRecordId', 'Case', null, readOnly),
    text('CaseNumber', 30, {
      ...readOnly,
      nillable: false,
      nameField: true,
      idLookup: true,
      autoNumber: true,
      searchGroup: 'name',
    }),
    lookup('ContactId', 'Contact', 'Cases'),
    lookup('AccountId', 'Account', 'Cases'),
    lookup('ParentId', 'Case', 'Cases', { label: 'Parent Case ID' }),
    text('SourceId', 18, { ...readOnly, label: 'Source ID' }),
    text('SuppliedName', 80, { label: 'Name', searchGroup: 'besideName' }),
    email('SuppliedEmail', { label: 'Email Address' }),
    phone('SuppliedPhone', { label: 'Phone' }),
    text('SuppliedCompany', 80, { label: 'Company', searchGroup: 'besideName' }),
    picklist('Type', ['Question', 'Trade Break', 'Documentation', 'Payment Investigation', 'Other'], {
      label: 'Case Type',
    }),
    picklist('Status', ['New', 'Working', 'Escalated', 'Closed'], { ...required, defaultValue: 'New' }),
    picklist('Reason', ['Settlement', 'Static Data', 'Fees', 'Onboarding', 'Access', 'Other'], {
      label: 'Case Reason',
    }),
    picklist('Origin', ['Phone', 'Email', 'Web', 'Chat'], { label: 'Case Origin' }),
    text('Subject', 255, { searchGroup: 'besideName' }),
    picklist('Priority', ['High', 'Medium', 'Low'], { ...required, defaultValue: 'Medium' }),
    textArea('Description', 32000, { searchGroup: 'text' }),
    checkbox('IsClosed', { ...readOnly, label: 'Closed' }),
    dateTime('ClosedDate', readOnly),
    checkbox('IsEscalated', { label: 'Escalated' }),
    ownerField(),
    ...auditFields(),
    phone('ContactPhone', { sql: ofContact('Phone'), searchGroup: undefined }),
    phone('ContactMobile', { sql: ofContact('MobilePhone'), searchGroup: undefined }),
    email('ContactEmail', { sql: ofContact('Email'), searchGroup: undefined }),
    phone('ContactFax', { sql: ofContact('Fax'), searchGroup: undefined }),
    textArea('Comments', 4000, { label: 'Internal Comments' }),
    ...viewedFields(),
  ],
  layoutSections: [
    {
      heading: 'Case Information',
      fields: [
        'OwnerId',
        'CaseNumber',
        'ContactId',
        'AccountId',
        'Type',
        'Reason',
        'Status',
        'Priority',
        'Origin',
        'ContactPhone',
        'ContactEmail',
      ],
    },
    { heading: 'Description Information', fields: ['Subject', 'Description', 'Comments'] },
  ],
  compactLayout: ['Subject', 'Priority', 'Status', 'CaseNumber', 'ContactId', 'AccountId', 'OwnerId'],
  derive,
});
