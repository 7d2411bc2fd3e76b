import ts from 'typescript';
import { describedObject, type DescribedObject } from '../../../src/command/types/describedObject.ts';
import { objectTypes } from '../../../src/command/types/objectTypes.ts';

const writable = { nillable: true, createable: true, updateable: true };

const describedAs = (fields: object[], label = 'Invoice'): DescribedObject =>
  describedObject.parse({ name: 'Invoice__c', label, fields });

const typesOf = (...fields: object[]): string =>
  objectTypes([describedAs(fields)], { client: 'salesforce-interop-client', apiVersion: '66.0' });

/** What of a text is no TypeScript. */
const mistakes = (source: string): unknown[] =>
  ts.transpileModule(source, { reportDiagnostics: true, fileName: 'org.ts' }).diagnostics ?? [];

describe('the types of an object', () => {
  it.each([
    ['string', 'string'],
    ['boolean', 'boolean'],
    ['currency', 'number'],
    ['long', 'number'],
    ['datetime', 'string'],
    ['base64', 'string'],
    ['address', 'SalesforceRestApiFieldAddress'],
    ['location', 'Geolocation'],
    ['anyType', 'unknown'],
    ['constructor', 'string'],
  ])('have a %s as %s', (type, expected) => {
    expect(typesOf({ name: 'A__c', type, ...writable })).toContain(`A__c: ${expected} | null;`);
  });

  it('have the values of a restricted picklist only, and of another any text beside them', () => {
    const picklist = { type: 'picklist', ...writable, picklistValues: [{ value: 'Open' }, { value: 'Won\'t "do"\\' }] };
    const written = typesOf(
      { name: 'A__c', ...picklist, restrictedPicklist: true },
      { name: 'B__c', ...picklist },
      { name: 'C__c', ...picklist, nillable: false, picklistValues: [] },
    );
    expect(written).toContain(String.raw`A__c: 'Open' | 'Won\'t "do"\\' | null;`);
    expect(written).toContain(String.raw`B__c: 'Open' | 'Won\'t "do"\\' | (string & {}) | null;`);
    expect(written).toContain('C__c: string;');
    expect(mistakes(written)).toEqual([]);
  });

  it('name what nobody writes, and where lookups lead to', () => {
    const written = typesOf(
      { name: 'Id', type: 'id', nillable: false, createable: false, updateable: false },
      { name: 'Amount__c', type: 'currency', ...writable, createable: false },
      { name: 'Day__c', type: 'date', ...writable },
      { name: 'Who__c', type: 'reference', ...writable, referenceTo: ['Lead', 'Contact'], relationshipName: 'Who__r' },
      { name: 'Loose__c', type: 'reference', ...writable, referenceTo: [], relationshipName: null },
    );
    expect(written).toContain("readOnly: 'Id';");
    expect(written).toContain("dates: 'Day__c';");
    expect(written).toContain("Who__r: 'Contact' | 'Lead';");
    expect(written).not.toContain('Loose__r');
  });

  it('stay a comment where a label is code, and one line where it is several', () => {
    const label = 'a */ export const stolen = 1; /* \u2028 b\n c';
    const written = objectTypes([describedAs([{ name: 'A__c', type: 'string', label, ...writable }], label)], {
      client: "x'; import 'y",
      apiVersion: '66.0',
    });
    expect(mistakes(written)).toEqual([]);
    const { statements } = ts.createSourceFile('org.ts', written, ts.ScriptTarget.Latest);
    expect(statements.map(({ kind }) => ts.SyntaxKind[kind])).toEqual([
      'ImportDeclaration',
      'ModuleDeclaration',
      'InterfaceDeclaration',
      'ExportDeclaration',
    ]);
  });

  it('are not made of names that are no API names', () => {
    const field = { name: 'A__c; x', type: 'string', ...writable };
    expect(describedObject.safeParse({ name: 'Invoice__c', fields: [field] }).success).toBe(false);
  });
});
