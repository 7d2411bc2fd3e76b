import { administratorToken, call, type RunningRestApi, startRestApi } from './runningRestApi.ts';

/** Resources that take and give XML beyond single records. */
let api: RunningRestApi;
beforeAll(async () => {
  api = await startRestApi();
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

const send = (method: string, path: string, body: string, accept = 'application/xml') =>
  call(api, `/v66.0${path}`, { method, body, headers: { 'Content-Type': 'application/xml', Accept: accept } });

async function rows(soql: string): Promise<Record<string, unknown>[]> {
  const { body } = await call(api, `/v66.0/query?q=${encodeURIComponent(soql)}`);
  return (body as { records: Record<string, unknown>[] }).records;
}

const idsIn = (xml: string): string[] => [...xml.matchAll(/<id>(\w{18})<\/id>/g)].map((match) => match[1] ?? '');

describe('an sObject tree in XML', () => {
  it('creates records with their children, whatever their number', async () => {
    const { status, text } = await send(
      'POST',
      '/composite/tree/Account',
      `<SObjectTreeRequest>
        <records type="Account" referenceId="parent">
          <name>Tree Xml</name><numberOfEmployees>100</numberOfEmployees>
          <Contacts>
            <records type="Contact" referenceId="one"><lastname>One</lastname><DoNotCall>true</DoNotCall></records>
            <records type="Contact" referenceId="two"><lastname>Two</lastname></records>
          </Contacts>
          <Opportunities>
            <records type="Opportunity" referenceId="deal">
              <Name>Deal</Name><StageName>Prospecting</StageName><CloseDate>2026-12-31</CloseDate><Amount>12.5</Amount>
            </records>
          </Opportunities>
        </records>
      </SObjectTreeRequest>`,
    );
    expect(status).toBe(201);
    expect(text).toMatch(/<SObjectTreeResponse><hasErrors>false<\/hasErrors><results>/);
    const [account, ...others] = idsIn(text);
    expect(others).toHaveLength(3);
    expect(await rows(`SELECT NumberOfEmployees FROM Account WHERE Id = '${account}'`)).toMatchObject([
      { NumberOfEmployees: 100 },
    ]);
    expect(
      await rows(`SELECT LastName, DoNotCall FROM Contact WHERE AccountId = '${account}' ORDER BY LastName`),
    ).toMatchObject([
      { LastName: 'One', DoNotCall: true },
      { LastName: 'Two', DoNotCall: false },
    ]);
    expect(await rows(`SELECT Amount FROM Opportunity WHERE AccountId = '${account}'`)).toMatchObject([
      { Amount: 12.5 },
    ]);
  });

  it('tells which record is wrong', async () => {
    const { status, text } = await send(
      'POST',
      '/composite/tree/Contact',
      '<SObjectTreeRequest><records type="Contact" referenceId="ref1"><LastName>X</LastName><Email>no</Email></records></SObjectTreeRequest>',
    );
    expect(status).toBe(400);
    expect(text).toMatch(
      /<SObjectTreeResponse><hasErrors>true<\/hasErrors><results><referenceId>ref1<\/referenceId><errors><statusCode>INVALID_EMAIL_ADDRESS</,
    );
  });
});

describe('a batch in XML', () => {
  it('runs its requests, whose bodies have roots of their own', async () => {
    const batch = (requests: string) => `<batch><batchRequests>${requests}</batchRequests></batch>`;
    const create = `<batchRequest><method>POST</method><url>v66.0/sobjects/Account</url>
      <richInput><Account><Name>Batch Xml</Name><NumberOfEmployees>3</NumberOfEmployees></Account></richInput></batchRequest>`;
    const first = await send('POST', '/composite/batch', batch(create));
    expect(first.text).toMatch(
      /<batchResults><hasErrors>false<\/hasErrors><results><result><statusCode>201<\/statusCode><result><id>001/,
    );
    const [id] = idsIn(first.text);
    expect(await rows(`SELECT Name, NumberOfEmployees FROM Account WHERE Id = '${id}'`)).toMatchObject([
      { Name: 'Batch Xml', NumberOfEmployees: 3 },
    ]);
    const url = `v66.0/sobjects/Account/${id}`;
    const second = await send(
      'POST',
      '/composite/batch',
      batch(`<batchRequest><method>PATCH</method><url>${url}</url><richInput><Account><Site>York</Site></Account></richInput></batchRequest>
        <batchRequest><method>GET</method><url>${url}?fields=Site</url></batchRequest>
        <batchRequest><method>GET</method><url>v66.0/sobjects/Nothing</url></batchRequest>`),
    );
    expect(second.text).toContain('<hasErrors>true</hasErrors>');
    expect(second.text).toMatch(/<statusCode>200<\/statusCode><result type="Account" url="[^"]+"><Site>York<\/Site>/);
    expect(second.text).toMatch(/<statusCode>404<\/statusCode><result><message>/);
    const halted = await send(
      'POST',
      '/composite/batch',
      `<batch><haltOnError>true</haltOnError><batchRequests><method>GET</method><url>v66.0/nothing</url></batchRequests>
       <batchRequests><method>GET</method><url>v66.0/limits</url></batchRequests></batch>`,
      'application/json',
    );
    expect(halted.body).toMatchObject({ results: [{ statusCode: 404 }, { statusCode: 412 }] });
  });
});

describe('a composite request in XML', () => {
  it('hands ids from one request to the next', async () => {
    const { status, text } = await send(
      'POST',
      '/composite',
      `<composite><allOrNone>true</allOrNone>
        <compositeRequest><method>POST</method><url>/services/data/v66.0/sobjects/Account</url>
          <referenceId>account</referenceId><body><Name>Composite Xml</Name></body></compositeRequest>
        <compositeRequest><method>POST</method><url>/services/data/v66.0/sobjects/Contact</url>
          <referenceId>contact</referenceId>
          <body><LastName>Composite</LastName><AccountId>@{account.id}</AccountId><HasOptedOutOfEmail>true</HasOptedOutOfEmail></body>
        </compositeRequest>
        <compositeRequest><method>POST</method><url>/services/data/v66.0/composite/sobjects</url>
          <referenceId>more</referenceId>
          <body><records type="Contact"><LastName>Only</LastName><AccountId>@{account.id}</AccountId></records></body>
        </compositeRequest>
      </composite>`,
    );
    expect(status).toBe(200);
    expect(text).toMatch(/<CompositeResult><compositeResponse><body><id>001/);
    expect(text.match(/<httpStatusCode>20[01]<\/httpStatusCode>/g)).toHaveLength(3);
    const found = await rows(
      "SELECT LastName, HasOptedOutOfEmail FROM Contact WHERE Account.Name = 'Composite Xml' ORDER BY LastName",
    );
    expect(found).toMatchObject([
      { LastName: 'Composite', HasOptedOutOfEmail: true },
      { LastName: 'Only', HasOptedOutOfEmail: false },
    ]);
  });

  it('runs as a graph', async () => {
    const answer = await send(
      'POST',
      '/composite/graph',
      `<compositeGraph><graphs><graphId>one</graphId><compositeRequest><method>POST</method>
        <url>/services/data/v66.0/sobjects/Account</url><referenceId>account</referenceId>
        <body><Name>Graph Xml</Name></body></compositeRequest></graphs></compositeGraph>`,
      'application/json',
    );
    expect(answer.body).toMatchObject({ graphs: [{ graphId: 'one', isSuccessful: true }] });
    expect(await rows("SELECT Id FROM Account WHERE Name = 'Graph Xml'")).toHaveLength(1);
  });

  it('undoes all when one fails', async () => {
    const post = (name: string, body: string) =>
      `<compositeRequest><method>POST</method><url>/services/data/v66.0/sobjects/Account</url><referenceId>${name}</referenceId><body>${body}</body></compositeRequest>`;
    const { text } = await send(
      'POST',
      '/composite',
      `<composite><allOrNone>true</allOrNone>${post('good', '<Name>Undone Xml</Name>')}${post('bad', '<Site>x</Site>')}</composite>`,
    );
    expect(text).toContain('<errorCode>REQUIRED_FIELD_MISSING</errorCode>');
    expect(await rows("SELECT Id FROM Account WHERE Name = 'Undone Xml'")).toEqual([]);
  });
});

describe('collections in XML', () => {
  it('create, change and read records', async () => {
    const created = await send(
      'POST',
      '/composite/sobjects',
      `<request><allOrNone>true</allOrNone>
        <records type="Account"><Name>Many Xml 1</Name><AnnualRevenue>10</AnnualRevenue></records>
        <records type="Account"><Name>Many Xml 2</Name></records></request>`,
    );
    expect(created.text).toMatch(/<Results><Result><id>001\w{15}<\/id><success>true<\/success><\/Result><Result>/);
    const [one, two] = idsIn(created.text);
    const changed = await send(
      'PATCH',
      '/composite/sobjects',
      `<request><records type="Account"><id>${one}</id><AnnualRevenue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></records></request>`,
    );
    expect(idsIn(changed.text)).toEqual([one]);
    const read = await send(
      'POST',
      '/composite/sobjects/Account',
      `<request><ids>${two}</ids><ids>${one}</ids><ids>001000000000009AAA</ids><fields>Name</fields><fields>AnnualRevenue</fields></request>`,
      'application/json',
    );
    expect(read.body).toMatchObject([{ Name: 'Many Xml 2' }, { Name: 'Many Xml 1', AnnualRevenue: null }, null]);
    const asXml = await call(api, `/v66.0/composite/sobjects/Account?ids=${one}&fields=Name`, {
      headers: { Accept: 'application/xml' },
    });
    expect(asXml.text).toMatch(/<Records><Account type="Account" url="[^"]+"><Name>Many Xml 1<\/Name>/);
  });

  it('upsert by external id', async () => {
    const key = await rows('SELECT LEI__c FROM Account WHERE LEI__c != null LIMIT 1');
    const { text } = await send(
      'PATCH',
      '/composite/sobjects/Account/LEI__c',
      `<request><records type="Account"><LEI__c>${String(key[0]?.['LEI__c'])}</LEI__c><NumberOfEmployees>77</NumberOfEmployees></records></request>`,
    );
    expect(text).toContain('<created>false</created>');
    expect(
      await rows(`SELECT NumberOfEmployees FROM Account WHERE LEI__c = '${String(key[0]?.['LEI__c'])}'`),
    ).toMatchObject([{ NumberOfEmployees: 77 }]);
  });
});

describe('Connect in XML', () => {
  it('takes and shows posts, comments and likes', async () => {
    const segment = (text: string) =>
      `<body><messageSegments><segment><type>Text</type><text>${text}</text></segment></messageSegments></body>`;
    const post = await send(
      'POST',
      '/chatter/feed-elements',
      `<feedItem>${segment('Xml &amp; post')}<feedElementType>FeedItem</feedElementType><subjectId>me</subjectId></feedItem>`,
    );
    expect([post.status, post.headers.get('content-type')]).toEqual([201, 'application/xml;charset=UTF-8']);
    expect(post.text).toContain('<text>Xml &amp; post</text>');
    const id = idsIn(post.text).find((found) => found.startsWith('0D5')) ?? '';
    const comment = await send(
      'POST',
      `/chatter/feed-elements/${id}/capabilities/comments/items`,
      `<comment>${segment('Xml comment')}</comment>`,
      'application/json',
    );
    expect([comment.status, comment.body]).toMatchObject([201, { body: { text: 'Xml comment' } }]);
    const page = await call(api, '/v66.0/chatter/feeds/record/me/feed-elements', {
      headers: { Accept: 'application/xml' },
    });
    expect(page.text).toMatch(/<elements>.*<text>Xml comment<\/text>/s);
  });
});

describe('files in multipart requests', () => {
  const multipart = async (method: string, path: string, json: [string, unknown], files: Record<string, string>) => {
    const form = new FormData();
    form.append(json[0], new Blob([JSON.stringify(json[1])], { type: 'application/json' }), '');
    for (const [name, text] of Object.entries(files)) form.append(name, new Blob([text]), `${name}.txt`);
    const sent = new Response(form);
    const response = await fetch(`${api.url}/services/data/v66.0${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${administratorToken}`,
        'Content-Type': sent.headers.get('content-type') ?? '',
      },
      body: await sent.arrayBuffer(),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as unknown };
  };
  const contentOf = async (id: string) => (await call(api, `/v66.0/sobjects/Attachment/${id}/Body`)).text;

  it('are stored and replaced as fields of a record', async () => {
    const [account] = await rows('SELECT Id FROM Account LIMIT 1');
    const values = { ParentId: account?.['Id'], Name: 'note.txt' };
    const created = await multipart('POST', '/sobjects/Attachment', ['entity_attachment', values], {
      Body: 'line\r\n',
    });
    expect(created).toMatchObject({ status: 201, body: { success: true } });
    const { id } = created.body as { id: string };
    expect(await contentOf(id)).toBe('line\r\n');
    const update = ['entity_attachment', { Name: 'new.txt' }] as [string, unknown];
    expect((await multipart('PATCH', `/sobjects/Attachment/${id}`, update, { Body: 'new' })).status).toBe(204);
    expect(await contentOf(id)).toBe('new');
  });

  it('are stored with the records of a collection', async () => {
    const [account] = await rows('SELECT Id FROM Account LIMIT 1');
    const record = (binaryPartName: string) => ({
      attributes: { type: 'Attachment', binaryPartName, binaryPartNameAlias: 'Body' },
      ParentId: account?.['Id'],
      Name: binaryPartName,
    });
    const { body } = await multipart(
      'POST',
      '/composite/sobjects',
      ['collection', { allOrNone: true, records: [record('first'), record('second')] }],
      { second: 'two', first: 'one' },
    );
    const ids = (body as { id: string }[]).map(({ id }) => id);
    expect(await Promise.all(ids.map(contentOf))).toEqual(['one', 'two']);
  });
});
