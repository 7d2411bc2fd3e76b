import { soqlParts } from '../../src/salesforce/soqlParts.ts';
import { likeContains, soql, soqlNames } from '../../src/salesforce/soqlQuoting.ts';

const names = Array.from({ length: 100 }, (_, index) => `name ${index}`);
const plain = soql`SELECT Id FROM Contact WHERE Title = ${'Head'} AND LastName IN ${[...names, ...names]}`;

describe('soqlParts', () => {
  it('leaves a statement alone that is short enough', () => {
    expect(soqlParts(plain)).toEqual([plain]);
  });

  it('cuts the list of a longer one, with each value once, and keeps the rest', () => {
    const parts = soqlParts(plain, 400).map(String);
    expect(parts.length).toBeGreaterThan(4);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(400);
    const lists = parts.map(
      (part) => /^SELECT Id FROM Contact WHERE Title = 'Head' AND LastName IN \((.*)\)$/.exec(part)?.[1],
    );
    expect(lists.join(', ')).toBe(names.map((name) => `'${name}'`).join(', '));
  });

  it('cuts again where some values are longer than others', () => {
    const uneven = [...names, ...names.map((name) => name.padEnd(300, 'x'))];
    const parts = soqlParts(soql`SELECT Id FROM Contact WHERE LastName IN ${uneven}`, 1_000).map(String);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
    expect(parts.join().match(/'name/g)).toHaveLength(200);
  });

  it.each([
    ['OR', soql`SELECT Id FROM Contact WHERE Title = 'a' OR LastName IN ${names}`],
    ['only after IN', soql`SELECT Id FROM Contact WHERE LastName NOT IN ${names}`],
    ['NOT', soql`SELECT Id FROM Contact WHERE (NOT Title = 'a') AND LastName IN ${names}`],
    ['only after IN', soql`SELECT Id FROM Account WHERE Products__c INCLUDES ${names}`],
    ['ORDER BY', soql`SELECT Id FROM Contact WHERE LastName IN ${names} ORDER BY LastName`],
    ['LIMIT', soql`SELECT Id FROM Contact WHERE LastName IN ${names} LIMIT 5`],
    ['OFFSET', soql`SELECT Id FROM Contact WHERE LastName IN ${names} OFFSET 5`],
    ['aggregate', soql`SELECT COUNT() FROM Contact WHERE LastName IN ${names}`],
    ['GROUP BY', soql`SELECT Title FROM Contact WHERE LastName IN ${names} GROUP BY Title`],
    ['subquery', soql`SELECT Id, (SELECT Id FROM Contacts WHERE LastName IN ${names}) FROM Account`],
    ['within it', soql`SELECT Id FROM Contact WHERE LastName IN ${names} ${soql`ORDER BY Name`}`],
    ['no list', soql`SELECT Id FROM Contact WHERE LastName = ${'x'.repeat(400)}`],
    ['longer', soql`SELECT Id FROM Contact WHERE LastName IN ${['x'.repeat(400), 'y']}`],
  ])('says that it cannot cut a list, for %s', (why, statement) => {
    expect(() => soqlParts(statement, 300)).toThrow(why);
  });

  it('cuts the list of a statement that was put in', () => {
    const condition = soql`LastName IN ${names}`;
    const parts = soqlParts(soql`SELECT Id FROM Contact WHERE ${soql`Title = ${'OR'} AND ${condition}`}`, 300);
    expect(parts.length).toBeGreaterThan(3);
    expect(
      parts.every((part) => String(part).startsWith("SELECT Id FROM Contact WHERE Title = 'OR' AND LastName IN ('")),
    ).toBe(true);
  });

  it('cuts beside names and patterns that were put in', () => {
    const statement = soql`SELECT ${soqlNames(['Id', 'Name'])} FROM Contact WHERE Title LIKE ${likeContains('a')} AND LastName IN ${names}`;
    expect(soqlParts(statement, 300).length).toBeGreaterThan(3);
  });
});
