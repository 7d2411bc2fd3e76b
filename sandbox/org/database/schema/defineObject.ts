import { labelOf } from './fieldBuilders.ts';
import type { FieldDefinition, ObjectDefinition } from './objectDefinition.ts';

type Given = Pick<ObjectDefinition, 'name' | 'keyPrefix' | 'fields'> & Partial<ObjectDefinition>;

/** Sections that every detail page ends with are added by the layout; a section without fields is left out. */
function defaultSections(name: string, fields: readonly FieldDefinition[]): ObjectDefinition['layoutSections'] {
  const written = fields.filter((field) => field.createable || field.updateable).map((field) => field.name);
  return [{ heading: `${labelOf(name)} Information`, fields: written }];
}

/** Completes an object definition with the defaults that most objects share. */
export function defineObject(given: Given): ObjectDefinition {
  const label = given.label ?? labelOf(given.name);
  const nameField = given.nameField ?? given.fields.find((field) => field.nameField)?.name ?? 'Id';
  return {
    label,
    labelPlural: label.endsWith('y') ? `${label.slice(0, -1)}ies` : `${label}s`,
    custom: given.name.endsWith('__c'),
    nameField,
    createable: true,
    updateable: true,
    deletable: true,
    searchable: true,
    searchedWhole: false,
    feedEnabled: false,
    layoutable: true,
    setupObject: false,
    authorEdits: false,
    layoutSections: defaultSections(given.name, given.fields),
    compactLayout: [nameField],
    settle: undefined,
    derive: undefined,
    ...given,
  };
}
