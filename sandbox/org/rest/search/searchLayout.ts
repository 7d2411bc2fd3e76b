import { orgSchema } from '../../database/schema/orgSchema.ts';
import { unsupportedType } from '../errorResponse.ts';
import type { ResourceRequest } from '../resource.ts';

/** Columns of the result list of each named object (REST API guide, "Search Result Layouts"). */
export function searchLayouts(request: ResourceRequest): Record<string, unknown>[] {
  const names = (request.query.get('q') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.map((name) => {
    const object = orgSchema.object(name);
    if (!object) throw unsupportedType(name);
    const searchColumns = object.compactLayout.map((fieldName) => {
      const field = orgSchema.field(object, fieldName);
      const isLookup = field?.type === 'reference' && field.reference?.relationshipName;
      const path = isLookup ? `${field.reference?.relationshipName}.Name` : fieldName;
      const format = field?.type === 'date' || field?.type === 'datetime' ? field.type : null;
      return { field: `${object.name}.${path}`, format, label: field?.label ?? fieldName, name: path };
    });
    return { errorMsg: null, label: 'Search Results', limitRows: 25, objectType: object.name, searchColumns };
  });
}
