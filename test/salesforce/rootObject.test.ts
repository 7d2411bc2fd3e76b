import { rootObject } from '../../src/salesforce/rootObject.ts';

it.each([
  ['SELECT Id FROM Contact', 'Contact'],
  ['select id\nfrom Invoice__c\nwhere x = 1', 'Invoice__c'],
  ["SELECT Id, (SELECT Id FROM Contacts WHERE Name = ')') FROM Account", 'Account'],
  ["SELECT Id FROM Account WHERE Name = 'it\\'s FROM Case'", 'Account'],
  ['SELECT Id, FROMAGE__c FROM Order', 'Order'],
  ['SELECT TYPEOF What WHEN Account THEN Phone END FROM Event', 'Event'],
  ["SELECT ' FROM Account", undefined],
  ['SELECT Id FROM (', undefined],
  ['', undefined],
])('finds the object of %s', (soql, object) => {
  expect(rootObject(soql)).toBe(object);
});

it('takes no longer than it is long over a statement of the longest kind', () => {
  expect(rootObject(`SELECT ${"'\\'".repeat(33_000)}`)).toBeUndefined();
});
