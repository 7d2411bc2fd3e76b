import { fails, type Call } from '../call.ts';

const notAllowed = {
  seen: fails('ApiRequestError', { message: expect.stringMatching(/cannot be requested/) }),
  arrived: 0,
};
/** The browser does not send what the org's CORS does not allow. */
const keptBack = { seen: fails('ApiRequestError', { message: 'Failed to fetch' }), arrived: 0 };

export const paths: Call[] = [
  { name: 'the versions of the API', work: ({ send }) => send('/services/data') },
  {
    name: 'a path without its leading slash',
    work: ({ send }) => send('services/data/v56.0/query?q=SELECT+Id+FROM+Account+ORDER+BY+Name+LIMIT+1'),
  },
  {
    name: 'vXX.X for the version',
    work: ({ send }) => send('/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+ORDER+BY+Name+LIMIT+1'),
  },
  {
    name: 'vxx.x in lower case',
    work: ({ send }) => send('/services/data/vxx.x/query?q=SELECT+Id+FROM+Account+ORDER+BY+Name+LIMIT+1'),
  },
  {
    name: 'vXX.X a second time',
    work: ({ send }) => send("/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+WHERE+Name='vXX.X'"),
  },
  { name: 'vXX.X outside the data API', work: ({ send }) => send('/services/apexrest/vXX.X/accounts') },
  {
    name: 'another version than the configured one',
    work: ({ send }) => send('/services/data/v60.0/query?q=SELECT+Id+FROM+Account+ORDER+BY+Name+LIMIT+1'),
  },
  {
    name: 'a version that the org does not have',
    work: ({ send }) => send('/services/data/v99.0/query?q=SELECT+Id+FROM+Account'),
    differs: {
      row: 'the message for a version that the org does not have',
      there: {
        seen: fails('ApiRequestError', { status: 404, message: 'The requested resource does not exist' }),
        arrived: 1,
      },
      here: {
        seen: fails('ApiRequestError', {
          status: 404,
          message: expect.stringMatching(/does not have version 99\.0/),
          data: [{ errorCode: 'NOT_FOUND' }],
        }),
        arrived: 1,
      },
    },
  },
  {
    name: 'raw spaces in a query',
    work: ({ send }) => send("/services/data/vXX.X/query?q=SELECT Id, Name FROM Contact WHERE Name = 'Tim Barr'"),
  },
  {
    name: 'a query on several lines with tabs',
    work: ({ send }) =>
      send("/services/data/vXX.X/query?q=SELECT Id,\n\tName \nFROM Contact\r\n WHERE Name = 'Tim Barr'"),
  },
  {
    name: 'spaces behind a path',
    work: ({ send }) => send('/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+ORDER+BY+Name+LIMIT+1  '),
  },
  {
    name: 'an encoded query',
    work: ({ send }) =>
      send(
        `/services/data/vXX.X/query?q=${encodeURIComponent("SELECT Id, Name FROM Contact WHERE Name = 'Tim Barr'")}`,
      ),
  },
  {
    name: 'raw letters beyond ASCII',
    work: ({ send }) => send("/services/data/vXX.X/query?q=SELECT+Id+FROM+Contact+WHERE+Name+=+'Zoë Müller 東京 😀'"),
  },
  {
    name: 'encoded letters beyond ASCII',
    work: ({ send }) =>
      send(
        `/services/data/vXX.X/query?q=${encodeURIComponent("SELECT Id FROM Contact WHERE Name = 'Zoë Müller 東京 😀'")}`,
      ),
  },
  {
    name: 'a bare per cent sign',
    work: ({ send }) => send("/services/data/vXX.X/query?q=SELECT+COUNT()+FROM+Contact+WHERE+Name+LIKE+'Tim%'"),
  },
  {
    name: 'signs that a URL gives a meaning',
    work: ({ send }) => send("/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+WHERE+Name='a\"<b>`{c}|^[d]'"),
  },
  {
    name: 'a fragment',
    work: ({ send }) => send('/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+ORDER+BY+Name+LIMIT+1#first'),
  },
  {
    name: 'a slash before the query',
    work: ({ send }) => send('/services/data/vXX.X/query/?q=SELECT+Id+FROM+Account+ORDER+BY+Name+LIMIT+1'),
  },
  {
    name: 'dots that stay inside the data API',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/../query?q=SELECT+Id+FROM+Account+ORDER+BY+Name+LIMIT+1'),
  },
  {
    name: 'a search with raw braces and spaces',
    work: ({ send }) => send('/services/data/vXX.X/search?q=FIND {Dickenson} RETURNING Account(Name ORDER BY Name)'),
  },
  {
    name: 'a Chatter search with a raw space',
    work: ({ send }) => send('/services/data/vXX.X/chatter/feed-elements?q=Dickenson plc'),
  },
  {
    name: 'the pages of a long query',
    made: /0r8\w{15,}/,
    work: async ({ send }) => {
      const first = await send(
        '/services/data/vXX.X/query?q=SELECT+Name+FROM+Contact+ORDER+BY+Name+LIMIT+201',
        'GET',
        undefined,
        { 'Sforce-Query-Options': 'batchSize=200' },
      );
      return [first, await send(first.data!['nextRecordsUrl'])];
    },
  },
  { name: 'the user of the session', work: ({ send }) => send('/services/oauth2/userinfo') },
  {
    name: 'an object that there is not',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Nothing__c/describe'),
  },
  {
    name: 'a record that there is not',
    work: ({ send }) => send('/services/data/vXX.X/sobjects/Contact/003000000000000AAA'),
  },
  {
    name: 'a path outside the API',
    work: ({ send }) => send('/secur/frontdoor.jsp'),
    differs: { row: 'endpoints', there: keptBack, here: notAllowed },
  },
  {
    name: 'a path that runs code',
    work: ({ send }) => send('/services/data/vXX.X/tooling/executeAnonymous/?anonymousBody=System.debug(1);'),
    differs: {
      row: 'endpoints',
      there: { seen: fails('ApiRequestError', { status: 404 }), arrived: 1 },
      here: notAllowed,
    },
  },
  {
    name: 'a path on another host',
    work: ({ send }) => send('https://evil.my.salesforce.com/services/data'),
    differs: { row: 'endpoints', there: keptBack, here: notAllowed },
  },
  {
    name: 'a path that begins with two slashes',
    work: ({ send }) => send('//evil.my.salesforce.com/services/data'),
    differs: { row: 'endpoints', there: keptBack, here: notAllowed },
  },
  ...[17_000, 21_000].map((length): Call => ({
    name: `a path of ${length} characters`,
    work:
      length === 17_000
        ? ({ send }) => send(`/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+WHERE+Name='${'x'.repeat(16_940)}'`)
        : ({ send }) => send(`/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+WHERE+Name='${'x'.repeat(20_940)}'`),
    differs: {
      row: 'queries that are too long for a URL',
      there: keptBack,
      here: {
        seen: { answer: { status: 200, data: { totalSize: 0, done: true, records: [] } } },
        arrived: [{ method: 'POST', url: expect.stringMatching(/\/composite$/) }],
      },
    },
  })),
  {
    name: 'another path that is too long for a URL',
    work: ({ send }) => send(`/services/data/vXX.X/ui-api/records/batch/${'003000000000000AAA,'.repeat(1_000)}`),
    differs: {
      row: 'other paths that are too long for a URL',
      there: keptBack,
      here: {
        seen: fails('ParameterError', { message: expect.stringMatching(/longer than Salesforce takes/) }),
        arrived: 0,
      },
    },
  },
  {
    name: 'an empty path',
    work: ({ send }) => send(''),
    differs: {
      row: 'parameters that make no request',
      there: keptBack,
      here: { seen: fails('ParameterError'), arrived: 0 },
    },
  },
  {
    name: 'no path',
    work: ({ send }) => send(),
    differs: {
      row: 'parameters that make no request',
      there: { seen: fails('TypeError'), arrived: 0 },
      here: { seen: fails('ParameterError'), arrived: 0 },
    },
  },
];
