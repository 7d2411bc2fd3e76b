import { fails, type Call, type Difference } from '../call.ts';

/** The browser does not send what the org's CORS does not allow. */
const keptBack = { seen: fails('ApiRequestError', { message: 'Failed to fetch' }), arrived: 0 };
const refused: Difference = {
  row: 'parameters that make no request',
  there: keptBack,
  here: { seen: fails('ParameterError'), arrived: 0 },
};

export const methods: Call[] = [
  { name: 'get', work: ({ send }) => send('/services/data', 'get') },
  { name: 'delete', work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact/003000000000000AAA', 'delete') },
  {
    name: 'patch',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact/003000000000000AAA', 'patch', { Title: 'x' }),
    differs: {
      row: 'a method in lower case',
      there: keptBack,
      here: { seen: fails('ApiRequestError', { status: 404 }), arrived: [{ method: 'PATCH' }] },
    },
  },
  {
    name: 'post',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'post', { FirstName: 'x' }),
    differs: {
      row: 'a method in lower case',
      there: {
        seen: fails('ApiRequestError', { status: 415 }),
        arrived: [{ headers: { 'content-type': 'text/plain;charset=UTF-8' } }],
      },
      here: {
        seen: fails('ApiRequestError', { status: 400, data: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] }),
        arrived: [{ headers: { 'content-type': 'application/json' } }],
      },
    },
  },
  {
    name: 'HEAD',
    work: ({ send }) => send('/services/data', 'HEAD'),
    differs: {
      row: 'HEAD',
      there: { seen: fails('ApiRequestError', { message: expect.stringContaining('JSON') }), arrived: 1 },
      here: { seen: { answer: { status: 200 } }, arrived: 1 },
    },
  },
  {
    name: 'PUT where it is not allowed',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'PUT', { a: 1 }),
  },
  {
    name: 'DELETE where it is not allowed',
    work: ({ send }) => send('/services/data/vXX.X/query?q=SELECT+Id+FROM+Account', 'DELETE'),
  },
  {
    name: 'OPTIONS',
    work: ({ send }) => send('/services/data', 'OPTIONS'),
    differs: {
      row: 'OPTIONS',
      there: { seen: fails('ApiRequestError', { status: 405 }) },
      here: { seen: fails('ParameterError'), arrived: 0 },
    },
  },
  { name: 'null for the method', work: ({ send }) => send('/services/data', null), differs: refused },
  { name: 'a method that there is not', work: ({ send }) => send('/services/data', 'FETCH'), differs: refused },
  {
    name: 'a method that cannot be one',
    work: ({ send }) => send('/services/data', 'G ET'),
    differs: {
      ...refused,
      there: {
        seen: fails('ApiRequestError', { message: expect.stringContaining('not a valid HTTP method') }),
        arrived: 0,
      },
    },
  },
];
