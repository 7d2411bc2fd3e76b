import { leadSources } from './account.ts';
import {
  checkbox,
  currency,
  date,
  dateTime,
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
import type { StoredRow } from './objectDefinition.ts';
import { formatDateTime } from '../storedDate.ts';
import { auditFields, isDeletedField, lastActivityField, ownerField, viewedFields } from './systemFields.ts';

interface Stage {
  name: string;
  probability: number;
  category: string;
  closed: boolean;
  won: boolean;
}

export const stages: readonly Stage[] = [
  { name: 'Prospecting', probability: 10, category: 'Pipeline', closed: false, won: false },
  { name: 'Qualification', probability: 20, category: 'Pipeline', closed: false, won: false },
  { name: 'Needs Analysis', probability: 30, category: 'Pipeline', closed: false, won: false },
  { name: 'Value Proposition', probability: 50, category: 'BestCase', closed: false, won: false },
  { name: 'Proposal/Price Quote', probability: 75, category: 'BestCase', closed: false, won: false },
  { name: 'Negotiation/Review', probability: 90, category: 'Forecast', closed: false, won: false },
  { name: 'Closed Won', probability: 100, category: 'Closed', closed: true, won: true },
  { name: 'Closed Lost', probability: 0, category: 'Omitted', closed: true, won: false },
];
const categoryNames: Record<string, string> = {
  Pipeline: 'Pipeline',
  BestCase: 'Best Case',
  Forecast: 'Commit',
  Closed: 'Closed',
  Omitted: 'Omitted',
};

/** Stage decides probability (unless given), forecast and closed flags; the close date decides the fiscal period. */
function derive(row: StoredRow, previous: StoredRow | undefined, now: number): void {
  const stage = stages.find((candidate) => candidate.name.toLowerCase() === String(row['StageName']).toLowerCase());
  const stageChanged = row['StageName'] !== previous?.['StageName'];
  if (
    stage &&
    (row['Probability'] === null || (previous && stageChanged && row['Probability'] === previous['Probability']))
  ) {
    row['Probability'] = stage.probability;
  }
  row['ForecastCategory'] = stage?.category ?? 'Pipeline';
  row['ForecastCategoryName'] = categoryNames[row['ForecastCategory']] ?? 'Pipeline';
  row['IsClosed'] = stage?.closed ? 1 : 0;
  row['IsWon'] = stage?.won ? 1 : 0;
  if (previous && stageChanged) row['LastStageChangeDate'] = formatDateTime(now);
  const closeDate = String(row['CloseDate']);
  if (previous && closeDate.slice(0, 7) > String(previous['CloseDate']).slice(0, 7)) {
    row['PushCount'] = Number(row['PushCount'] ?? 0) + 1;
  }
  row['PushCount'] ??= 0;
  row['FiscalYear'] = Number(closeDate.slice(0, 4));
  row['FiscalQuarter'] = Math.ceil(Number(closeDate.slice(5, 7)) / 3);
  row['Fiscal'] = `${row['FiscalYear']} ${row['FiscalQuarter']}`;
  const amount = row['Amount'];
  row['ExpectedRevenue'] =
    amount === null || amount === undefined ? null : Math.round(Number(amount) * Number(row['Probability'] ?? 0)) / 100;
}

const openActivity = (condition: string): string =>
  `EXISTS (SELECT 1 FROM "Task" WHERE WhatId = {row}.Id AND IsDeleted = 0 AND IsClosed = 0${condition})`;

/** A mandate or deal the bank hopes to win. */
export const opportunity = defineObject({
  name: 'Opportunity',
  keyPrefix: '006',
  feedEnabled: true,
  fields: [
    idField(),
    isDeletedField(),
    lookup('AccountId', 'Account', 'Opportunities', { cascadeDelete: true }),
    checkbox('IsPrivate', { label: 'Private' }),
    text('Name', 120, { ...required, nameField: true, label: 'Opportunity Name', searchGroup: 'name' }),
    textArea('Description', 32000, { searchGroup: 'text' }),
    picklist(
      'StageName',
      stages.map((stage) => stage.name),
      { ...required, label: 'Stage' },
    ),
    currency('Amount'),
    percent('Probability', { label: 'Probability (%)' }),
    currency('ExpectedRevenue', { ...readOnly, label: 'Expected Amount', calculated: true }),
    double('TotalOpportunityQuantity', 18, 2, { label: 'Quantity' }),
    date('CloseDate', required),
    picklist('Type', ['New Mandate', 'Follow-on Mandate', 'Refinancing', 'Renewal'], { label: 'Opportunity Type' }),
    text('NextStep', 255, { searchGroup: 'text' }),
    picklist('LeadSource', leadSources),
    checkbox('IsClosed', { ...readOnly, label: 'Closed' }),
    checkbox('IsWon', { ...readOnly, label: 'Won' }),
    picklist('ForecastCategory', Object.keys(categoryNames), { ...readOnly, nillable: false, length: 40 }),
    picklist('ForecastCategoryName', Object.values(categoryNames), {
      ...readOnly,
      nillable: false,
      label: 'Forecast Category',
    }),
    lookup('CampaignId', 'Campaign', 'Opportunities'),
    checkbox('HasOpportunityLineItem', { ...readOnly, label: 'Has Line Item' }),
    text('Pricebook2Id', 18, { ...readOnly, label: 'Price Book ID' }),
    ownerField(),
    ...auditFields(),
    lastActivityField('WhatId'),
    int('PushCount', { ...readOnly, nillable: false }),
    dateTime('LastStageChangeDate', readOnly),
    int('FiscalQuarter', { ...readOnly, nillable: false }),
    int('FiscalYear', { ...readOnly, nillable: false }),
    text('Fiscal', 6, { ...readOnly, nillable: false, label: 'Fiscal Period' }),
    lookup('ContactId', 'Contact', null, { updateable: false }),
    ...viewedFields(),
    checkbox('HasOpenActivity', { sql: openActivity('') }),
    checkbox('HasOverdueTask', { sql: openActivity(' AND ActivityDate < sf_today()') }),
    text('LastAmountChangedHistoryId', 18, { ...readOnly, label: 'Opportunity History ID' }),
    text('LastCloseDateChangedHistoryId', 18, { ...readOnly, label: 'Opportunity History ID' }),
  ],
  layoutSections: [
    {
      heading: 'Opportunity Information',
      fields: [
        'OwnerId',
        'Name',
        'AccountId',
        'Type',
        'LeadSource',
        'Amount',
        'ExpectedRevenue',
        'CloseDate',
        'NextStep',
        'StageName',
        'Probability',
        'CampaignId',
        'ForecastCategoryName',
      ],
    },
    { heading: 'Description Information', fields: ['Description'] },
  ],
  compactLayout: ['Name', 'AccountId', 'CloseDate', 'Amount', 'StageName', 'OwnerId'],
  derive,
});
