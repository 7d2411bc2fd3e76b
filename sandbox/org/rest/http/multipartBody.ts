import { z } from 'zod';
import { jsonParserError, parseJson } from './jsonSyntaxError.ts';

const binaryParts = z.looseObject({ binaryPartName: z.string(), binaryPartNameAlias: z.string() });

/**
 * Reads a `multipart/form-data` body: one part with the record or collection as JSON, and files beside it. A file is the
 * field its part is named after; in a collection each record names its part (`attributes.binaryPartName`) and the field
 * (`binaryPartNameAlias`).
 *
 * @returns The JSON value with the files in it as base64.
 * @throws OrgError 400 `JSON_PARSER_ERROR`.
 * @see REST API Developer Guide, "Insert or Update Blob Data" and "Insert Blob Data in a Collection".
 */
export async function readMultipartBody(bytes: Buffer, contentType: string): Promise<unknown> {
  const parts = await partsOf(bytes, contentType);
  const texts = parts.filter((part): part is [string, string] => typeof part[1] === 'string');
  const [json, ...others] = texts;
  if (!json || others.length > 0) throw jsonParserError('A multipart request must have one part that is no file');
  const files = new Map<string, string>();
  for (const [name, part] of parts) {
    if (typeof part !== 'string') files.set(name, Buffer.from(await part.arrayBuffer()).toString('base64'));
  }
  const value = parseJson(json[1]);
  if (!isObject(value)) return value;
  const records: unknown = value['records'];
  if (!Array.isArray(records)) return { ...value, ...Object.fromEntries(files) };
  return { ...value, records: records.map((record: unknown) => withFile(record, files)) };
}

async function partsOf(bytes: Buffer, contentType: string): Promise<[string, string | Blob][]> {
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': contentType } }).formData();
    return [...form.entries()];
  } catch {
    throw jsonParserError('The parts of the multipart request could not be read');
  }
}

function withFile(record: unknown, files: ReadonlyMap<string, string>): unknown {
  if (!isObject(record)) return record;
  const named = binaryParts.safeParse(record['attributes']);
  if (!named.success) return record;
  const { binaryPartName, binaryPartNameAlias } = named.data;
  const file = files.get(binaryPartName);
  if (file === undefined) throw jsonParserError(`The request has no part ${binaryPartName}`);
  return { ...record, [binaryPartNameAlias]: file };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
