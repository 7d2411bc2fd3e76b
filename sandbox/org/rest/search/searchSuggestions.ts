import { OrgError } from '../../database/orgError.ts';
import { likeStartsWith } from '../../../../src/salesforce/soqlQuoting.ts';
import { unsupportedType } from '../errorResponse.ts';
import type { SObjectRecord } from '../../database/orgDatabase.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import type { ResourceRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';

const DEFAULT_LIMIT = 5;
const LARGEST_LIMIT = 2000;
const SHORTEST_TERM = 3;

/**
 * Records whose name begins with the text (REST API guide, "Search Suggested Records"): `q`, `sobject` (list),
 * `fields`, `limit`, `where`.
 *
 * @throws OrgError 400 when the text is too short or an object unknown.
 */
export function suggestRecords({ database }: RestServices, request: ResourceRequest): Record<string, unknown> {
  const { query, context } = request;
  const term = query.get('q') ?? '';
  if (term.length < SHORTEST_TERM) {
    throw new OrgError(400, 'INVALID_SEARCH', `search term must be at least ${SHORTEST_TERM} characters: ${term}`);
  }
  const limit = Math.min(LARGEST_LIMIT, Math.max(1, Number(query.get('limit')) || DEFAULT_LIMIT));
  const names = (query.get('sobject') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const found = names.flatMap((name): readonly SObjectRecord[] => {
    const object = orgSchema.object(name);
    if (!object) throw unsupportedType(name);
    const asked = query.get(`${name}.fields`) ?? query.get('fields');
    const fields = new Set(['Id', object.nameField, ...(asked?.split(',').map((field) => field.trim()) ?? [])]);
    const condition = query.get(`${name}.where`) ?? query.get('where');
    const limited = condition ? ` AND (${condition})` : '';
    const pattern = String(likeStartsWith(term));
    // At the beginning of the name, or of a later word of it.
    const laterWord = pattern.replace(/^'/, "'% ");
    const begins = `(${object.nameField} LIKE ${pattern} OR ${object.nameField} LIKE ${laterWord})`;
    const soql = `SELECT ${[...fields].join(', ')} FROM ${object.name} WHERE ${begins}${limited}`;
    return database.query(`${soql} ORDER BY ${object.nameField} LIMIT ${limit + 1}`, context).records;
  });
  return { autoSuggestResults: found.slice(0, limit), hasMoreResults: found.length > limit };
}
