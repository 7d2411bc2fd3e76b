/** What is shown of an object for which a configuration names no fields. */
interface DefaultMapping {
  label: string;
  lookupType?: 'feed';
  fieldMappings: readonly {
    field: string;
    fieldSub?: string;
    displayMode: 'none' | 'initials' | 'header' | 'sub-header' | 'field';
    fieldContent?: 'link' | 'memo' | 'date';
    label?: string;
    isResultTitle?: true;
    reference?: { sourceType: string; field: string };
  }[];
}
type Shown = DefaultMapping['fieldMappings'][number];

const header = (field: string, fieldSub?: string): Shown => ({
  field,
  ...(fieldSub !== undefined && { fieldSub }),
  displayMode: 'header',
  isResultTitle: true,
});
const subHeader = (field: string, fieldSub?: string): Shown => ({
  field,
  ...(fieldSub !== undefined && { fieldSub }),
  displayMode: 'sub-header',
});
const shown = (label: string, field: string, more: Omit<Shown, 'field' | 'displayMode' | 'label'> = {}): Shown => ({
  ...more,
  field,
  displayMode: 'field',
  label,
});
const memo = { fieldContent: 'memo' } as const;
const createdBy = shown('Created by', 'CreatedById', { reference: { sourceType: 'User', field: 'Name' } });
const createdOn = shown('Created on', 'CreatedDate', { fieldContent: 'date' });

/** In the order in which they come among results that fit as well. */
export const defaultMappings: Readonly<Record<string, DefaultMapping>> = {
  Account: {
    label: 'Account',
    fieldMappings: [
      header('Name'),
      subHeader('Industry'),
      shown('Phone', 'Phone'),
      shown('Type', 'Type'),
      shown('Website', 'Website', { fieldContent: 'link' }),
      shown('Description', 'Description', memo),
    ],
  },
  Contact: {
    label: 'Contact',
    fieldMappings: [
      { field: 'Name', displayMode: 'initials' },
      header('Name'),
      subHeader('Title'),
      shown('Company', 'Account', { fieldSub: 'Name' }),
      shown('Department', 'Department'),
      shown('E-mail', 'Email', { fieldContent: 'link' }),
      shown('Phone', 'Phone'),
      shown('Mobile', 'MobilePhone'),
    ],
  },
  Opportunity: {
    label: 'Opportunity',
    fieldMappings: [
      header('Name'),
      subHeader('StageName'),
      shown('Account', 'Account', { fieldSub: 'Name' }),
      shown('Close date', 'CloseDate', { fieldContent: 'date' }),
      shown('Probability (%)', 'Probability'),
      shown('Next step', 'NextStep', memo),
    ],
  },
  Case: {
    label: 'Case',
    fieldMappings: [
      header('Subject'),
      subHeader('CaseNumber'),
      shown('Status', 'Status'),
      shown('Priority', 'Priority'),
      shown('Account', 'Account', { fieldSub: 'Name' }),
      shown('Contact', 'Contact', { fieldSub: 'Name' }),
      shown('Description', 'Description', memo),
    ],
  },
  Task: {
    label: 'Task',
    fieldMappings: [
      header('Subject'),
      subHeader('Status'),
      shown('Due', 'ActivityDate', { fieldContent: 'date' }),
      createdBy,
      createdOn,
      shown('Comments', 'Description', memo),
    ],
  },
  ContentNote: {
    label: 'Note',
    fieldMappings: [header('Title'), createdBy, createdOn, shown('Content', 'TextPreview', memo)],
  },
  Chatter: {
    label: 'Chatter',
    lookupType: 'feed',
    fieldMappings: [
      header('actor', 'displayName'),
      subHeader('header', 'text'),
      shown('Created on', 'createdDate', { fieldContent: 'date' }),
      shown('Content', 'body', { fieldSub: 'text', ...memo }),
    ],
  },
};
