import fc from 'fast-check';
import { jsonBodies, type FuzzBody } from './bodies.ts';
import { anyObject, anyText, childRelationships, fieldPath, named, objectName, recordId, wellFormed } from './names.ts';

/** A query string; what has no place in one is encoded, as clients do it. */
export const parameters = (pairs: readonly (readonly [string, string])[]): string =>
  new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();

/** A door: its path and query, the methods it takes, and what it is sent. */
export interface Door {
  path: string;
  methods: readonly string[];
  body: fc.Arbitrary<FuzzBody>;
}

export const reads = ['GET'];

/** The doors to records. @param ids Of rows that there are. */
export function recordDoors(ids: readonly string[]): fc.Arbitrary<Door> {
  const json = jsonBodies(ids);
  return anyObject.chain((object) => {
    const own = ids.filter((known) => known.startsWith(object.keyPrefix));
    const id = fc.oneof({ weight: 5, arbitrary: recordId(own) }, { weight: 1, arbitrary: recordId(ids) });
    const fields = fc.array(fieldPath(object), { maxLength: 3 }).map((paths) => paths.join(','));
    const relationship = named([
      ...childRelationships(object),
      ...object.fields.flatMap(({ reference }) => reference?.relationshipName ?? []),
      'Body',
    ]);
    const key = named(object.fields.map(({ name }) => name));
    const list = fc.array(id, { minLength: 1, maxLength: 3 }).map((all) => all.join(','));
    const when = fc.constantFrom('2026-11-01T00:00:00Z', '2026-11-25T00:00:00+00:00', 'x', '', '9999-01-01T00:00:00Z');
    const type = fc.oneof({ weight: 12, arbitrary: fc.constant(object.name) }, { weight: 1, arbitrary: objectName });
    const uiFields = fields.map(
      (names) =>
        `?${parameters([
          [
            'fields',
            names
              .split(',')
              .map((name) => `${object.name}.${name}`)
              .join(','),
          ],
          ['optionalFields', `${object.name}.Foo`],
        ])}`,
    );
    const query = fc.oneof(
      { weight: 2, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fields.map((names) => `?${parameters([['fields', names]])}`) },
    );
    const record = json.record(object);
    const door = (
      path: fc.Arbitrary<string>,
      methods: readonly string[] = reads,
      body: fc.Arbitrary<FuzzBody> = record,
    ): fc.Arbitrary<Door> => path.map((where) => ({ path: where, methods, body }));
    return fc.oneof(
      {
        weight: 3,
        arbitrary: door(
          fc.tuple(type, id, query).map(([name, row, asked]) => `sobjects/${name}/${row}${asked}`),
          ['GET', 'PATCH', 'DELETE'],
        ),
      },
      {
        weight: 3,
        arbitrary: door(
          type.map((name) => `sobjects/${name}`),
          ['POST', 'POST', 'GET'],
        ),
      },
      {
        weight: 2,
        arbitrary: door(
          fc
            .tuple(type, id, relationship, query)
            .map(([name, row, over, asked]) => `sobjects/${name}/${row}/${over}${asked}`),
          ['GET', 'PATCH'],
        ),
      },
      {
        weight: 2,
        arbitrary: door(
          fc
            .tuple(type, key, anyText)
            .map(([name, by, value]) => `sobjects/${name}/${by}/${encodeURIComponent(wellFormed(value))}`),
          ['GET', 'PATCH', 'PATCH'],
        ),
      },
      {
        weight: 1,
        arbitrary: door(
          fc
            .tuple(
              type,
              fc.constantFrom(
                '/describe',
                '/describe/layouts',
                '/describe/layouts/012000000000000AAA',
                '/describe/compactLayouts',
                '/listviews',
                '/quickActions',
                '/x/y/z',
              ),
            )
            .map((parts) => `sobjects/${parts.join('')}`),
        ),
      },
      {
        weight: 1,
        arbitrary: door(
          fc.tuple(type, fc.constantFrom('updated', 'deleted'), when, when).map(
            ([name, way, start, end]) =>
              `sobjects/${name}/${way}?${parameters([
                ['start', start],
                ['end', end],
              ])}`,
          ),
        ),
      },
      {
        weight: 1,
        arbitrary: door(
          fc.tuple(type, list, fields).map(
            ([name, all, names]) =>
              `composite/sobjects/${name}?${parameters([
                ['ids', all],
                ['fields', names],
              ])}`,
          ),
          ['GET', 'POST'],
          json.retrieve(object),
        ),
      },
      {
        weight: 1,
        arbitrary: door(
          fc
            .tuple(list, fc.constantFrom('', '&allOrNone=true'))
            .map(([all, more]) => `composite/sobjects?ids=${all}${more}`),
          ['DELETE'],
        ),
      },
      { weight: 2, arbitrary: door(fc.constant('composite/sobjects'), ['POST', 'PATCH'], json.collection(object)) },
      {
        weight: 1,
        arbitrary: door(
          fc.tuple(type, key).map((parts) => `composite/sobjects/${parts.join('/')}`),
          ['PATCH'],
          json.collection(object),
        ),
      },
      { weight: 2, arbitrary: door(fc.constant('composite'), ['POST'], json.composite) },
      { weight: 1, arbitrary: door(fc.constantFrom('composite/batch', 'chatter/batch'), ['POST'], json.batch) },
      { weight: 1, arbitrary: door(fc.constant('composite/graph'), ['POST'], json.graph) },
      {
        weight: 1,
        arbitrary: door(
          type.map((name) => `composite/tree/${name}`),
          ['POST'],
          json.tree(object),
        ),
      },
      { weight: 1, arbitrary: door(fc.constant('parameterizedSearch'), ['POST'], json.search(object)) },
      {
        weight: 2,
        arbitrary: door(
          fc
            .tuple(
              list,
              fc.oneof(uiFields, fc.constant('?layoutTypes=Full,Compact&modes=View')),
              fc.constantFrom('records', 'records/batch', 'record-ui'),
            )
            .map(([all, asked, way]) => `ui-api/${way}/${all}${asked}`),
          ['GET', 'PATCH'],
          json.uiRecord(object),
        ),
      },
      { weight: 1, arbitrary: door(fc.constant('ui-api/records'), ['POST'], json.uiRecord(object)) },
      {
        weight: 1,
        arbitrary: door(
          fc
            .tuple(
              fc.constantFrom('object-info', 'object-info/batch', 'layout', 'record-defaults/create'),
              type,
              fc.constantFrom(
                '',
                '?layoutType=Full&mode=Edit',
                '?layoutType=x',
                '/picklist-values/012000000000000AAA',
                '/picklist-values/012/Name',
              ),
            )
            .map(([way, name, more]) => `ui-api/${way}/${name}${more}`),
        ),
      },
      {
        weight: 1,
        arbitrary: door(
          fc
            .tuple(
              id,
              relationship,
              fc.constantFrom('', '?pageSize=2', '?pageSize=x&pageToken=9', '?fields=Name&sortBy=Name'),
            )
            .map(([row, over, more]) => `ui-api/related-list-records/${row}/${over}${more}`),
        ),
      },
    );
  });
}
