import coBody from 'co-body';
import type { Context } from 'koa';
import type { z } from 'zod';
import { OrgError } from '../../database/orgError.ts';
import { jsonParserError, parseJson } from './jsonSyntaxError.ts';
import { readXmlBody } from './xmlBody.ts';

/** Documented ceiling of a JSON body. */
const BODY_LIMIT = '50mb';

interface RequestBody {
  value: unknown;
  format: 'json' | 'xml';
}

/**
 * Reads a JSON or XML body, gzip and deflate included. The value is undefined when the request has no body.
 *
 * @throws OrgError 400 `JSON_PARSER_ERROR`/`XML_PARSER_ERROR`, 413 or 415.
 */
export async function readRequestBody(ctx: Context): Promise<RequestBody> {
  const text = await readText(ctx);
  if (text.trim() === '') return { value: undefined, format: 'json' };
  if (ctx.is('application/json', '+json')) return { value: parseJson(text), format: 'json' };
  if (ctx.is('application/xml', 'text/xml')) return { value: readXmlBody(text), format: 'xml' };
  throw new OrgError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content type in request was not a supported content type');
}

async function readText(ctx: Context): Promise<string> {
  try {
    return String(await coBody.text(ctx, { limit: BODY_LIMIT }));
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

/** Checks a body against its schema. @throws OrgError 400 `JSON_PARSER_ERROR` when there is none or it does not fit. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  if (body === undefined) throw missingBody();
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw jsonParserError(`${issue?.message ?? 'Invalid request'} at ${issue?.path.join('.') || 'the request body'}`);
}
