import { z } from 'zod';
import { OrgError } from '../../database/orgError.ts';
import { escapeSoslTerm } from '../../../../src/salesforce/soslQuoting.ts';
import { parseBody } from '../http/requestBody.ts';
import type { ResourceRequest } from '../resource.ts';

const NAME = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/;
const fieldName = z.string().regex(/^(toLabel\()?[A-Za-z][\w.]*\)?$/);

const soughtObject = z.object({
  name: z.string().regex(NAME),
  fields: z.array(fieldName).optional(),
  where: z.string().optional(),
  orderBy: z.string().optional(),
  limit: z.number().int().positive().max(2000).optional(),
});
const searchBody = z.object({
  q: z.string().min(1),
  in: z.enum(['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR']).optional(),
  fields: z.array(fieldName).optional(),
  sobjects: z.array(soughtObject).optional(),
  overallLimit: z.number().int().positive().max(2000).optional(),
  defaultLimit: z.number().int().positive().max(2000).optional(),
  /** Of the only object. */
  offset: z.number().int().nonnegative().max(2000).optional(),
  metadata: z.literal('LABELS').optional(),
  /** The length of snippets. */
  snippet: z.coerce.number().int().positive().optional(),
  spellCorrection: z.boolean().optional(),
});

/** A search given by parameters instead of SOSL (REST API guide, "Parameterized Search"). `q` is plain text. */
type ParameterizedSearch = z.infer<typeof searchBody>;

/** @throws OrgError 400 `JSON_PARSER_ERROR`. */
export function readSearchBody(request: Pick<ResourceRequest, 'body' | 'bodyFormat'>): ParameterizedSearch {
  return parseBody(searchBody, request);
}

/** `?q=Acme&sobject=Account&Account.fields=Id,Name&Account.limit=10`; `sobject` repeats or lists names by comma. */
export function readSearchParameters(query: URLSearchParams): ParameterizedSearch {
  const names = query
    .getAll('sobject')
    .flatMap((value) => value.split(','))
    .filter((name) => name !== '');
  const parsed = searchBody.safeParse({
    q: query.get('q') ?? '',
    in: query.get('in')?.toUpperCase(),
    fields: listOf(query.get('fields')),
    overallLimit: numberOf(query.get('overallLimit')),
    defaultLimit: numberOf(query.get('defaultLimit')),
    offset: numberOf(query.get('offset')),
    metadata: query.get('metadata')?.toUpperCase(),
    snippet: query.get('snippet') ?? undefined,
    sobjects: names.map((name) => ({
      name,
      fields: listOf(query.get(`${name}.fields`)),
      where: query.get(`${name}.where`) ?? undefined,
      orderBy: query.get(`${name}.orderBy`) ?? undefined,
      limit: numberOf(query.get(`${name}.limit`)),
    })),
  });
  if (parsed.success) return parsed.data;
  const parameter = parsed.error.issues[0]?.path.join('.') || 'q';
  throw new OrgError(400, 'INVALID_SEARCH', `Invalid value for the search parameter: ${parameter}`);
}

/** The same search in SOSL. */
export function parameterizedSearchSosl(search: ParameterizedSearch): string {
  const { q, in: group = 'ALL', sobjects = [], fields, defaultLimit, overallLimit, offset, metadata, snippet } = search;
  const returning = sobjects.map((sought) => {
    const names = sought.fields ?? fields;
    // SOSL has conditions only behind a field list.
    const list = names ?? (sought.where || sought.orderBy || sought.limit || defaultLimit || offset ? ['Id'] : []);
    const limit = sought.limit ?? defaultLimit;
    const clauses = [
      list.join(', '),
      sought.where ? `WHERE ${sought.where}` : '',
      sought.orderBy ? `ORDER BY ${sought.orderBy}` : '',
      limit ? `LIMIT ${limit}` : '',
      offset && sobjects.length === 1 ? `OFFSET ${offset}` : '',
    ].filter((clause) => clause !== '');
    return clauses.length > 0 ? `${sought.name}(${clauses.join(' ')})` : sought.name;
  });
  return [
    `FIND {${escapeSoslTerm(q)}} IN ${group} FIELDS`,
    returning.length > 0 ? `RETURNING ${returning.join(', ')}` : '',
    snippet ? `WITH SNIPPET (target_length=${snippet})` : '',
    metadata ? `WITH METADATA = '${metadata}'` : '',
    overallLimit ? `LIMIT ${overallLimit}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function listOf(text: string | null): string[] | undefined {
  return text?.split(',').map((name) => name.trim());
}

function numberOf(text: string | null): number | undefined {
  return text === null ? undefined : Number(text);
}
