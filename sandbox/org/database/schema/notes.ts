import { base64, checkbox, idField, int, lookup, readOnly, required, text, textArea } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import type { StoredRow } from './objectDefinition.ts';
import { anyRecord, auditFields, isDeletedField, ownerField } from './systemFields.ts';

/** A classic note on a record. */
export const note = defineObject({
  name: 'Note',
  keyPrefix: '002',
  fields: [
    idField(),
    isDeletedField(),
    lookup('ParentId', anyRecord, 'Notes', { ...required, updateable: false, cascadeDelete: true }),
    text('Title', 80, { ...required, nameField: true, searchGroup: 'name' }),
    checkbox('IsPrivate', { label: 'Private' }),
    textArea('Body', 32000, { searchGroup: 'text' }),
    ownerField(),
    ...auditFields(),
  ],
});

function deriveAttachment(row: StoredRow): void {
  row['BodyLength'] = Buffer.from(String(row['Body'] ?? ''), 'base64').length;
}

/** A file on a record; `Body` is base64. */
export const attachment = defineObject({
  name: 'Attachment',
  keyPrefix: '00P',
  searchable: false,
  layoutable: false,
  fields: [
    idField(),
    isDeletedField(),
    lookup('ParentId', anyRecord, 'Attachments', { ...required, updateable: false, cascadeDelete: true }),
    text('Name', 255, { ...required, nameField: true, label: 'File Name' }),
    checkbox('IsPrivate', { label: 'Private' }),
    text('ContentType', 120),
    int('BodyLength', readOnly),
    base64('Body', required),
    ownerField(),
    ...auditFields(),
    text('Description', 500),
  ],
  derive: deriveAttachment,
});

function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function deriveContentNote(row: StoredRow): void {
  const content = Buffer.from(String(row['Content'] ?? ''), 'base64').toString('utf8');
  row['TextPreview'] = plainText(content).slice(0, 255);
  row['ContentSize'] = Buffer.byteLength(content);
  row['LastViewedById'] = null;
  row['FileType'] = 'SNOTE';
  row['FileExtension'] = 'snote';
}

/** An enhanced note; `Content` is base64 of its HTML. Key prefix 069: it is a content document. */
export const contentNote = defineObject({
  name: 'ContentNote',
  label: 'Note',
  labelPlural: 'Notes',
  keyPrefix: '069',
  layoutable: false,
  fields: [
    idField(),
    text('Title', 255, { ...required, nameField: true, searchGroup: 'name' }),
    text('FileType', 20, { ...readOnly, nillable: false }),
    text('FileExtension', 40, readOnly),
    base64('Content'),
    int('ContentSize', { ...readOnly, label: 'Size' }),
    text('TextPreview', 255, { ...readOnly, searchGroup: 'text' }),
    lookup('LastViewedById', 'User', null, readOnly),
    ownerField(),
    ...auditFields(),
    isDeletedField(),
  ],
  searchedWhole: true,
  derive: deriveContentNote,
});
