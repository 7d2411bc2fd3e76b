import { fails, type Call, type Difference, type Expected, type PreparedAnswer } from '../call.ts';

const json = 'application/json;charset=UTF-8';
const words = (errorCode: string) => JSON.stringify([{ errorCode, message: `Words for ${errorCode}` }]);

/** The same request each time; what differs is what stands in the org's place. */
const answered = (name: string, prepared: PreparedAnswer, differs?: Difference): Call => ({
  name,
  prepared,
  ...(differs && { differs }),
  work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact/003000000000000AAA'),
});

/** An error whose message is the package's own, as Salesforce's was not found. */
const wordless = (status: number, here: string | RegExp, data?: unknown): Difference => ({
  row: 'the message of an error that is not in JSON',
  there: { seen: fails('ApiRequestError', { message: 'Failed to execute API request', status }), arrived: 1 },
  here: {
    seen: fails('ApiRequestError', {
      message: expect.stringMatching(here),
      status,
      ...(data !== undefined && { data }),
    }),
    arrived: 1,
  },
});
const unreadableError = (status: number): Difference => ({
  row: 'an error whose JSON is broken or missing',
  there: {
    seen: fails('ApiRequestError', { message: expect.stringContaining('JSON'), status: undefined }),
    arrived: 1,
  },
  here: {
    seen: fails('ApiRequestError', { message: `Salesforce answered with status ${status}.`, status }),
    arrived: 1,
  },
});
const unreadable: Difference = {
  row: 'a good answer whose JSON is broken or missing',
  there: {
    seen: fails('ApiRequestError', { message: expect.stringContaining('JSON'), status: undefined }),
    arrived: 1,
  },
  here: {
    seen: fails('ApiRequestError', { message: expect.stringContaining('could not be read'), status: 200 }),
    arrived: 1,
  },
};
const falsy = (data: unknown): Difference => ({
  row: 'an answer of `null`, `false`, `0` or `""` in JSON',
  there: { seen: { answer: { status: 200 } } },
  here: { seen: { answer: { status: 200, data } } },
});
const typed = (there: unknown, here: unknown): Difference => ({
  row: 'how `data` is read by its content type',
  there: { seen: { answer: { data: there } } },
  here: { seen: { answer: { data: here } } },
});
const bytesOf = (text: string) => ({ bytes: [...Buffer.from(text)] });
const never: Expected = { seen: { never: expect.stringContaining('could not be cloned') }, arrived: 1 };

export const answers: Call[] = [
  answered(
    '300 with the paths of several records',
    { status: 300, body: '["/services/data/v56.0/sobjects/Contact/003A"]', contentType: json },
    {
      ...wordless(300, 'Salesforce answered with status 300.', ['/services/data/v56.0/sobjects/Contact/003A']),
      there: {
        seen: fails('ApiRequestError', {
          message: 'Failed to execute API request',
          status: 300,
          data: ['/services/data/v56.0/sobjects/Contact/003A'],
        }),
      },
    },
  ),
  answered(
    '302 to another path',
    { status: 302, headers: { location: '/services/data' } },
    {
      row: 'a redirect in an answer',
      there: {
        seen: { answer: { status: 200 } },
        arrived: [
          { headers: { authorization: 'Bearer …' } },
          { url: '/services/data', headers: { authorization: 'Bearer …' } },
        ],
      },
      here: { seen: fails('ApiRequestError', { message: expect.stringContaining('not followed') }), arrived: 1 },
    },
  ),
  answered('304', { status: 304 }, wordless(304, 'Salesforce answered with status 304.')),
  answered('400', { status: 400, body: words('MALFORMED_ID') }),
  answered('400 with an error of the UI API', {
    status: 400,
    body: '{"errorCode":"POST_BODY_PARSE_ERROR","message":"Cannot parse"}',
  }),
  answered('400 without a body', { status: 400 }, unreadableError(400)),
  answered('400 with broken JSON', { status: 400, body: '[{"errorCode":', contentType: json }, unreadableError(400)),
  answered(
    '400 as text',
    { status: 400, body: 'Bad Request', contentType: 'text/plain' },
    wordless(400, 'Salesforce answered with status 400.'),
  ),
  answered(
    '400 as application/problem+json',
    { status: 400, body: '{"message":"a problem"}', contentType: 'application/problem+json' },
    wordless(400, 'a problem', { message: 'a problem' }),
  ),
  answered(
    '401 for the resource',
    { status: 401, body: words('INSUFFICIENT_ACCESS') },
    {
      row: '401',
      there: {
        seen: fails('ApiRequestError', { status: 404 }),
        arrived: [{ method: 'GET' }, { url: '/services/oauth2/token' }, { method: 'GET' }],
      },
      here: {
        seen: fails('ApiRequestError', { status: 401, data: [{ errorCode: 'INSUFFICIENT_ACCESS' }] }),
        arrived: 1,
      },
    },
  ),
  answered('401 for the token', { status: 401, body: words('INVALID_SESSION_ID') }),
  answered('403', { status: 403, body: words('INSUFFICIENT_ACCESS_OR_READONLY') }),
  answered('405', { status: 405, body: words('METHOD_NOT_ALLOWED') }),
  answered('409', { status: 409, body: words('CONFLICT') }),
  answered('410', { status: 410, body: words('GONE') }),
  answered('412', { status: 412, body: words('PRECONDITION_FAILED') }),
  answered(
    '414',
    { status: 414, body: '<html>URI Too Long</html>', contentType: 'text/html' },
    wordless(414, 'Salesforce answered with status 414.'),
  ),
  answered('500', { status: 500, body: words('UNKNOWN_EXCEPTION') }),
  answered(
    '503 as a web page to a read',
    { status: 503, body: '<html>Sorry</html>', contentType: 'text/html' },
    {
      row: 'an org that is not there',
      there: { seen: fails('ApiRequestError', { message: 'Failed to execute API request', status: 503 }), arrived: 1 },
      here: { seen: fails('ApiRequestError', { status: 404 }), arrived: 2 },
    },
  ),
  {
    name: '503 as a web page to a write',
    prepared: { status: 503, body: '<html>Sorry</html>', contentType: 'text/html' },
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact', 'POST', {}),
    differs: wordless(503, /not available/),
  },
  answered(
    '200 with a web page',
    { status: 200, body: '<html>Welcome</html>', contentType: 'text/html' },
    {
      row: 'a web page in place of data',
      there: { seen: { answer: { data: '<html>Welcome</html>' } }, arrived: 1 },
      here: { seen: fails('ApiRequestError', { status: 200 }), arrived: 1 },
    },
  ),
  answered('200 with broken JSON', { status: 200, body: '{"Id":', contentType: json }, unreadable),
  answered('200 with empty JSON', { status: 200, body: '', contentType: json }, unreadable),
  answered('200 with null', { status: 200, body: 'null', contentType: json }, falsy(null)),
  answered('200 with false', { status: 200, body: 'false', contentType: json }, falsy(false)),
  answered('200 with 0', { status: 200, body: '0', contentType: json }, falsy(0)),
  answered('200 with an empty text in JSON', { status: 200, body: '""', contentType: json }, falsy('')),
  answered('200 with an empty list', { status: 200, body: '[]', contentType: json }),
  {
    name: '200 with a member called __proto__',
    prepared: { status: 200, body: '{"Name":"x","__proto__":{"admin":true}}', contentType: json },
    work: async ({ send }) =>
      JSON.stringify((await send('/services/data/vXX.X/sobjects/Contact/003000000000000AAA')).data),
    differs: {
      row: 'members called `__proto__` in an answer',
      there: { seen: { answer: '{"Name":"x","__proto__":{"admin":true}}' } },
      here: { seen: { answer: '{"Name":"x"}' } },
    },
  },
  {
    name: '200 with 300 levels',
    prepared: { status: 200, body: '['.repeat(300) + ']'.repeat(300), contentType: json },
    work: async ({ send }) =>
      JSON.stringify((await send('/services/data/vXX.X/sobjects/Contact/003000000000000AAA')).data).length,
    differs: {
      row: 'data or answers of more than 256 levels',
      there: { seen: { answer: 600 } },
      here: { seen: fails('ApiRequestError') },
    },
  },
  answered('200 with letters beyond ASCII', { status: 200, body: '{"Name":"Zoë 東京 😀"}', contentType: json }),
  answered('200 with application/x+json', { status: 200, body: '{"a":1}', contentType: 'application/x+json' }),
  answered(
    '200 with application/vnd.api+json',
    { status: 200, body: '{"a":1}', contentType: 'application/vnd.api+json' },
    typed(bytesOf('{"a":1}'), { a: 1 }),
  ),
  answered('200 with text', { status: 200, body: 'a\nb', contentType: 'text/plain' }),
  answered('200 with an empty text', { status: 200, body: '', contentType: 'text/plain' }),
  answered('200 with CSV', { status: 200, body: 'Name\n"Zoë"\n', contentType: 'text/csv; charset=UTF-8' }),
  answered('200 with XML', { status: 200, body: '<Contact/>', contentType: 'application/xml' }),
  answered('200 with SVG', { status: 200, body: '<svg/>', contentType: 'image/svg+xml' }),
  answered('200 with an image', { status: 200, body: 'PNG', contentType: 'image/png' }),
  answered('200 with application/octet-stream', {
    status: 200,
    body: 'bytes',
    contentType: 'application/octet-stream',
  }),
  answered('200 with an empty file', { status: 200, body: '', contentType: 'application/octet-stream' }),
  answered(
    '200 with another charset',
    { status: 200, body: 'Zoë', contentType: 'text/csv; charset=ISO-8859-1' },
    typed('Zoë', 'ZoÃ«'),
  ),
  answered(
    '200 with an Office document',
    { status: 200, body: 'PK', contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
    typed('PK', bytesOf('PK')),
  ),
  answered(
    '200 with JavaScript',
    { status: 200, body: 'alert(1)', contentType: 'application/javascript' },
    typed(bytesOf('alert(1)'), 'alert(1)'),
  ),
  answered(
    '200 with a form',
    { status: 200, body: 'a=1&b=%C3%BC', contentType: 'application/x-www-form-urlencoded' },
    {
      row: 'a form in an answer',
      there: never,
      here: {
        seen: {
          answer: {
            data: {
              form: [
                ['a', '1'],
                ['b', 'ü'],
              ],
            },
          },
        },
      },
    },
  ),
  answered(
    '200 with a form of parts',
    {
      status: 200,
      contentType: 'multipart/form-data; boundary=x',
      body: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
    },
    { row: 'a form in an answer', there: never, here: { seen: { answer: { data: { bytes: expect.any(Array) } } } } },
  ),
  {
    name: '200 with a file as bytes',
    prepared: { status: 200, body: 'a,b', contentType: 'text/csv' },
    work: ({ send }) => send('/services/data/vXX.X/limits', 'GET', undefined, undefined, true, { answerAs: 'bytes' }),
    differs: {
      row: 'answers as bytes on demand',
      there: { seen: { answer: { data: 'a,b' } } },
      here: { seen: { answer: { data: bytesOf('a,b') } } },
    },
  },
  answered('201', { status: 201, body: '{"id":"003","success":true,"errors":[]}', contentType: json }),
  answered('202 without a body', { status: 202, body: '', contentType: 'text/plain' }),
  answered('204', { status: 204 }),
];
