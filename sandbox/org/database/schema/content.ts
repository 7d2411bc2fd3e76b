import { createHash } from 'node:crypto';
import {
  base64,
  checkbox,
  idField,
  int,
  lookup,
  picklist,
  readOnly,
  required,
  text,
  textArea,
} from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import type { StoredRow } from './objectDefinition.ts';
import { anyRecord, auditFields, isDeletedField, ownerField } from './systemFields.ts';

/** A file's name without its extension, and the extension. */
export function fileNameParts(path: string): { title: string; extension: string } {
  const [, title = path, extension = ''] = /^(.+)\.([^.]*)$/s.exec(path.split(/[\\/]/).at(-1) ?? path) ?? [];
  return { title, extension };
}

function deriveVersion(row: StoredRow): void {
  const content = Buffer.from(String(row['VersionData'] ?? ''), 'base64');
  const { extension } = fileNameParts(String(row['PathOnClient'] ?? ''));
  row['ContentSize'] = content.length;
  row['Checksum'] = createHash('md5').update(content).digest('hex');
  row['FileExtension'] = extension.toLowerCase() || null;
  row['FileType'] = extension.toUpperCase() || 'UNKNOWN';
}

/** One version of a file; `VersionData` is base64 (Object Reference, "ContentVersion"). */
export const contentVersion = defineObject({
  name: 'ContentVersion',
  keyPrefix: '068',
  searchable: false,
  layoutable: false,
  deletable: false,
  fields: [
    idField(),
    // Given for a newer version; otherwise Salesforce makes the document.
    lookup('ContentDocumentId', 'ContentDocument', 'ContentVersions', { updateable: false, cascadeDelete: true }),
    checkbox('IsLatest', { ...readOnly, label: 'Is Latest', defaultValue: true }),
    text('VersionNumber', 20, readOnly),
    text('Title', 255, { ...required, nameField: true }),
    textArea('Description', 1000),
    textArea('ReasonForChange', 1000),
    text('PathOnClient', 500, { ...required, updateable: false }),
    base64('VersionData', { updateable: false }),
    text('FileType', 20, readOnly),
    text('FileExtension', 40, readOnly),
    int('ContentSize', { ...readOnly, label: 'Size' }),
    text('Checksum', 50, readOnly),
    lookup('FirstPublishLocationId', anyRecord, null, { updateable: false }),
    ownerField(),
    ...auditFields(),
    isDeletedField(),
  ],
  derive: deriveVersion,
});

/** A file, whatever its versions (Object Reference, "ContentDocument"). */
export const contentDocument = defineObject({
  name: 'ContentDocument',
  keyPrefix: '069',
  searchable: false,
  layoutable: false,
  createable: false,
  fields: [
    idField(),
    text('Title', 255, { ...required, nameField: true }),
    textArea('Description', 1000),
    lookup('LatestPublishedVersionId', 'ContentVersion', null, readOnly),
    text('FileType', 20, readOnly),
    text('FileExtension', 40, readOnly),
    int('ContentSize', { ...readOnly, label: 'Size' }),
    ownerField(),
    ...auditFields(),
    isDeletedField(),
  ],
});

/** A file on a record (Object Reference, "ContentDocumentLink"). */
export const contentDocumentLink = defineObject({
  name: 'ContentDocumentLink',
  keyPrefix: '06A',
  searchable: false,
  layoutable: false,
  fields: [
    idField(),
    lookup('LinkedEntityId', anyRecord, 'ContentDocumentLinks', {
      ...required,
      updateable: false,
      cascadeDelete: true,
    }),
    lookup('ContentDocumentId', 'ContentDocument', 'ContentDocumentLinks', {
      ...required,
      updateable: false,
      cascadeDelete: true,
    }),
    picklist('ShareType', ['V', 'C', 'I'], { defaultValue: 'V', restrictedPicklist: true }),
    picklist('Visibility', ['AllUsers', 'InternalUsers', 'SharedUsers'], {
      defaultValue: 'AllUsers',
      restrictedPicklist: true,
    }),
    ...auditFields(),
    isDeletedField(),
  ],
});
