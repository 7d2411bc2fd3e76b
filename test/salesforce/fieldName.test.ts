import { isFieldName } from '../../src/salesforce/fieldName.ts';

describe('the API name of a field', () => {
  it.each(['Name', 'AccountNumber', 'LEI__c', 'Perm_Id__c', 'refinitiv__Perm_Id__c', 'Office__Latitude__s'])(
    'may be %s',
    (name) => {
      expect(isFieldName(name)).toBe(true);
    },
  );

  it.each([
    '',
    '1st__c',
    '_LEI__c',
    'LEI__',
    'LEI___c',
    'Owner.Name',
    'Id FROM User',
    "LEI__c = ''",
    'LÉI__c',
    `A${'b'.repeat(80)}`,
  ])('is never %j', (name) => {
    expect(isFieldName(name)).toBe(false);
  });
});
