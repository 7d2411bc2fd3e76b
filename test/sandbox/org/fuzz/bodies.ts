import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { orgSchema } from '../../../../sandbox/org/database/schema/orgSchema.ts';
import type { FieldDefinition, ObjectDefinition } from '../../../../sandbox/org/database/schema/objectDefinition.ts';
import { mutated } from './mutations.ts';
import { anyObject, anyText, childRelationships, fieldOf, named, recordId, strangeName } from './names.ts';
import { soqlPart } from './soqlGrammar.ts';

/** A body with what the request says of it. */
export interface FuzzBody {
  bytes: Buffer;
  headers: Record<string, string>;
}

const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  anyText,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom<unknown>(
    null,
    [],
    {},
    ['a'],
    { attributes: { type: 'Account' } },
    '2026-02-30',
    '0000-00-00T00:00:00Z',
    '9999-12-31T23:59:59-14:00',
    '',
    'x'.repeat(40_000),
    1e308,
    { Id: '001' },
  ),
);

/** Mostly a value that fits the field. */
function valueOf(field: FieldDefinition, ids: readonly string[]): fc.Arbitrary<unknown> {
  const fitting = ((): fc.Arbitrary<unknown> => {
    switch (field.type) {
      case 'boolean':
        return fc.boolean();
      case 'int':
        return fc.integer({ min: -5, max: 30_000 });
      case 'double':
      case 'currency':
      case 'percent':
        return fc.double({ min: -1000, max: 1000, noNaN: true });
      case 'date':
        return fc.constantFrom('2026-01-31', '1980-02-29', '9999-12-31');
      case 'datetime':
        return fc.constantFrom(
          '2026-01-31T10:00:00Z',
          '2026-01-31T10:00:00.000+0000',
          '9999-12-31T23:59:59Z',
          '0001-01-01T00:00:00+14:00',
        );
      case 'id':
      case 'reference':
        return recordId(
          ids.filter((id) => field.reference?.to.some((name) => orgSchema.object(name)?.keyPrefix === id.slice(0, 3))),
        );
      case 'email':
        return fc.constantFrom('a@b.example', 'a@b', 'é@b.example');
      case 'picklist':
      case 'multipicklist':
        return fc.constantFrom(...field.picklist.map(({ value }) => value), 'Other;Some', 'Nothing');
      case 'base64':
        return fc.constantFrom('QQ==', 'not base64!', '');
      case 'address':
      case 'phone':
      case 'string':
      case 'textarea':
      case 'url':
        return anyText.map((text) => `x${text}`);
    }
  })();
  return fc.oneof({ weight: 20, arbitrary: fitting }, { weight: 1, arbitrary: strangeValue });
}

const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** A record of the object: what it needs, and some of the rest. */
function record(object: ObjectDefinition, ids: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const required = object.fields.filter((field) => !field.nillable && field.createable && field.type !== 'boolean');
  const entry = (field: FieldDefinition) => valueOf(field, ids).map((value) => [field.name, value] as const);
  const writable = object.fields.filter((field) => field.createable && field.updateable);
  const some = fc.array(
    fc
      .oneof(
        { weight: 9, arbitrary: fc.constantFrom(...(writable.length > 0 ? writable : object.fields)) },
        { weight: 1, arbitrary: fieldOf(object) },
      )
      .chain(entry),
    { maxLength: 4 },
  );
  const lookup = object.fields.flatMap(({ reference }) => reference?.relationshipName ?? []);
  const parent = fc.tuple(
    named(lookup),
    fc.constantFrom<unknown>(
      { LEI__c: 'x' },
      { Email: 'a@b.example' },
      { attributes: { type: 'Contact' }, Id: '003' },
      {},
      null,
      'x',
    ),
  );
  return fc
    .tuple(fc.tuple(...required.map(entry)), some, rarely(parent), rarely(fc.tuple(strangeName, strangeValue)))
    .map(([needed, more, above, strange]) =>
      Object.fromEntries([...needed, ...more, ...(above ? [above] : []), ...(strange ? [strange] : [])]),
    );
}

const reference = fc.constantFrom('a', 'b', 'ref1', 'x.y', '', '@{a.id}');
const verbs = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD', 'get', 'FOO');

function subrequests(ids: readonly string[]): fc.Arbitrary<unknown[]> {
  const one = anyObject.chain((object) =>
    fc.record(
      {
        method: verbs,
        url: fc.oneof(
          recordId(ids).map((id) => `/services/data/v66.0/sobjects/${object.name}/${id}`),
          fc.constantFrom(
            `/services/data/v66.0/sobjects/${object.name}`,
            'v66.0/limits',
            '/services/data/v66.0/sobjects/Account/@{a.id}',
            '/services/data/v66.0/query?q=SELECT Id FROM Account LIMIT 1',
            '/services/data/v66.0/composite/sobjects?ids=@{a.id},@{b.records[0].Id}',
            '/services/data/v66.0/composite',
            'x',
            '/services/data/v99.0/%',
            '/services/data/v66.0/composite/sobjects',
          ),
        ),
        referenceId: reference,
        body: fc.oneof(
          record(object, ids),
          fc.constantFrom<unknown>({ Name: '@{a.id}', AccountId: '@{a.id}' }, null, 'x'),
        ),
        richInput: record(object, ids),
        httpHeaders: fc.constantFrom<unknown>({}, { 'If-Match': '*' }, { Authorization: 'x' }, null, { a: 1 }),
      },
      { requiredKeys: ['method', 'url', 'referenceId'] },
    ),
  );
  return fc.oneof(
    { weight: 9, arbitrary: fc.array(one, { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(one, { minLength: 24, maxLength: 30 }) },
  );
}

const typed = (object: ObjectDefinition, ids: readonly string[]) =>
  fc
    .tuple(record(object, ids), recordId(ids), fc.boolean(), reference)
    .map(([values, id, withId, referenceId]) => ({
      attributes: { type: object.name, referenceId },
      ...values,
      ...(withId ? { id } : {}),
    }));

/** What each door takes, as a value. */
function values(ids: readonly string[]) {
  const some = <T>(items: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(items, { maxLength: 3 });
  const fieldsOf = (object: ObjectDefinition) => some(named(object.fields.map(({ name }) => name)));
  return {
    record: (object: ObjectDefinition): fc.Arbitrary<unknown> => record(object, ids),
    retrieve: (object: ObjectDefinition): fc.Arbitrary<unknown> =>
      fc.record({ ids: some(recordId(ids)), fields: fieldsOf(object) }),
    collection: (object: ObjectDefinition): fc.Arbitrary<unknown> =>
      fc.record({ allOrNone: fc.boolean(), records: some(typed(object, ids)) }),
    tree: (object: ObjectDefinition): fc.Arbitrary<unknown> =>
      fc
        .tuple(typed(object, ids), typed(object, ids), named(childRelationships(object)))
        .map(([above, below, children]) => ({ records: [{ ...above, [children]: { records: [below] } }] })),
    search: (object: ObjectDefinition): fc.Arbitrary<unknown> =>
      fc.record(
        {
          q: anyText,
          in: fc.constantFrom('ALL', 'NAME', 'x'),
          fields: fieldsOf(object),
          snippet: fc.integer(),
          offset: fc.integer({ max: 5 }),
          metadata: fc.constant('LABELS'),
          sobjects: some(
            fc.record(
              {
                name: fc.constant(object.name),
                where: soqlPart,
                orderBy: soqlPart,
                limit: fc.integer({ min: -1, max: 3 }),
              },
              { requiredKeys: ['name'] },
            ),
          ),
        },
        { requiredKeys: ['q'] },
      ),
    uiRecord: (object: ObjectDefinition): fc.Arbitrary<unknown> =>
      record(object, ids).map((fields) => ({ apiName: object.name, fields })),
    composite: fc.record({ allOrNone: fc.boolean(), compositeRequest: subrequests(ids) }) as fc.Arbitrary<unknown>,
    batch: fc.record({ haltOnError: fc.boolean(), batchRequests: subrequests(ids) }) as fc.Arbitrary<unknown>,
    graph: fc.record({
      graphs: fc.array(fc.record({ graphId: reference, compositeRequest: subrequests(ids) }), { maxLength: 2 }),
    }) as fc.Arbitrary<unknown>,
    post: fc
      .tuple(recordId(ids), anyText)
      .map(([id, text]) => ({
        body: { messageSegments: [{ type: 'Text', text }, { type: 'Mention', id }, { type: text }] },
        feedElementType: 'FeedItem',
        subjectId: id,
      })) as fc.Arbitrary<unknown>,
  };
}

/** The same as bodies: JSON as a rule, now and then XML or a part of a multipart body, spoilt or not. */
export function jsonBodies(ids: readonly string[]) {
  const all = values(ids);
  const of = (take: (object: ObjectDefinition) => fc.Arbitrary<unknown>) => (object: ObjectDefinition) =>
    written(take(object), object.name);
  return {
    record: of(all.record),
    retrieve: of(all.retrieve),
    collection: of(all.collection),
    tree: of(all.tree),
    search: of(all.search),
    uiRecord: of(all.uiRecord),
    composite: written(all.composite, 'compositeRequest'),
    batch: written(all.batch, 'batch'),
    graph: written(all.graph, 'graphs'),
    post: written(all.post, 'feedElement'),
  };
}

const jsonTypes = fc.constantFrom(
  'application/json',
  'application/json; charset=UTF-8',
  'application/json;charset=iso-8859-1',
  'application/vnd.api+json',
);

function written(value: fc.Arbitrary<unknown>, root: string): fc.Arbitrary<FuzzBody> {
  const json = value.map((given) => JSON.stringify(given));
  return fc.oneof(
    {
      weight: 12,
      arbitrary: fc.tuple(mutated(json, 6), jsonTypes).map(([text, type]) => textBody(text, { 'Content-Type': type })),
    },
    {
      weight: 3,
      arbitrary: mutated(
        value.map((given) => xmlOf(given, root)),
        6,
      ).map((text) => textBody(text, { 'Content-Type': 'application/xml' })),
    },
    { weight: 1, arbitrary: multipart(json) },
  );
}

/** XML as `JSON` maps to it in Salesforce's bodies. */
function xmlOf(value: unknown, name: string): string {
  const tag = /^[A-Za-z_][\w.-]*$/.test(name) ? name : 'x';
  if (Array.isArray(value)) return value.map((item) => xmlOf(item, name)).join('');
  if (value === null || value === undefined) return `<${tag} xsi:nil="true"/>`;
  if (typeof value === 'object')
    return `<${tag}>${Object.entries(value)
      .map(([key, inner]) => xmlOf(inner, key))
      .join('')}</${tag}>`;
  return `<${tag}>${String(value as string | number | boolean)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')}</${tag}>`;
}

const textBody = (text: string, headers: Record<string, string>): FuzzBody => ({
  bytes: Buffer.from(text, 'utf8'),
  headers,
});

function multipart(json: fc.Arbitrary<string>): fc.Arbitrary<FuzzBody> {
  const jsonHeaders = fc.constantFrom('Content-Type: application/json', 'Content-Type: text/plain', 'X-Other: 1');
  const disposition = fc.constantFrom(
    'name="entity_document"',
    'name="entity_document";',
    'name=',
    '',
    'name="a"; filename=""',
    'name="Body"; filename="a.txt"',
    'filename="b"',
    'name="Body"; filename*=UTF-8\'\'%',
  );
  const part = fc
    .tuple(disposition, jsonHeaders, fc.oneof(json, anyText))
    .map(
      ([names, type, content]) => `--x\r\nContent-Disposition: form-data; ${names}\r\n${type}\r\n\r\n${content}\r\n`,
    );
  const text = fc
    .tuple(fc.array(part, { maxLength: 3 }), fc.constantFrom('--x--\r\n', '--x', ''))
    .map(([parts, end]) => parts.join('') + end);
  return fc
    .tuple(
      mutated(text),
      fc.constantFrom(
        'multipart/form-data; boundary=x',
        'multipart/form-data',
        'multipart/form-data; boundary="',
        'multipart/form-data; boundary=y',
      ),
    )
    .map(([body, type]) => textBody(body, { 'Content-Type': type }));
}

const deep = fc.constantFrom(
  '['.repeat(20_000),
  '['.repeat(5_000) + ']'.repeat(5_000),
  '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000),
  `{"Name":${'['.repeat(3_000)}${']'.repeat(3_000)}}`,
  '<a>'.repeat(3_000) + '</a>'.repeat(3_000),
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  '<Account><Name>&#0;&#x110000;</Name></Account>',
);

/** A body of any kind that the org reads, and of kinds that it does not. */
export function anyBody(ids: readonly string[]): fc.Arbitrary<FuzzBody> {
  const json = fc
    .oneof(fc.jsonValue({ maxDepth: 4 }), values(ids).composite, fc.constantFrom<unknown>([], {}, null, 0, 'x', true))
    .map((given) => JSON.stringify(given));
  const anyType = fc.constantFrom(
    '',
    'text/plain',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'a',
    'application/xml; charset=x',
    ';',
    'text/xml',
  );
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(mutated(json), jsonTypes).map(([text, type]) => textBody(text, { 'Content-Type': type })),
    },
    {
      weight: 1,
      arbitrary: fc
        .jsonValue({ maxDepth: 3 })
        .map((given) => textBody(xmlOf(given, 'Account'), { 'Content-Type': 'application/xml' })),
    },
    { weight: 1, arbitrary: multipart(json) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(json, anyType)
        .map(([text, type]) => textBody(text, type === '' ? {} : { 'Content-Type': type })),
    },
    {
      weight: 1,
      arbitrary: json.map((text) => ({
        bytes: gzipSync(text),
        headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(json, fc.constantFrom('gzip', 'deflate', 'br', 'x'))
        .map(([text, encoding]) =>
          textBody(text, { 'Content-Type': 'application/json', 'Content-Encoding': encoding }),
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(deep, fc.constantFrom('application/json', 'application/xml'))
        .map(([text, type]) => textBody(text, { 'Content-Type': type })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.uint8Array({ maxLength: 40 }), jsonTypes)
        .map(([bytes, type]) => ({ bytes: Buffer.from(bytes), headers: { 'Content-Type': type } })),
    },
  );
}
