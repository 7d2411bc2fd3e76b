import { checkbox, idField, lookup, picklist, required } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import { auditFields, isDeletedField } from './systemFields.ts';

/** The part a contact plays in an opportunity. */
export const opportunityContactRole = defineObject({
  name: 'OpportunityContactRole',
  keyPrefix: '00K',
  searchable: false,
  layoutable: false,
  fields: [
    idField(),
    lookup('OpportunityId', 'Opportunity', 'OpportunityContactRoles', {
      ...required,
      updateable: false,
      cascadeDelete: true,
    }),
    lookup('ContactId', 'Contact', 'OpportunityContactRoles', { ...required, cascadeDelete: true }),
    picklist(
      'Role',
      [
        'Business User',
        'Decision Maker',
        'Economic Buyer',
        'Economic Decision Maker',
        'Evaluator',
        'Executive Sponsor',
        'Influencer',
        'Technical Buyer',
        'Other',
      ],
      { length: 40 },
    ),
    checkbox('IsPrimary', { label: 'Primary' }),
    ...auditFields(),
    isDeletedField(),
  ],
});
