import { buffer } from 'node:stream/consumers';
import { Busboy } from '@fastify/busboy';
import { OrgError } from '../../database/orgError.ts';

/** One part of a `multipart/form-data` body. */
export interface Part {
  name: string;
  /** Empty where the part has no file name, or an empty one. */
  fileName: string;
  /** `text/plain` where the part does not say. */
  contentType: string;
  bytes: Buffer;
}

/**
 * Takes a `multipart/form-data` body apart (RFC 7578), as leniently as Salesforce: a disposition may end in a
 * semicolon. Parts without a name are left out.
 *
 * @throws OrgError 400 `INVALID_MULTIPART_REQUEST` when there is no boundary, or a part has no end.
 */
export async function readParts(bytes: Buffer, contentType: string): Promise<Part[]> {
  try {
    return await parse(bytes, contentType);
  } catch {
    throw invalidMultipart('The parts of the multipart request could not be read');
  }
}

function parse(bytes: Buffer, contentType: string): Promise<Part[]> {
  return new Promise((resolve, reject) => {
    // Every part as a stream, so that none is decoded: what a part is, is decided here.
    const parser = new Busboy({ headers: { 'content-type': contentType }, isPartAFile: () => true });
    const parts: Promise<Part | undefined>[] = [];
    parser.on('file', (name: string | undefined, content, fileName: string | undefined, _encoding, type) => {
      const read = buffer(content).then((body) =>
        name === undefined
          ? undefined
          : { name, fileName: fileName ?? '', contentType: type.toLowerCase(), bytes: body },
      );
      read.catch(reject);
      parts.push(read);
    });
    parser.once('error', reject);
    parser.once(
      'finish',
      () => void Promise.all(parts).then((all) => resolve(all.filter((part) => part !== undefined)), reject),
    );
    parser.end(bytes);
  });
}

/**
 * Whether Salesforce takes the part for a file. What it takes for the record says that it is JSON and names no file: a
 * text without a content type is a file to it (SalesforceMobileSDK-Android pull request 2025), and JSON with an empty
 * file name is the record (cordova-plugin-advanced-http pull request 343).
 */
export function isBinaryPart({ fileName, contentType }: Part): boolean {
  return fileName !== '' || !/^application\/(?:[\w.-]+\+)?json$/.test(contentType);
}

/** A body whose parts are not what Salesforce takes. */
export function invalidMultipart(message: string): OrgError {
  return new OrgError(400, 'INVALID_MULTIPART_REQUEST', message);
}
