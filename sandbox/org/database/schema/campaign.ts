import {
  checkbox,
  currency,
  date,
  double,
  idField,
  int,
  lookup,
  percent,
  picklist,
  readOnly,
  required,
  text,
  textArea,
} from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import { auditFields, isDeletedField, lastActivityField, ownerField, viewedFields } from './systemFields.ts';

const members = (condition: string): string =>
  `(SELECT COUNT(*) FROM "CampaignMember" WHERE CampaignId = {row}.Id AND IsDeleted = 0${condition})`;
const opportunities = (value: string, condition = ''): string =>
  `(SELECT ${value} FROM "Opportunity" WHERE CampaignId = {row}.Id AND IsDeleted = 0${condition})`;
const convertedLead = ' AND LeadId IN (SELECT Id FROM "Lead" WHERE IsConverted = 1)';

/** A conference, roadshow or mailing; its counts are those of its members and opportunities. */
export const campaign = defineObject({
  name: 'Campaign',
  keyPrefix: '701',
  feedEnabled: true,
  fields: [
    idField(),
    isDeletedField(),
    text('Name', 80, { ...required, nameField: true, idLookup: true, label: 'Campaign Name', searchGroup: 'name' }),
    lookup('ParentId', 'Campaign', 'ChildCampaigns', { label: 'Parent Campaign ID' }),
    picklist('Type', ['Conference', 'Roadshow', 'Webinar', 'Direct Mail', 'Email', 'Research', 'Other'], {
      label: 'Campaign Type',
    }),
    picklist('Status', ['Planned', 'In Progress', 'Completed', 'Aborted'], { defaultValue: 'Planned' }),
    date('StartDate'),
    date('EndDate'),
    currency('ExpectedRevenue', { label: 'Expected Revenue' }),
    currency('BudgetedCost'),
    currency('ActualCost'),
    percent('ExpectedResponse', { label: 'Expected Response (%)', precision: 10, scale: 2, defaultValue: 0 }),
    double('NumberSent', 18, 0, { label: 'Num Sent', defaultValue: 0 }),
    checkbox('IsActive', { label: 'Active' }),
    textArea('Description', 32000, { searchGroup: 'text' }),
    int('NumberOfLeads', { label: 'Leads in Campaign', nillable: false, sql: members(' AND LeadId IS NOT NULL') }),
    int('NumberOfConvertedLeads', {
      label: 'Converted Leads in Campaign',
      nillable: false,
      sql: members(convertedLead),
    }),
    int('NumberOfContacts', {
      label: 'Contacts in Campaign',
      nillable: false,
      sql: members(' AND ContactId IS NOT NULL'),
    }),
    int('NumberOfResponses', {
      label: 'Responses in Campaign',
      nillable: false,
      sql: members(' AND HasResponded = 1'),
    }),
    int('NumberOfOpportunities', {
      label: 'Opportunities in Campaign',
      nillable: false,
      sql: opportunities('COUNT(*)'),
    }),
    int('NumberOfWonOpportunities', {
      label: 'Won Opportunities in Campaign',
      nillable: false,
      sql: opportunities('COUNT(*)', ' AND IsWon = 1'),
    }),
    currency('AmountAllOpportunities', {
      label: 'Value Opportunities in Campaign',
      nillable: false,
      sql: opportunities('TOTAL(Amount)'),
    }),
    currency('AmountWonOpportunities', {
      label: 'Value Won Opportunities in Campaign',
      nillable: false,
      sql: opportunities('TOTAL(Amount)', ' AND IsWon = 1'),
    }),
    ownerField(),
    ...auditFields(),
    lastActivityField('WhatId'),
    ...viewedFields(),
    lookup('CampaignMemberRecordTypeId', 'RecordType', null, { label: 'Record Type ID' }),
    lookup('MasterRecordId', 'Campaign', null, readOnly),
  ],
  layoutSections: [
    {
      heading: 'Campaign Information',
      fields: [
        'OwnerId',
        'Name',
        'IsActive',
        'Type',
        'Status',
        'StartDate',
        'EndDate',
        'ParentId',
        'NumberOfContacts',
        'NumberOfLeads',
        'NumberOfResponses',
      ],
    },
    {
      heading: 'Planning',
      fields: ['ExpectedRevenue', 'BudgetedCost', 'ActualCost', 'ExpectedResponse', 'NumberSent'],
    },
    { heading: 'Description Information', fields: ['Description'] },
  ],
  compactLayout: ['Name', 'Type', 'Status', 'StartDate', 'EndDate', 'OwnerId'],
});
