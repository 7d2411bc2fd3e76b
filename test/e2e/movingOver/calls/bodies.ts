import { fails, type Call, type Difference } from '../call.ts';

/** Data that does not get into the vendor's worker. */
const notCloned = {
  seen: fails('ApiRequestError', { message: expect.stringContaining('could not be cloned') }),
  arrived: 0,
};
const refused = { seen: fails('ParameterError'), arrived: 0 };
const lastNameMissing = fails('ApiRequestError', { status: 400, data: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] });
const sends = (body: string): Difference['here'] => ({
  seen: lastNameMissing,
  arrived: [{ headers: { 'content-type': 'application/json' }, body }],
});
const brokenComposite = { seen: fails('TypeError'), arrived: 0 };

export const bodies: Call[] = [
  {
    name: 'a record is created from an object, changed with JSON text and with XML, read and deleted',
    made: /003NB\w{13}/,
    work: async ({ send }) => {
      const created = await send('/services/data/vXX.X/sobjects/Contact', 'POST', {
        FirstName: 'Zoë',
        LastName: 'Doe-Test',
        Email: undefined,
        Birthdate: new Date(0),
      });
      const contact = `/services/data/vXX.X/sobjects/Contact/${created.data!['id']}`;
      const changed = await send(contact, 'PATCH', '{"Title":"Managing Director"}');
      const again = await send(contact, 'PATCH', '<Contact><Department>Sales</Department></Contact>', {
        'Content-Type': 'application/xml',
      });
      const { data } = await send(`${contact}?fields=FirstName,LastName,Title,Department,Birthdate`);
      const deleted = await send(contact, 'DELETE');
      return [created, changed, again, data, deleted];
    },
  },
  {
    name: 'a list of records of which one fails',
    work: ({ send }) =>
      send('/services/data/vXX.X/composite/sobjects', 'POST', {
        allOrNone: true,
        records: [{ attributes: { type: 'Contact' }, FirstName: 'No last name' }],
      }),
  },
  { name: 'null', work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', null) },
  { name: 'nothing', work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST') },
  { name: 'an empty text', work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', '') },
  { name: 'a number', work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', 5) },
  { name: 'true', work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', true) },
  {
    name: 'broken JSON text',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', '{"LastName"'),
  },
  {
    name: 'an instance of a class',
    work: ({ send }) =>
      send(
        '/services/data/vXX.X/sobjects/Contact',
        'POST',
        new (class {
          FirstName = 'x';
          get LastName() {
            return '';
          }
        })(),
      ),
  },
  {
    name: 'an object with a Map in it',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', { FirstName: new Map([['a', 1]]) }),
  },
  {
    name: 'nothing with DELETE',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact/003000000000000AAA', 'DELETE', undefined),
  },
  {
    name: 'an object with a toJSON of its own',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', { FirstName: { toJSON: () => 'x' } }),
    differs: { row: 'data with functions in it', there: notCloned, here: sends('{"FirstName":"x"}') },
  },
  {
    name: 'an object with a function in it',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', { FirstName: 'x', save: () => 1 }),
    differs: { row: 'data with functions in it', there: notCloned, here: sends('{"FirstName":"x"}') },
  },
  {
    name: 'an object that refers to itself',
    work: ({ send }) => {
      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      return send('/services/data/vXX.X/sobjects/Contact', 'POST', circular);
    },
    differs: {
      row: 'parameters that make no request',
      there: { seen: fails('ApiRequestError', { message: expect.stringContaining('circular') }), arrived: 0 },
      here: refused,
    },
  },
  {
    name: 'a BigInt',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', { AnnualRevenue: 5n }),
    differs: {
      row: 'parameters that make no request',
      there: { seen: fails('ApiRequestError', { message: expect.stringContaining('BigInt') }), arrived: 0 },
      here: refused,
    },
  },
  {
    name: 'a function',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', () => 1),
    differs: { row: 'parameters that make no request', there: notCloned, here: refused },
  },
  {
    name: 'a body with GET',
    work: ({ send }) => send('/services/data', 'GET', { a: 1 }),
    differs: {
      row: 'parameters that make no request',
      there: { seen: fails('ApiRequestError', { message: expect.stringContaining('cannot have body') }), arrived: 0 },
      here: refused,
    },
  },
  {
    name: 'null with GET',
    work: ({ send }) => send('/services/data', 'GET', null),
    differs: {
      row: '`null` as data of a `GET`',
      there: { seen: fails('ApiRequestError', { message: expect.stringContaining('cannot have body') }), arrived: 0 },
      here: { seen: { answer: { status: 200 } }, arrived: [{ body: '' }] },
    },
  },
  {
    name: 'FormData',
    work: ({ send }) => {
      const form = new FormData();
      form.append('entity_document', '{"Title":"Notes"}');
      return send('/services/data/vXX.X/sobjects/Contact', 'POST', form);
    },
    differs: {
      row: '`FormData` and `URLSearchParams` as data',
      there: notCloned,
      here: {
        seen: fails('ApiRequestError', { status: 400 }),
        arrived: [
          {
            headers: { 'content-type': 'multipart/form-data; boundary=…' },
            body: expect.stringContaining('{"Title":"Notes"}'),
          },
        ],
      },
    },
  },
  {
    name: 'URLSearchParams',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', new URLSearchParams({ a: '1' })),
    differs: {
      row: '`FormData` and `URLSearchParams` as data',
      there: notCloned,
      here: {
        seen: fails('ApiRequestError', { status: 415 }),
        arrived: [{ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' }],
      },
    },
  },
  {
    name: 'a Blob',
    work: ({ send }) =>
      send(
        '/services/data/vXX.X/sobjects/Contact',
        'POST',
        new Blob(['{"FirstName":"x"}'], { type: 'application/json' }),
      ),
    differs: {
      row: '`Blob`, `ArrayBuffer` and its views as data',
      there: sends('{}'),
      here: sends('{"FirstName":"x"}'),
    },
  },
  {
    name: 'an ArrayBuffer',
    work: ({ send }) =>
      send('/services/data/vXX.X/sobjects/Contact', 'POST', new TextEncoder().encode('{"FirstName":"x"}').buffer, {
        'Content-Type': 'application/json',
      }),
    differs: {
      row: '`Blob`, `ArrayBuffer` and its views as data',
      there: sends('{}'),
      here: sends('{"FirstName":"x"}'),
    },
  },
  {
    name: 'bytes',
    work: ({ send }) =>
      send('/services/data/vXX.X/sobjects/Contact', 'POST', new TextEncoder().encode('{}'), {
        'Content-Type': 'application/json',
      }),
    differs: {
      row: '`Blob`, `ArrayBuffer` and its views as data',
      there: { seen: fails('ApiRequestError', { status: 400 }), arrived: [{ body: '{"0":123,"1":125}' }] },
      here: sends('{}'),
    },
  },
  {
    name: 'data of 300 levels',
    work: ({ send }) =>
      send('/services/data/vXX.X/sobjects/Contact', 'POST', {
        FirstName: JSON.parse('['.repeat(300) + ']'.repeat(300)) as unknown,
      }),
    differs: {
      row: 'data or answers of more than 256 levels',
      there: { seen: fails('ApiRequestError', { status: 400 }), arrived: 1 },
      here: refused,
    },
  },
  {
    name: 'a composite request with vXX.X in its parts',
    work: ({ send }) =>
      send('/services/data/vXX.X/composite', 'POST', {
        compositeRequest: [
          {
            method: 'GET',
            url: "/services/data/vXX.X/query?q=SELECT+Name+FROM+Contact+WHERE+Name='Tim+Barr'",
            referenceId: 'tim',
          },
        ],
      }),
  },
  {
    name: 'a batch with vXX.X in its parts',
    work: ({ send }) =>
      send('/services/data/vXX.X/composite/batch', 'POST', {
        batchRequests: [{ method: 'GET', url: 'vXX.X/query?q=SELECT+Name+FROM+Contact+ORDER+BY+Name+LIMIT+1' }],
      }),
  },
  {
    name: 'a composite request with null in it',
    work: ({ send }) =>
      send('/services/data/vXX.X/composite', 'POST', {
        compositeRequest: [
          {
            method: 'PATCH',
            url: '/services/data/vXX.X/sobjects/Contact/003000000000000AAA',
            referenceId: 'c',
            body: { Title: null },
          },
        ],
      }),
    differs: {
      row: 'composite requests',
      there: brokenComposite,
      here: { seen: { answer: { status: 200 } }, arrived: [{ body: expect.stringContaining('{"Title":null}') }] },
    },
  },
  {
    name: 'a composite request as JSON text',
    work: ({ send }) =>
      send(
        '/services/data/vXX.X/composite',
        'POST',
        JSON.stringify({ compositeRequest: [{ method: 'GET', url: '/services/data/v56.0/', referenceId: 'all' }] }),
      ),
    differs: {
      row: 'composite requests',
      there: {
        seen: fails('ApiRequestError', { status: 400 }),
        arrived: [{ body: expect.stringMatching(/^\{"0":"\{","1":"\\""/) }],
      },
      here: { seen: { answer: { status: 200 } }, arrived: [{ body: expect.stringMatching(/^\{"compositeRequest"/) }] },
    },
  },
  {
    name: 'a GET of a composite path',
    work: ({ send }) => send('/services/data/vXX.X/composite'),
    differs: {
      row: 'composite requests',
      there: brokenComposite,
      here: { seen: { answer: { status: 200 } }, arrived: 1 },
    },
  },
];
