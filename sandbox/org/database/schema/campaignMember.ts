import { checkbox, date, idField, lookup, picklist, readOnly, required, text } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import type { StoredRow } from './objectDefinition.ts';
import { auditFields, isDeletedField } from './systemFields.ts';
import { formatDate } from '../storedDate.ts';

const person = (field: string): string =>
  `COALESCE((SELECT ${field} FROM "Contact" WHERE Id = {row}.ContactId), (SELECT ${field} FROM "Lead" WHERE Id = {row}.LeadId))`;

function derive(row: StoredRow, _previous: StoredRow | undefined, now: number): void {
  const responded = String(row['Status']).toLowerCase() === 'responded';
  row['HasResponded'] = responded ? 1 : 0;
  row['FirstRespondedDate'] = responded ? (row['FirstRespondedDate'] ?? formatDate(now)) : null;
}

/** A contact or lead who takes part in a campaign. */
export const campaignMember = defineObject({
  name: 'CampaignMember',
  keyPrefix: '00v',
  searchable: false,
  layoutable: false,
  nameField: 'Id',
  fields: [
    idField(),
    isDeletedField(),
    lookup('CampaignId', 'Campaign', 'CampaignMembers', { ...required, updateable: false, cascadeDelete: true }),
    lookup('LeadId', 'Lead', 'CampaignMembers', { updateable: false, cascadeDelete: true }),
    lookup('ContactId', 'Contact', 'CampaignMembers', { updateable: false, cascadeDelete: true }),
    picklist('Status', ['Sent', 'Responded'], { defaultValue: 'Sent' }),
    checkbox('HasResponded', { ...readOnly, label: 'Responded' }),
    ...auditFields(),
    date('FirstRespondedDate', readOnly),
    text('Name', 255, { sql: person('Name') }),
    text('FirstName', 40, { sql: person('FirstName') }),
    text('LastName', 80, { sql: person('LastName') }),
    text('Title', 128, { sql: person('Title') }),
    text('Email', 80, { sql: person('Email') }),
    text('Type', 40, { sql: "(CASE WHEN {row}.ContactId IS NOT NULL THEN 'Contact' ELSE 'Lead' END)" }),
  ],
  derive,
});
