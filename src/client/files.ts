import { withReadOptions, request, type ReadOptions } from './apiRequest.ts';
import { checkConnection, checkedId, checkOptions, type Connection, isPlainObject } from './checks.ts';
import { ParameterError } from './errors.ts';
import { randomId } from './randomId.ts';

/** How far a file is. */
export interface FileProgress {
  /** Bytes that are known to have arrived. */
  loaded: number;
  /** Bytes of the whole file. */
  total: number;
}

/** The last argument of {@link uploadFile} and {@link downloadFile}. */
export interface FileOptions extends ReadOptions {
  /**
   * Told what is known of the way: nothing has arrived, everything has. What connects an app with the provider tells
   * nothing in between, and no number is made up. Of a file that is read, the size is known when it is there.
   */
  onProgress?: ((progress: FileProgress) => void) | undefined;
}

/** A file to send. */
export interface NewFile {
  /** With its extension, by which Salesforce tells its type: `contract.pdf`. */
  name: string;
  content: Blob | ArrayBuffer | ArrayBufferView;
  /** The name without extension if omitted. */
  title?: string | undefined;
  description?: string | undefined;
  /** Id of a record whose file it becomes. */
  linkTo?: string | undefined;
  /** Id of a ContentDocument, of which this becomes a newer version. */
  documentId?: string | undefined;
}

const sobjects = '/services/data/vXX.X/sobjects';
const optionNames = /* @__PURE__ */ withReadOptions('onProgress');
const fileMembers = ['name', 'content', 'title', 'description', 'linkTo', 'documentId'];

/**
 * Saves a file in Salesforce, byte for byte.
 *
 * @returns ids of the version and of the ContentDocument that it is a version of
 * @throws {@link ParameterError} for what is no file, before anything is sent; else as `request`
 * @see REST API Developer Guide, "Insert or Update Blob Data" (ContentVersion, multipart)
 * @example
 * ```ts
 * const { documentId } = await uploadFile(salesforce, { name: file.name, content: file, linkTo: accountId });
 * ```
 */
export async function uploadFile(
  connection: Connection,
  file: NewFile,
  options: FileOptions = {},
): Promise<{ versionId: string; documentId: string }> {
  checkConnection(connection);
  const values = readFile(file);
  const { onProgress, ...rest } = readOptions(options);
  const content = new Blob([file.content as BlobPart]);
  const total = content.size;
  onProgress?.({ loaded: 0, total });
  const boundary = `file-${randomId()}`;
  const created = await request<{ id: string }>(connection, `${sobjects}/ContentVersion`, {
    ...rest,
    method: 'POST',
    body: multipart(boundary, values, content),
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
  });
  onProgress?.({ loaded: total, total });
  const versionId = created.data!.id;
  const version = await request<{ ContentDocumentId: string }>(
    connection,
    `${sobjects}/ContentVersion/${versionId}?fields=ContentDocumentId`,
    rest,
  );
  return { versionId, documentId: version.data!.ContentDocumentId };
}

/** Where the bytes of a record are, by the key prefix of its id (Object Reference). */
const blobs: Readonly<Record<string, string | undefined>> = {
  '068': 'ContentVersion/{id}/VersionData',
  '00P': 'Attachment/{id}/Body',
  '015': 'Document/{id}/Body',
};
const documentPrefix = '069';

/**
 * Reads a file, byte for byte.
 *
 * @param id - of a ContentVersion, of a ContentDocument (its latest version), of an Attachment or Document
 * @throws {@link ParameterError} for an id of anything else, before anything is sent; else as `request`
 * @see REST API Developer Guide, "sObject Blob Get"
 */
export async function downloadFile(
  connection: Connection,
  id: string,
  options: FileOptions = {},
): Promise<ArrayBuffer> {
  checkConnection(connection);
  const fileId = checkedId(id);
  const { onProgress, ...rest } = readOptions(options);
  const isDocument = fileId.startsWith(documentPrefix);
  if (!isDocument && blobs[fileId.slice(0, 3)] === undefined)
    throw new ParameterError(`${fileId} is not the id of a ContentVersion, ContentDocument, Attachment or Document`);
  const versionId = isDocument ? await latestVersion(connection, fileId, rest) : fileId;
  const path = blobs[versionId.slice(0, 3)]!.replace('{id}', versionId);
  const { data } = await request<ArrayBuffer>(connection, `${sobjects}/${path}`, { ...rest, answerAs: 'bytes' });
  // Nothing at all is how an empty file arrives.
  const bytes = data ?? new ArrayBuffer(0);
  onProgress?.({ loaded: bytes.byteLength, total: bytes.byteLength });
  return bytes;
}

async function latestVersion(connection: Connection, documentId: string, options: ReadOptions): Promise<string> {
  const { data } = await request<{ LatestPublishedVersionId: string }>(
    connection,
    `${sobjects}/ContentDocument/${documentId}?fields=LatestPublishedVersionId`,
    options,
  );
  return data!.LatestPublishedVersionId;
}

function readOptions(options: FileOptions): FileOptions {
  checkOptions(options, optionNames);
  if (options.onProgress !== undefined && typeof options.onProgress !== 'function')
    throw new ParameterError('onProgress must be a function');
  return options;
}

/** The record that goes with the bytes (Object Reference, "ContentVersion"). */
function readFile(file: unknown): Record<string, string> {
  if (!isPlainObject(file)) throw new ParameterError(`The file must be an object: { ${fileMembers.join(', ')} }`);
  checkOptions(file, fileMembers);
  const { name, content, title, description, linkTo, documentId } = file;
  if (typeof name !== 'string' || name.trim() === '') throw new ParameterError('The file needs a name');
  if (!(content instanceof Blob || content instanceof ArrayBuffer || ArrayBuffer.isView(content)))
    throw new ParameterError('The content must be a Blob, an ArrayBuffer or a view of one');
  for (const [member, value] of Object.entries({ title, description }))
    if (value !== undefined && typeof value !== 'string') throw new ParameterError(`${member} must be a text`);
  return {
    PathOnClient: name,
    Title: (title as string | undefined) ?? name.replace(/(?<=[^.])\.[^.]*$/, ''),
    ...(description !== undefined && { Description: description as string }),
    ...(linkTo !== undefined && { FirstPublishLocationId: checkedId(linkTo) }),
    ...(documentId !== undefined && { ContentDocumentId: checkedId(documentId) }),
  };
}

/**
 * The body by hand: in `FormData` the JSON part would get a file name, and be taken for a file.
 *
 * @see RFC 7578; REST API Developer Guide, "Insert or Update Blob Data"
 */
function multipart(boundary: string, values: Record<string, string>, content: Blob): Blob {
  const part = (name: string, more: string, type: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\nContent-Type: ${type}\r\n\r\n`;
  return new Blob([
    part('entity_content', '', 'application/json'),
    JSON.stringify(values),
    '\r\n',
    // The name that people see is in the record; this one only makes it a file.
    part('VersionData', '; filename="content"', 'application/octet-stream'),
    content,
    `\r\n--${boundary}--\r\n`,
  ]);
}
