import { isAggregateQuery } from '../../src/salesforce/isAggregateQuery.ts';

describe('a SOQL statement that aggregates', () => {
  it.each([
    'SELECT COUNT() FROM Contact',
    'select count ( ) from Contact where LastName = \'FROM "x"\'',
    'SELECT COUNT(Id) FROM Contact',
    'SELECT MAX(CreatedDate) newest FROM Contact',
    'SELECT FORMAT(MIN(Amount)) smallest FROM Opportunity',
    'SELECT COUNT_DISTINCT(AccountId)\nFROM Contact',
    'SELECT AccountId FROM Contact GROUP BY AccountId',
    "SELECT Name n FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Name = ')') GROUP  BY Name",
    'SELECT LeadSource FROM Lead GROUP BY ROLLUP(LeadSource)',
  ])('is known as one: %s', (soql) => {
    expect(isAggregateQuery(soql)).toBe(true);
  });

  it.each([
    '',
    'SELECT Id FROM Contact',
    "SELECT Id FROM Contact WHERE LastName = 'GROUP BY' OR LastName = 'it\\'s COUNT()'",
    'SELECT Id, Count, (SELECT Id FROM Contacts) FROM Account',
    'SELECT Id, FORMAT(Amount), toLabel(StageName) FROM Opportunity ORDER BY Amount',
    'SELECT Id, Max__c, Group__c FROM Thing__c ORDER BY Group__c',
    'SELECT Id FROM Group WHERE Id IN (SELECT GroupId FROM GroupMember)',
    'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact GROUP BY AccountId)',
  ])('is told from others: %s', (soql) => {
    expect(isAggregateQuery(soql)).toBe(false);
  });
});
