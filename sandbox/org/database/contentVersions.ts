import { makeRecordId } from '../../../src/salesforce/recordId.ts';
import { completeNewRow } from './newRow.ts';
import type { CallContext } from './orgDatabase.ts';
import { contentDocument, contentDocumentLink, contentVersion } from './schema/content.ts';
import type { ObjectDefinition, StoredRow } from './schema/objectDefinition.ts';
import type { WriterParts } from './writerParts.ts';

/**
 * What comes with a new version of a file: the document that it is the first version of, or the end of the version
 * before it, and the file on the record that it was published to.
 *
 * @param row A complete row that is not stored yet; its document and number are filled in.
 * @see Object Reference, "ContentVersion": ContentDocumentId, FirstPublishLocationId, IsLatest.
 */
export function publishVersion({ store, now }: WriterParts, row: StoredRow, { user }: CallContext): void {
  const shared = Object.fromEntries(
    ['Title', 'Description', 'FileType', 'FileExtension', 'ContentSize'].map((name) => [name, row[name] ?? null]),
  );
  const known = row['ContentDocumentId'];
  if (typeof known === 'string') {
    const before = store.idsWhere(contentVersion, 'ContentDocumentId', known);
    for (const id of before) store.write(contentVersion, id, { IsLatest: 0 });
    row['VersionNumber'] = String(before.length + 1);
    store.write(contentDocument, known, { ...shared, LatestPublishedVersionId: row['Id'] ?? null });
    return;
  }
  // Enhanced notes are content documents too, and have their numbers from the same series.
  const documentId = makeRecordId(contentDocument.keyPrefix, store.nextNumber('id ContentNote'));
  const insert = (object: ObjectDefinition, given: StoredRow) =>
    store.insert(object, completeNewRow(object, given, store, user.id, now()));
  insert(contentDocument, { ...shared, Id: documentId, LatestPublishedVersionId: row['Id'] ?? null });
  row['ContentDocumentId'] = documentId;
  row['VersionNumber'] = '1';
  const place = row['FirstPublishLocationId'];
  if (typeof place === 'string')
    insert(contentDocumentLink, { ContentDocumentId: documentId, LinkedEntityId: place, ShareType: 'V' });
}
