import { readFileSync } from 'node:fs';
import { orgSchema } from '../../../../../sandbox/org/database/schema/orgSchema.ts';

const types = readFileSync('node_modules/@openfin/salesforce/types/rest-api/rest-api.types.d.ts', 'utf8');

/** Members of a record type that apps written against `@openfin/salesforce` may read. */
function membersOf(objectName: string): string[] {
  const body =
    new RegExp(`SObject${objectName} = SalesforceRestApiSObject<\\{([\\s\\S]*?)\\n\\}>`).exec(types)?.[1] ?? '';
  return [...body.matchAll(/^\s+(\w+)\??:/gm)].flatMap((match) => match[1] ?? []);
}

describe('the schema', () => {
  it.each(['Account', 'Campaign', 'Case', 'Contact', 'Event', 'Lead', 'Opportunity', 'Task', 'User'])(
    '%s has every field that the typed API of @openfin/salesforce promises',
    (name) => {
      const members = membersOf(name);
      expect(members.length).toBeGreaterThan(20);
      const fields = orgSchema.object(name)?.fields.map((field) => field.name) ?? [];
      expect(members.filter((member) => !fields.includes(member))).toEqual([]);
    },
  );

  it('leads every lookup to an object that exists', () => {
    for (const object of orgSchema.objects) {
      for (const field of object.fields) {
        for (const target of field.reference?.to ?? [])
          expect([field.name, orgSchema.object(target)?.name]).toEqual([field.name, target]);
      }
    }
  });

  it('names no field, child relationship or key prefix twice', () => {
    const unique = (names: readonly unknown[]): void => expect(new Set(names).size).toBe(names.length);
    // An enhanced note is a content document, and has its key prefix.
    unique(orgSchema.objects.filter(({ name }) => name !== 'ContentNote').map((object) => object.keyPrefix));
    for (const object of orgSchema.objects) {
      unique(object.fields.map((field) => field.name.toLowerCase()));
      unique(orgSchema.childRelationships(object).flatMap((child) => child.relationshipName ?? []));
    }
  });

  it('shows on pages only fields that exist', () => {
    for (const object of orgSchema.objects) {
      const shown = [...object.compactLayout, ...object.layoutSections.flatMap((section) => section.fields)];
      expect(shown.filter((name) => !orgSchema.field(object, name))).toEqual([]);
    }
  });
});
