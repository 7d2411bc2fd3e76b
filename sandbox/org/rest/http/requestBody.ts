import coBody from 'co-body';
import type { Context } from 'koa';
import type { z } from 'zod';
import { OrgError } from '../../database/orgError.ts';
import { jsonParserError, parseJson } from './jsonSyntaxError.ts';
import { readMultipartBody } from './multipartBody.ts';
import { readXmlBody } from './xmlBody.ts';
import { fitToSchema } from './xmlShape.ts';
import type { ResourceRequest } from '../resource.ts';

/** Documented ceiling of a JSON body. */
const BODY_LIMIT = '50mb';

interface RequestBody {
  value: unknown;
  format: 'json' | 'xml';
}

/**
 * Reads a JSON, XML or multipart body, gzip and deflate included. The value is undefined when the request has no body.
 *
 * @throws OrgError 400 `JSON_PARSER_ERROR`/`XML_PARSER_ERROR`, 413 or 415.
 */
export async function readRequestBody(ctx: Context): Promise<RequestBody> {
  const bytes = await readBytes(ctx);
  if (ctx.is('multipart/form-data')) {
    return { value: await readMultipartBody(bytes, ctx.get('content-type')), format: 'json' };
  }
  const text = bytes.toString('utf8');
  if (text.trim() === '') return { value: undefined, format: 'json' };
  if (ctx.is('application/json', '+json')) return { value: parseJson(text), format: 'json' };
  if (ctx.is('application/xml', 'text/xml')) return { value: readXmlBody(text), format: 'xml' };
  throw new OrgError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content type in request was not a supported content type');
}

async function readBytes(ctx: Context): Promise<Buffer> {
  try {
    // Without an encoding co-body gives the bytes, which its types do not tell.
    const bytes: unknown = await coBody.text(ctx, { limit: BODY_LIMIT, encoding: null as unknown as string });
    return Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
  } catch (error) {
    const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
    if (status === 413) throw new OrgError(413, 'REQUEST_ENTITY_TOO_LARGE', 'The request entity is too large');
    if (status === 415) throw new OrgError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content encoding is not supported');
    throw jsonParserError('The request body could not be read');
  }
}

/** For resources that need a body. @throws OrgError 400 when there is none. */
export function missingBody(): OrgError {
  return jsonParserError('The HTTP entity body is required, but this request has no entity body.');
}

/**
 * Checks a body, from JSON or XML, against its schema.
 *
 * @throws OrgError 400 `JSON_PARSER_ERROR` when there is none or it does not fit.
 */
export function parseBody<T>(
  schema: z.ZodType<T>,
  { body, bodyFormat }: Pick<ResourceRequest, 'body' | 'bodyFormat'>,
): T {
  if (body === undefined) throw missingBody();
  const parsed = schema.safeParse(bodyFormat === 'xml' ? fitToSchema(schema, body) : body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw jsonParserError(`${issue?.message ?? 'Invalid request'} at ${issue?.path.join('.') || 'the request body'}`);
}
