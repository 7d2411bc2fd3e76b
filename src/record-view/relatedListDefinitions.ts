import type { MappedList, OpensOn } from '../channel/protocol.ts';
import { soql, soqlName, soqlNames, type SoqlText } from '../salesforce/soqlQuoting.ts';

/** A related list of a record: what is read of it, and how a row is shown. */
export interface ListDefinition {
  label: string;
  type: string;
  /** Name of the child relationship, where it is known. */
  relationship?: string;
  select: SoqlText;
  /** Fields of the row's title; the first with a value is taken. */
  title: readonly string[];
  facts: readonly string[];
  orderBy: string;
  /** The next comes first, and not the latest. */
  soonestFirst?: true;
  where: (id: string) => SoqlText;
}

const opportunities = {
  label: 'Opportunities',
  type: 'Opportunity',
  relationship: 'Opportunities',
  title: ['Name'],
  facts: ['StageName', 'AmountText', 'CloseDate'],
  select: soql`Id, Name, StageName, FORMAT(Amount) AmountText, CloseDate`,
  orderBy: 'CloseDate',
} as const;
const cases = {
  label: 'Cases',
  type: 'Case',
  relationship: 'Cases',
  title: ['Subject', 'CaseNumber'],
  facts: ['CaseNumber', 'Status', 'Priority'],
  select: soql`Id, CaseNumber, Subject, Status, Priority, CreatedDate`,
  orderBy: 'CreatedDate',
} as const;
const tasks = {
  label: 'Tasks',
  type: 'Task',
  relationship: 'OpenActivities',
  title: ['Subject'],
  facts: ['Status', 'ActivityDate'],
  select: soql`Id, Subject, Status, ActivityDate`,
  orderBy: 'ActivityDate',
} as const;
const events = {
  label: 'Events',
  type: 'Event',
  relationship: 'OpenActivities',
  title: ['Subject'],
  facts: ['StartDateTime', 'Location'],
  select: soql`Id, Subject, StartDateTime, Location`,
  orderBy: 'StartDateTime',
} as const;
const contacts = {
  label: 'Contacts',
  type: 'Contact',
  relationship: 'Contacts',
  title: ['Name'],
  facts: ['Title', 'Email', 'Phone'],
  select: soql`Id, Name, Title, Email, Phone, LastModifiedDate`,
  orderBy: 'LastModifiedDate',
} as const;

const listsOfType: Readonly<Record<string, readonly ListDefinition[]>> = {
  Account: [
    { ...contacts, where: (id) => soql`AccountId = ${id}` },
    { ...opportunities, where: (id) => soql`AccountId = ${id}` },
    { ...cases, where: (id) => soql`AccountId = ${id}` },
    { ...tasks, where: (id) => soql`AccountId = ${id}` },
    { ...events, where: (id) => soql`AccountId = ${id}` },
  ],
  Contact: [
    {
      ...opportunities,
      where: (id) => soql`Id IN (SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId = ${id})`,
    },
    { ...cases, where: (id) => soql`ContactId = ${id}` },
    { ...tasks, where: (id) => soql`WhoId = ${id}` },
    { ...events, where: (id) => soql`WhoId = ${id}` },
  ],
  Lead: [
    { ...tasks, where: (id) => soql`WhoId = ${id}` },
    { ...events, where: (id) => soql`WhoId = ${id}` },
  ],
  Opportunity: [
    {
      ...contacts,
      relationship: 'OpportunityContactRoles',
      where: (id) => soql`Id IN (SELECT ContactId FROM OpportunityContactRole WHERE OpportunityId = ${id})`,
    },
    { ...tasks, where: (id) => soql`WhatId = ${id}` },
    { ...events, where: (id) => soql`WhatId = ${id}` },
  ],
  Case: [
    { ...tasks, where: (id) => soql`WhatId = ${id}` },
    { ...events, where: (id) => soql`WhatId = ${id}` },
  ],
};

type OfRecord = ListDefinition['where'];

/** What is still to come, and what has been, in this order; an event counts as past from the day after its end. */
const activities = (of: OfRecord): readonly ListDefinition[] => [
  { ...tasks, label: 'Open tasks', soonestFirst: true, where: (id) => soql`${of(id)} AND IsClosed = false` },
  { ...events, label: 'Upcoming events', soonestFirst: true, where: (id) => soql`${of(id)} AND EndDateTime >= TODAY` },
  {
    ...tasks,
    label: 'Completed tasks',
    relationship: 'ActivityHistories',
    where: (id) => soql`${of(id)} AND IsClosed = true`,
  },
  {
    ...events,
    label: 'Past events',
    relationship: 'ActivityHistories',
    where: (id) => soql`${of(id)} AND EndDateTime < TODAY`,
  },
];

/** Whose activities they are: of an account those with its contacts and about its deals count too. */
const activitiesOf: Readonly<Record<string, OfRecord>> = {
  Account: (id) => soql`AccountId = ${id}`,
  Contact: (id) => soql`WhoId = ${id}`,
  Lead: (id) => soql`WhoId = ${id}`,
  Opportunity: (id) => soql`WhatId = ${id}`,
  Case: (id) => soql`WhatId = ${id}`,
};

/** What of its lists a record may open on. */
export type ListFirst = Extract<OpensOn, { kind: 'activities' | 'list' }>;

const mappedDefinition = ({ label, type, field, fields, orderBy }: MappedList): ListDefinition => ({
  ...{ label, type, orderBy },
  title: fields.slice(0, 1),
  facts: fields.slice(1),
  select: soql`Id, ${soqlNames(fields.filter((name) => name !== 'Id'))}`,
  where: (id) => soql`${soqlName(field)} = ${id}`,
});

const isActivity = ({ type }: ListDefinition): boolean => type === 'Task' || type === 'Event';

/**
 * The related lists of the records of an object.
 *
 * @param first what comes before all else: open and past tasks and events, or rows of an object that is mapped
 */
export function relatedListsOf(type: string, first?: ListFirst): readonly ListDefinition[] {
  const lists = listsOfType[type] ?? [];
  if (first?.kind === 'list') return [mappedDefinition(first), ...lists];
  const of = first?.kind === 'activities' ? activitiesOf[type] : undefined;
  return of ? [...activities(of), ...lists.filter((list) => !isActivity(list))] : lists;
}
