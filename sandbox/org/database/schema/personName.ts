import { picklist, readOnly, required, text } from './fieldBuilders.ts';
import type { FieldDefinition, StoredRow } from './objectDefinition.ts';

export const salutations = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'];

/** LastName, FirstName, Salutation and the Name made of them, as Contact and Lead have them. */
export function personNameFields(): FieldDefinition[] {
  const part = { compoundFieldName: 'Name' };
  return [
    text('LastName', 80, { ...part, ...required }),
    text('FirstName', 40, part),
    picklist('Salutation', salutations, { ...part, length: 40 }),
    text('Name', 121, { ...readOnly, nillable: false, nameField: true, label: 'Full Name', searchGroup: 'name' }),
  ];
}

/** Name is first and last name with one space; the salutation is not part of it. */
export function derivePersonName(row: StoredRow): void {
  row['Name'] = [row['FirstName'], row['LastName']].filter((part) => part).join(' ');
}
