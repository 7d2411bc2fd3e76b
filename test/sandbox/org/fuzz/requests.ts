import fc from 'fast-check';
import { anyBody, jsonBodies, type FuzzBody } from './bodies.ts';
import { mutated } from './mutations.ts';
import { anyText, objectName, recordId, strangeName, wellFormed } from './names.ts';
import { parameters, reads, recordDoors, type Door } from './recordDoors.ts';
import { soql, soqlPart } from './soqlGrammar.ts';
import { sosl } from './soslGrammar.ts';

/** One request as it is sent. */
export interface FuzzRequest {
  /** Who asks: an administrator sees all, a banker what is shared. */
  asker: 'administrator' | 'banker';
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

const version = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('v66.0', 'v67.0', 'v36.0', 'v45.0') },
  { weight: 1, arbitrary: fc.constantFrom('v29.0', 'v99.0', '66.0', 'V66.0', 'v', 'v66', 'vXX.X', '%76') },
);

function queryTargets(): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 10,
      arbitrary: fc
        .tuple(
          fc.constantFrom('query', 'queryAll', 'query/'),
          fc.constantFrom('q', 'q', 'q', 'explain'),
          mutated(soql, 5),
        )
        .map(([door, name, text]) => `${door}?${parameters([[name, text]])}`),
    },
    { weight: 6, arbitrary: mutated(sosl, 5).map((text) => `search?${parameters([['q', text]])}`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('query/', 'queryAll/'), fc.constantFrom('01g000000000001AAA-2000', '0r8', 'x-1', '%'))
        .map((parts) => parts.join('')),
    },
  );
}

function searchTargets(): fc.Arbitrary<string> {
  const name = fc.constantFrom(
    'q',
    'sobject',
    'fields',
    'in',
    'limit',
    'offset',
    'overallLimit',
    'defaultLimit',
    'metadata',
    'snippet',
    'where',
    'Account.fields',
    'Account.where',
    'Contact.limit',
    'type',
  );
  const value = fc.oneof(
    anyText,
    objectName,
    soqlPart,
    fc.constantFrom('Account,Contact', 'NAME', '10', '-1', 'x', 'LABELS'),
  );
  return fc
    .tuple(
      fc.constantFrom(
        'parameterizedSearch',
        'search/suggestions',
        'search/layout',
        'search/scopeOrder',
        'recent',
        'compactLayouts',
      ),
      fc.array(fc.tuple(name, value), { maxLength: 5 }),
      anyText,
      objectName,
    )
    .map(([door, pairs, q, sobject]) => `${door}?${parameters([['q', q], ['sobject', sobject], ...pairs])}`);
}

function chatterDoors(ids: readonly string[]): fc.Arbitrary<Door> {
  const json = jsonBodies(ids);
  const ways = fc.constantFrom(
    'users',
    'users/me',
    'users/{}',
    'feeds/news/me/feed-elements',
    'feeds/company/feed-elements',
    'feeds/record/{}/feed-elements',
    'feeds/user-profile/{}/feed-elements',
    'feed-elements',
    'feed-elements/{}',
    'feed-elements/{}/capabilities/comments/items',
    'feed-elements/{}/capabilities/chatter-likes/items',
    'comments/{}',
    'comments/{}/likes',
    'likes/{}',
    'x',
  );
  const feed = ids.filter((known) => /^(?:0D5|0D7|0I0)/.test(known));
  const id = fc.oneof(recordId(feed), recordId(ids));
  return fc
    .tuple(
      fc.constantFrom('chatter', 'connect'),
      ways,
      id,
      fc.constantFrom('', '?pageSize=1', '?page=zz&pageSize=x', '?q=a', '?q=grand', '?q=('),
    )
    .map(([root, way, row, more]) => ({
      path: `${root}/${way.replace('{}', row)}${more}`,
      methods: ['GET', 'POST', 'PATCH', 'DELETE'],
      body: json.post,
    }));
}

const plainDoors = fc
  .constantFrom(
    '',
    'limits',
    'tabs',
    'theme',
    'quickActions',
    'sobjects',
    'jobs/ingest',
    'tooling/query?q=x',
    'graphql',
    'nothing',
    '..',
    '../../v66.0/limits',
    '%2e%2e/limits',
    'limits.xml',
    'sobjects.json',
    'ui-api',
  )
  .map((path) => ({ path, methods: reads }));

const otherTargets = fc.oneof(
  fc.constantFrom(
    '/services/data',
    '/services/data/',
    '/services/data.xml',
    '/services/apexrest/x',
    '/services/async/66.0/job',
    '/cometd/66.0',
    '/services/oauth2/userinfo',
    '/services/oauth2/introspect',
    '/services/oauth2/revoke',
    '/services/oauth2/token',
    '/.well-known/openid-configuration',
    '/id/keys',
    '/id/x/y',
    '/setup/connect',
    '/services/oauth2/authorize?client_id=x',
    '/services/oauth2/success',
    '/secur/logout.jsp',
    '/',
    '/lightning/r/Contact/003/view',
    '/nothing',
  ),
  strangeName.map((name) => `/services/data/${name}`),
);

function anyDoor(ids: readonly string[]): fc.Arbitrary<Door> {
  const body = anyBody(ids);
  const read = (paths: fc.Arbitrary<string>): fc.Arbitrary<Door> =>
    paths.map((path) => ({ path, methods: reads, body }));
  const below = fc.oneof(
    { weight: 6, arbitrary: read(queryTargets()) },
    { weight: 1, arbitrary: read(searchTargets()) },
    { weight: 6, arbitrary: recordDoors(ids) },
    { weight: 1, arbitrary: chatterDoors(ids) },
    { weight: 1, arbitrary: plainDoors.map((door) => ({ ...door, body })) },
  );
  return fc.oneof(
    {
      weight: 20,
      arbitrary: fc
        .tuple(version, below)
        .map(([release, door]) => ({ ...door, path: `/services/data/${release}/${door.path}` })),
    },
    { weight: 1, arbitrary: otherTargets.map((path) => ({ path, methods: ['GET', 'POST'], body })) },
  );
}

const header = fc.oneof(
  fc.constantFrom<[string, string]>(
    ['Accept', 'application/xml'],
    ['Accept', 'text/html'],
    ['Accept', ',;q=x'],
    ['Accept', '*/*;q=0'],
    ['If-Match', '*'],
    ['If-None-Match', '"x"'],
    ['If-Modified-Since', 'Wed, 25 Nov 2026 00:00:00 GMT'],
    ['If-Unmodified-Since', 'x'],
    ['If-Modified-Since', '99999999999999'],
    ['Sforce-Query-Options', 'batchSize=200'],
    ['Sforce-Query-Options', 'batchSize=99999999999999999999'],
    ['Sforce-Mru', 'updateMru=true'],
    ['Accept-Encoding', 'gzip'],
    ['Accept-Encoding', 'deflate, br;q=x'],
    ['Sforce-Call-Options', 'client=x'],
    ['Origin', 'https://app.example'],
    ['Origin', 'null'],
    ['X-HTTP-Method-Override', 'PATCH'],
    ['Authorization', 'Bearer nobody'],
    ['Authorization', 'Basic x'],
    ['DPoP', 'x'],
    ['Cookie', '%=%'],
  ),
);

/** What a request line and a header may carry; anything else is percent-encoded or left out, as a client would. */
const sendable = (text: string): string =>
  text.replaceAll(/[^!-~]/gu, (character) => encodeURIComponent(wellFormed(character)));

const asker = fc.constantFrom('administrator' as const, 'banker' as const);

const strayMethods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'];

/** A request to the org, by the grammar of each of its doors, valid or spoilt. @param ids Of rows that there are. */
export function anyRequest(ids: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const headers = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(header, { maxLength: 3 }) },
  );
  const stray = anyBody(ids);
  return anyDoor(ids).chain(({ path, methods, body }) => {
    const method = fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...methods) },
      { weight: 1, arbitrary: fc.constantFrom(...strayMethods) },
    );
    const target = mutated(fc.constant(path), 12).map((text) => `/${sendable(text).replace(/^[/\\]+/, '')}`);
    return method.chain((verb) => {
      const sent = ['POST', 'PATCH', 'PUT'].includes(verb)
        ? fc.oneof({ weight: 5, arbitrary: body }, { weight: 1, arbitrary: stray })
        : fc.constant(noBody);
      return fc
        .tuple(asker, target, headers, sent)
        .map(([who, where, more, { bytes, headers: ofBody }]) => ({
          asker: who,
          method: verb,
          target: where,
          headers: { ...Object.fromEntries(more), ...ofBody },
          body: bytes.length > 0 ? bytes : undefined,
        }));
    });
  });
}

const noBody: FuzzBody = { bytes: Buffer.alloc(0), headers: {} };
