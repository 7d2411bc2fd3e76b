import { z } from 'zod';
import { jsonParserError, parseJson } from './jsonSyntaxError.ts';
import { invalidMultipart, isBinaryPart, readParts, type Part } from './multipartParts.ts';

const binaryParts = z.looseObject({ binaryPartName: z.string(), binaryPartNameAlias: z.string() });

/**
 * Reads a `multipart/form-data` body: one part with the record or collection as JSON, and files beside it. A file is
 * the field its part is named after; in a collection each record names its part (`attributes.binaryPartName`) and the
 * field (`binaryPartNameAlias`).
 *
 * @returns The JSON value with the files in it as base64.
 * @throws OrgError 400 `INVALID_MULTIPART_REQUEST`, or `JSON_PARSER_ERROR` for the JSON in it.
 * @see REST API Developer Guide, "Insert or Update Blob Data" and "Insert Blob Data in a Collection".
 */
export async function readMultipartBody(bytes: Buffer, contentType: string): Promise<unknown> {
  const parts = await readParts(bytes, contentType);
  const [json, ...others] = parts.filter((part) => !isBinaryPart(part));
  if (!json) throw invalidMultipart('Multipart message must include a non-binary part');
  if (others.length > 0) throw invalidMultipart('Cannot include more than one non-binary part');
  const files = parts.filter(isBinaryPart);
  const value = parseJson(json.bytes.toString('utf8'));
  if (!isObject(value)) return value;
  const records: unknown = value['records'];
  if (Array.isArray(records)) return { ...value, records: records.map((record: unknown) => withFile(record, files)) };
  if (files.length > 1) throw invalidMultipart('Cannot include more than one binary part');
  return { ...value, ...Object.fromEntries(files.map((file) => [file.name, file.bytes.toString('base64')])) };
}

function withFile(record: unknown, files: readonly Part[]): unknown {
  if (!isObject(record)) return record;
  const named = binaryParts.safeParse(record['attributes']);
  if (!named.success) return record;
  const { binaryPartName, binaryPartNameAlias } = named.data;
  const file = files.find(({ name }) => name === binaryPartName);
  if (file === undefined) throw jsonParserError(`The request has no part ${binaryPartName}`);
  return { ...record, [binaryPartNameAlias]: file.bytes.toString('base64') };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
