import type { OrgSchema } from '../database/schema/orgSchema.ts';
import { parseSosl } from './parseSosl.ts';

/** Labels of the fields that a search returns, object by object (REST API guide, "Search for a String"). */
export interface SearchMetadata {
  entityMetadata: { entityName: string; fieldMetadata: { name: string; label: string }[] }[];
}

/** Undefined unless the statement asks for it: `WITH METADATA = 'LABELS'`. */
export function searchMetadata(schema: OrgSchema, sosl: string, apiVersion: number): SearchMetadata | undefined {
  const { labels, returning } = parseSosl(sosl, apiVersion);
  if (!labels) return undefined;
  const entityMetadata = (returning ?? []).flatMap(({ objectName, fields = '' }) => {
    const object = schema.object(objectName);
    if (!object) return [];
    const selected = fields.split(',').flatMap((name) => schema.field(object, name.trim()) ?? []);
    return [{ entityName: object.name, fieldMetadata: selected.map(({ name, label }) => ({ name, label })) }];
  });
  return { entityMetadata };
}
