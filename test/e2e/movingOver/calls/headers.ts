import { fails, type Call, type Difference } from '../call.ts';

const answered = { answer: { status: 200 } };
const refused = { seen: fails('ParameterError'), arrived: 0 };
const notSent = {
  seen: fails('ApiRequestError', { message: expect.stringContaining("Failed to execute 'fetch'") }),
  arrived: 0,
};
const badHeader: Difference = { row: 'parameters that make no request', there: notSent, here: refused };
const ofTheProvider = {
  seen: fails('ParameterError', { message: expect.stringContaining("provider's to set") }),
  arrived: 0,
};
const accepts: Difference = {
  row: 'an `Accept` header in another case',
  there: { seen: answered, arrived: [{ headers: { accept: 'application/json, application/xml' } }] },
  here: {
    seen: { answer: { status: 200, type: expect.stringContaining('application/xml') } },
    arrived: [{ headers: { accept: 'application/xml' } }],
  },
};

export const headers: Call[] = [
  {
    name: 'Accept: application/xml',
    work: ({ send }) => send('/services/data', 'GET', undefined, { Accept: 'application/xml' }),
  },
  {
    name: 'accept in lower case',
    work: ({ send }) => send('/services/data', 'GET', undefined, { accept: 'application/xml' }),
    differs: accepts,
  },
  {
    name: 'ACCEPT in upper case',
    work: ({ send }) => send('/services/data', 'GET', undefined, { ACCEPT: 'application/xml' }),
    differs: accepts,
  },
  {
    name: 'a failure asked for as XML',
    work: ({ send }) =>
      send('/services/data/vXX.X/query?q=SELECT+Id+FROM+Nothing__c', 'GET', undefined, { Accept: 'application/xml' }),
    differs: {
      row: 'the message of an error that is not in JSON',
      there: { seen: fails('ApiRequestError', { message: 'Failed to execute API request', status: 400 }), arrived: 1 },
      here: {
        seen: fails('ApiRequestError', {
          message: expect.stringContaining("'Nothing__c' is not supported"),
          status: 400,
        }),
        arrived: 1,
      },
    },
  },
  { name: 'null for the headers', work: ({ send }) => send('/services/data', 'GET', undefined, null) },
  { name: 'no headers', work: ({ send }) => send('/services/data', 'GET', undefined, {}) },
  { name: 'a number as value', work: ({ send }) => send('/services/data', 'GET', undefined, { 'X-PrettyPrint': 1 }) },
  {
    name: 'undefined as value',
    work: ({ send }) => send('/services/data', 'GET', undefined, { 'X-PrettyPrint': undefined }),
  },
  {
    name: 'content-type in lower case',
    work: ({ send }) =>
      send('/services/data/vXX.X/sobjects/Contact/003000000000000AAA', 'PATCH', '<Contact/>', {
        'content-type': 'application/xml',
      }),
  },
  {
    name: 'a content type that the org does not take',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', 'a,b', { 'CONTENT-TYPE': 'text/csv' }),
  },
  {
    name: 'a content type with GET',
    work: ({ send }) => send('/services/data', 'GET', undefined, { 'Content-Type': 'application/json' }),
  },
  {
    name: 'the same name twice',
    work: ({ send }) => send('/services/data', 'GET', undefined, { 'X-PrettyPrint': '1', 'x-prettyprint': '1' }),
  },
  {
    name: "a name that the org's CORS list does not hold",
    work: ({ send }) => send('/services/data', 'GET', undefined, { 'X-Unheard-Of': '1' }),
  },
  {
    name: 'If-Modified-Since a time to come',
    work: ({ send }) =>
      send('/services/data/vXX.X/sobjects/Account/describe', 'GET', undefined, {
        'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT',
      }),
    differs: {
      row: 'the message of an error that is not in JSON',
      there: { seen: fails('ApiRequestError', { message: 'Failed to execute API request', status: 304 }), arrived: 1 },
      here: {
        seen: fails('ApiRequestError', { message: 'Salesforce answered with status 304.', status: 304 }),
        arrived: 1,
      },
    },
  },
  {
    name: 'If-Modified-Since long ago',
    work: ({ send }) =>
      send('/services/data/vXX.X/sobjects/Account', 'GET', undefined, {
        'If-Modified-Since': 'Fri, 01 Jan 2010 00:00:00 GMT',
      }),
  },
  {
    name: 'If-Match with a stale tag',
    work: async ({ send }) => {
      const { data } = await send("/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+WHERE+Name='Dickenson+plc'");
      const [{ Id }] = data!['records'] as unknown as [{ Id: string }];
      return send(`/services/data/vXX.X/sobjects/Account/${Id}`, 'PATCH', { Site: 'x' }, { 'If-Match': '"stale"' });
    },
  },
  {
    name: 'a Headers object',
    work: ({ send }) => send('/services/data', 'GET', undefined, new Headers({ 'X-PrettyPrint': '1' })),
    differs: {
      row: 'headers as a `Headers` object or as pairs',
      there: {
        seen: fails('ApiRequestError', { message: expect.stringContaining('could not be cloned') }),
        arrived: 0,
      },
      here: { seen: answered, arrived: [{ headers: { 'x-prettyprint': '1' } }] },
    },
  },
  {
    name: 'a list of pairs',
    work: ({ send }) => send('/services/data', 'GET', undefined, [['X-PrettyPrint', '1']]),
    differs: {
      row: 'headers as a `Headers` object or as pairs',
      there: { seen: answered, arrived: [{ headers: { 0: 'X-PrettyPrint,1' } }] },
      here: { seen: answered, arrived: [{ headers: { 'x-prettyprint': '1' } }] },
    },
  },
  {
    name: 'a text for the headers',
    work: ({ send }) => send('/services/data', 'GET', undefined, 'X: 1'),
    differs: {
      row: 'parameters that make no request',
      there: { seen: answered, arrived: [{ headers: { 0: 'X', 1: ':' } }] },
      here: refused,
    },
  },
  {
    name: "an Authorization of the app beside the session's",
    work: ({ send }) => send('/services/data', 'GET', undefined, { Authorization: 'Basic mine' }),
    differs: {
      row: "headers that are not the app's",
      there: { seen: answered, arrived: [{ headers: { authorization: 'Bearer …' } }] },
      here: ofTheProvider,
    },
  },
  {
    name: "an Authorization of the app instead of the session's",
    work: ({ send }) => send('/services/data', 'GET', undefined, { Authorization: 'Basic mine' }, false),
    differs: {
      row: "headers that are not the app's",
      there: { seen: answered, arrived: [{ headers: { authorization: 'Basic …' } }] },
      here: ofTheProvider,
    },
  },
  {
    name: 'a Cookie of the app',
    work: ({ send }) => send('/services/data', 'GET', undefined, { Cookie: 'sid=1' }),
    differs: {
      row: "headers that are not the app's",
      there: { seen: answered, arrived: [{ headers: expect.not.objectContaining({ cookie: expect.anything() }) }] },
      here: ofTheProvider,
    },
  },
  {
    name: 'a name that cannot be one',
    work: ({ send }) => send('/services/data', 'GET', undefined, { 'X Y': '1' }),
    differs: badHeader,
  },
  {
    name: 'a value on two lines',
    work: ({ send }) => send('/services/data', 'GET', undefined, { 'X-PrettyPrint': '1\r\nX-Other: 2' }),
    differs: badHeader,
  },
  {
    name: 'a value beyond Latin-1',
    work: ({ send }) => send('/services/data', 'GET', undefined, { 'X-PrettyPrint': '東' }),
    differs: badHeader,
  },
  {
    name: 'without authorization, where none is needed',
    work: ({ send }) => send('/services/data', 'GET', undefined, undefined, false),
  },
  {
    name: 'without authorization, where it is needed',
    work: ({ send }) => send('/services/data/vXX.X/sobjects', 'GET', undefined, undefined, false),
    differs: {
      row: '401',
      there: {
        seen: fails('ApiRequestError', { status: 401 }),
        arrived: [{ method: 'GET' }, { url: '/services/oauth2/token' }, { method: 'GET' }],
      },
      here: { seen: fails('ApiRequestError', { status: 401 }), arrived: [{ method: 'GET' }] },
    },
  },
  { name: 'null for the authorization', work: ({ send }) => send('/services/data', 'GET', undefined, undefined, null) },
  { name: '0 for the authorization', work: ({ send }) => send('/services/data', 'GET', undefined, undefined, 0) },
  { name: '1 for the authorization', work: ({ send }) => send('/services/data', 'GET', undefined, undefined, 1) },
];
