import jsforce, { type Connection } from 'jsforce';
import {
  administratorToken,
  bankerToken,
  type RunningRestApi,
  startRestApi,
} from '../sandbox/org/rest/runningRestApi.ts';

/** What jsforce, an independent client, can do against a real org it can do here. */
let api: RunningRestApi;
let connection: Connection;
beforeAll(async () => {
  api = await startRestApi();
  connection = connect(administratorToken);
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

function connect(accessToken: string, version = '66.0'): Connection {
  return new jsforce.Connection({ instanceUrl: api.url, accessToken, version });
}

describe('jsforce reads', () => {
  it('queries with parents and children', async () => {
    const { totalSize, done, records } = await connection.query(
      'SELECT Id, Name, Owner.Name, (SELECT Id, LastName FROM Contacts) FROM Account ORDER BY Name LIMIT 3',
    );
    expect([totalSize, done, records.length]).toEqual([3, true, 3]);
    expect(records[0]).toMatchObject({
      attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${records[0]?.['Id']}` },
      Owner: { attributes: { type: 'User' }, Name: expect.any(String) },
    });
  });

  it('counts and aggregates', async () => {
    const { totalSize } = await connection.query('SELECT COUNT() FROM Contact');
    const { records } = await connection.query('SELECT COUNT(Id) n FROM Contact');
    expect(records).toEqual([{ attributes: { type: 'AggregateResult' }, n: totalSize }]);
    expect(totalSize).toBeGreaterThan(200);
  });

  it('fetches page after page', async () => {
    const count = (await connection.query('SELECT COUNT() FROM Contact')).totalSize;
    const headers = { 'Sforce-Query-Options': 'batchSize=200' };
    const first = await connection.query('SELECT Id FROM Contact ORDER BY Id', { headers });
    expect([first.done, first.records.length, first.totalSize]).toEqual([false, 200, count]);
    expect(first.nextRecordsUrl).toMatch(/\/services\/data\/v66\.0\/query\/0r8\w{15}-200$/);
    const second = await connection.queryMore(first.nextRecordsUrl ?? '');
    expect([second.done, second.totalSize]).toEqual([true, count]);
    expect(new Set([...first.records, ...second.records].map((record) => record['Id'])).size).toBe(count);
  });

  it('fetches everything by itself', async () => {
    const count = (await connection.query('SELECT COUNT() FROM Contact')).totalSize;
    const headers = { 'Sforce-Query-Options': 'batchSize=200' };
    const all = await connection.query('SELECT Id FROM Contact', { autoFetch: true, maxFetch: 5000, headers });
    expect(all.records).toHaveLength(count);
  });

  it("refuses a locator that is unknown or somebody else's", async () => {
    const headers = { 'Sforce-Query-Options': 'batchSize=200' };
    const { nextRecordsUrl = '' } = await connection.query('SELECT Id FROM Contact', { headers });
    await expect(connect(bankerToken).queryMore(nextRecordsUrl)).rejects.toMatchObject({
      errorCode: 'INVALID_QUERY_LOCATOR',
      message: 'invalid query locator',
    });
    await expect(connection.queryMore('0r8000000000000AAA-2000')).rejects.toMatchObject({
      errorCode: 'INVALID_QUERY_LOCATOR',
    });
  });

  it('finds with the query builder and tells of each record', async () => {
    const found = await connection.sobject('Account').find({}, 'Id, Name').sort({ Name: 1 }).limit(5);
    expect(found).toHaveLength(5);
    const seen: unknown[] = [];
    const query = connection.query('SELECT Id FROM Account LIMIT 7');
    await query.on('record', (record) => seen.push(record)).run();
    expect(seen).toHaveLength(7);
  });

  it('is told what is wrong with a query', async () => {
    await expect(connection.query('SELECT Foo FROM Account')).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: expect.stringContaining("No such column 'Foo' on entity 'Account'"),
    });
    await expect(connection.query('SELECT Id FROM')).rejects.toMatchObject({ errorCode: 'MALFORMED_QUERY' });
  });

  it('explains a query', async () => {
    const { plans } = await connection.query("SELECT Id FROM Account WHERE LEI__c = 'none'").explain();
    expect(plans[0]).toMatchObject({ leadingOperationType: 'Index', sobjectType: 'Account', cardinality: 0 });
    expect(plans.at(-1)).toMatchObject({ leadingOperationType: 'TableScan' });
  });

  it('sees deleted records with scanAll', async () => {
    const { id } = await connection.sobject('Account').create({ Name: 'Gone Ltd' });
    await connection.sobject('Account').destroy(String(id));
    const soql = `SELECT Id, IsDeleted FROM Account WHERE Id = '${id}'`;
    expect((await connection.query(soql)).totalSize).toBe(0);
    const { records } = await connection.query(soql, { scanAll: true });
    expect(records).toMatchObject([{ Id: id, IsDeleted: true }]);
  });

  it('describes the org and its objects', async () => {
    const { sobjects, maxBatchSize } = await connection.describeGlobal();
    expect(maxBatchSize).toBe(200);
    expect(sobjects.map(({ name }) => name)).toEqual(expect.arrayContaining(['Account', 'Contact', 'Coverage__c']));
    const description = await connection.describe('Contact');
    expect(description.fields.find(({ name }) => name === 'AccountId')).toMatchObject({
      type: 'reference',
      soapType: 'tns:ID',
      referenceTo: ['Account'],
      relationshipName: 'Account',
    });
    const account = await connection.describe('Account');
    expect(account.childRelationships).toContainEqual(
      expect.objectContaining({ childSObject: 'Contact', field: 'AccountId', relationshipName: 'Contacts' }),
    );
    const layouts = await connection.sobject('Account').layouts();
    expect(layouts.layouts[0]?.detailLayoutSections.length).toBeGreaterThan(0);
    const compact = await connection.sobject('Account').compactLayouts();
    expect(compact.compactLayouts[0]?.fieldItems.length).toBeGreaterThan(0);
    expect(await connection.sobject('Account').approvalLayouts()).toEqual({ approvalLayouts: [] });
    expect(await connection.sobject('Account').listviews()).toMatchObject({ listviews: [] });
  });

  it('reads limits and learns what it has used', async () => {
    const limits = await connection.limits();
    expect(limits['DailyApiRequests']).toMatchObject({ Max: 15000 });
    expect(connection.limitInfo.apiUsage?.limit).toBe(15000);
    expect(connection.limitInfo.apiUsage?.used).toBeGreaterThan(0);
  });

  it('reads tabs, theme and quick actions', async () => {
    expect(await connection.tabs()).toContainEqual(expect.objectContaining({ sobjectName: 'Account' }));
    expect(await connection.theme()).toHaveProperty('themeItems');
    expect(await connection.quickActions()).toEqual([]);
  });
});

describe('jsforce writes', () => {
  it('creates, reads, changes and deletes a record', async () => {
    const accounts = connection.sobject('Account');
    const created = await accounts.create({ Name: 'Contract Capital', Site: 'Leeds' });
    expect(created).toEqual({ id: expect.stringMatching(/^001\w{15}$/), success: true, errors: [] });
    const id = String(created.id);
    expect(await accounts.retrieve(id)).toMatchObject({ Id: id, Name: 'Contract Capital', Site: 'Leeds', Phone: null });
    expect(await accounts.retrieve(id, { fields: ['Site'] })).not.toHaveProperty('Phone');
    expect(await accounts.update({ Id: id, Site: null })).toEqual({ id, success: true, errors: [] });
    expect(await accounts.retrieve(id)).toMatchObject({ Site: null });
    expect(await accounts.destroy(id)).toEqual({ id, success: true, errors: [] });
    await expect(accounts.retrieve(id)).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
    await expect(accounts.destroy(id)).rejects.toMatchObject({
      errorCode: 'ENTITY_IS_DELETED',
      message: 'entity is deleted',
    });
  });

  it('changes and deletes what a search finds', async () => {
    const contacts = connection.sobject('Contact');
    await contacts.create([
      { LastName: 'Sweep', Title: 'A' },
      { LastName: 'Sweep', Title: 'B' },
    ]);
    const changed = await contacts.find({ LastName: 'Sweep' }).update({ Title: 'C' });
    expect(changed.map(({ success }) => success)).toEqual([true, true]);
    expect(await contacts.count({ LastName: 'Sweep', Title: 'C' })).toBe(2);
    await contacts.find({ LastName: 'Sweep' }).destroy();
    expect(await contacts.count({ LastName: 'Sweep' })).toBe(0);
  });

  it('reads a file through a record reference', async () => {
    const { id: ParentId } = await connection.sobject('Account').create({ Name: 'With File' });
    const Body = Buffer.from('signed').toString('base64');
    const { id } = await connection.sobject('Attachment').create({ ParentId: String(ParentId), Name: 'a.txt', Body });
    const attachment = connection.sobject('Attachment').record(String(id));
    expect(await attachment.retrieve()).toMatchObject({ Name: 'a.txt', BodyLength: 6 });
    const chunks: Buffer[] = [];
    for await (const chunk of attachment.blob('Body')) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe('signed');
  });

  it('sees only its own share with the token of a banker', async () => {
    const banker = connect(bankerToken);
    const { totalSize } = await banker.query('SELECT COUNT() FROM Account');
    expect(totalSize).toBeLessThan((await connection.query('SELECT COUNT() FROM Account')).totalSize);
    const [account] = (await banker.query('SELECT Id FROM Account LIMIT 1')).records;
    const change = banker.sobject('Account').update({ Id: String(account?.['Id']), Site: 'x' });
    await expect(change).rejects.toMatchObject({ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' });
  });

  it('is refused with a token nobody knows', async () => {
    await expect(connect('00D!unknown').limits()).rejects.toMatchObject({
      errorCode: 'INVALID_SESSION_ID',
      message: 'Session expired or invalid',
    });
  });

  it('is told which fields are missing or wrong', async () => {
    await expect(connection.sobject('Contact').create({ FirstName: 'Ann' })).rejects.toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [LastName]',
      data: { fields: ['LastName'] },
    });
    await expect(connection.sobject('Contact').create({ LastName: 'A', Foo: 1 })).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: "No such column 'Foo' on sobject of type Contact",
    });
    await expect(connection.sobject('Contact').retrieve('003000000000001AAA')).rejects.toMatchObject({
      errorCode: 'NOT_FOUND',
    });
  });

  it('writes many records at once', async () => {
    const contacts = connection.sobject('Contact');
    const created = await contacts.create([{ LastName: 'One' }, { FirstName: 'nameless' }, { LastName: 'Three' }]);
    expect(created.map(({ success }) => success)).toEqual([true, false, true]);
    expect(created[1]).toMatchObject({ errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }] });
    const ids = created.map(({ id }) => String(id));
    const [first = '', , third = ''] = ids;
    const updated = await contacts.update([
      { Id: first, Title: 'CFO' },
      { Id: third, Title: 'CEO' },
    ]);
    expect(updated.every(({ success }) => success)).toBe(true);
    const read = await contacts.retrieve([third, first], { fields: ['Title'] });
    expect(read.map((record) => record?.['Title'])).toEqual(['CEO', 'CFO']);
    const destroyed = await contacts.destroy([first, third, '003000000000001AAA']);
    expect(destroyed.map(({ success }) => success)).toEqual([true, true, false]);
  });

  it('writes all or none', async () => {
    const contacts = connection.sobject('Contact');
    const created = await contacts.create([{ LastName: 'AllOrNone' }, {}], { allOrNone: true });
    expect(created.map((result) => (result.success ? '' : result.errors[0]))).toMatchObject([
      { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' },
      { statusCode: 'REQUIRED_FIELD_MISSING' },
    ]);
    expect((await connection.query("SELECT Id FROM Contact WHERE LastName = 'AllOrNone'")).totalSize).toBe(0);
  });

  it('upserts one and many by external id', async () => {
    const accounts = connection.sobject('Account');
    const first = await accounts.upsert({ Name: 'Upsert One', LEI__c: 'CONTRACT0001' }, 'LEI__c');
    expect(first).toMatchObject({ success: true, created: true });
    const second = await accounts.upsert({ Name: 'Upsert Uno', LEI__c: 'CONTRACT0001' }, 'LEI__c');
    expect(second).toEqual({ id: first.id, success: true, errors: [], created: false });
    const many = await accounts.upsert(
      [
        { Name: 'Upsert Eins', LEI__c: 'CONTRACT0001' },
        { Name: 'Upsert Two', LEI__c: 'CONTRACT0002' },
      ],
      'LEI__c',
    );
    expect(many).toMatchObject([
      { id: first.id, created: false },
      { success: true, created: true },
    ]);
    const old = await connect(administratorToken, '45.0')
      .sobject('Account')
      .upsert({ Name: 'Upsert Old', LEI__c: 'CONTRACT0001' }, 'LEI__c');
    expect(old).toEqual({ success: true, errors: [] });
  });

  it('is told of an external id that several records have', async () => {
    const accounts = connection.sobject('Account');
    await accounts.create([
      { Name: 'Twin A', Ticker__c: 'TWIN' },
      { Name: 'Twin B', Ticker__c: 'TWIN' },
    ]);
    await expect(accounts.upsert({ Name: 'Twin', Ticker__c: 'TWIN' }, 'Ticker__c')).rejects.toMatchObject({
      errorCode: 'MULTIPLE_CHOICES',
      data: [expect.stringContaining('/sobjects/Account/001'), expect.stringContaining('/sobjects/Account/001')],
    });
  });

  it('lists what was changed, deleted and recently seen', async () => {
    const accounts = connection.sobject('Account');
    const start = new Date(api.database.now() - 2 * 60_000);
    const kept = String((await accounts.create({ Name: 'Kept' })).id);
    const gone = String((await accounts.create({ Name: 'Dropped' })).id);
    await accounts.destroy(gone);
    const end = new Date(api.database.now() + 2 * 60_000);
    const updated = await accounts.updated(start, end);
    expect(updated.ids).toContain(kept);
    expect(updated.latestDateCovered).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000\+0000$/);
    const { deletedRecords } = await accounts.deleted(start, end);
    expect(deletedRecords).toContainEqual({ id: gone, deletedDate: expect.stringMatching(/\+0000$/) });
    expect((await accounts.recent())[0]).toMatchObject({ Id: kept, Name: 'Kept' });
    expect((await connection.recent(1))[0]).toMatchObject({ attributes: { type: 'Account' }, Name: 'Kept' });
  });
});

describe('jsforce searches', () => {
  it('finds records by a word of their name', async () => {
    await connection.sobject('Account').create({ Name: 'Zebrafinch Holdings' });
    const { searchRecords } = await connection.search('FIND {Zebrafinch} IN NAME FIELDS RETURNING Account(Id, Name)');
    expect(searchRecords).toMatchObject([{ attributes: { type: 'Account' }, Name: 'Zebrafinch Holdings' }]);
  });
});

describe('jsforce sends several requests at once', () => {
  it('runs a composite request', async () => {
    const { compositeResponse } = await connection.requestPost<{ compositeResponse: { httpStatusCode: number }[] }>(
      '/composite',
      {
        compositeRequest: [
          {
            method: 'POST',
            url: '/services/data/v66.0/sobjects/Account',
            referenceId: 'a',
            body: { Name: 'Composite' },
          },
          { method: 'GET', url: '/services/data/v66.0/sobjects/Account/@{a.id}?fields=Name', referenceId: 'b' },
        ],
      },
    );
    expect(compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 200]);
  });
});

describe('jsforce with other bodies than JSON', () => {
  it('runs a composite request in XML and reads the answer', async () => {
    const answer: unknown = await connection.request({
      method: 'POST',
      url: '/composite',
      headers: { 'Content-Type': 'application/xml', Accept: 'application/xml' },
      body: `<composite><allOrNone>true</allOrNone>
        <compositeRequest><method>POST</method><url>/services/data/v66.0/sobjects/Account</url>
          <referenceId>account</referenceId><body><Name>Xml of jsforce</Name></body></compositeRequest>
        <compositeRequest><method>GET</method><url>/services/data/v66.0/sobjects/Account/@{account.id}?fields=Name</url>
          <referenceId>read</referenceId></compositeRequest></composite>`,
    });
    expect(answer).toMatchObject({
      CompositeResult: {
        compositeResponse: [
          { httpStatusCode: '201', body: { success: 'true' } },
          { httpStatusCode: '200', body: { Name: 'Xml of jsforce' } },
        ],
      },
    });
  });

  it('is told in XML what is wrong', async () => {
    const request = connection.request({
      method: 'POST',
      url: '/composite/batch',
      headers: { 'Content-Type': 'application/xml', Accept: 'application/xml' },
      body: '<batch><batchRequests>',
    });
    await expect(request).rejects.toMatchObject({ errorCode: 'XML_PARSER_ERROR' });
  });

  it('sends a file beside its record', async () => {
    const { id: account } = await connection.sobject('Account').create({ Name: 'Multipart plc' });
    const bytes = Buffer.from([0, 13, 10, 255]);
    const { id } = await connection
      .sobject('Attachment')
      .create(
        { ParentId: account, Name: 'scan.bin', Body: bytes.toString('base64') },
        { multipartFileFields: { Body: { contentType: 'application/octet-stream', filename: 'scan.bin' } } },
      );
    const { BodyLength } = await connection.sobject('Attachment').retrieve(String(id));
    const body = await fetch(`${api.url}/services/data/v66.0/sobjects/Attachment/${id}/Body`, {
      headers: { Authorization: `Bearer ${administratorToken}` },
    });
    expect([BodyLength, Buffer.from(await body.arrayBuffer())]).toEqual([4, bytes]);
  });
});

describe('jsforce chatter', () => {
  it('posts, reads and searches', async () => {
    const { id: account } = await connection.sobject('Account').create({ Name: 'Chatty plc' });
    const post = await connection.chatter
      .resource('/feed-elements')
      .create({
        body: { messageSegments: [{ type: 'Text', text: 'Met the treasurer about #hedging' }] },
        feedElementType: 'FeedItem',
        subjectId: account,
      } as never);
    expect(post).toMatchObject({
      feedElementType: 'FeedItem',
      body: { text: 'Met the treasurer about #hedging' },
      parent: { id: account, name: 'Chatty plc', type: 'Account' },
      actor: { id: api.administrator.id },
    });
    const feed = await connection.chatter.resource(`/feeds/record/${account}/feed-elements`).retrieve();
    expect(feed).toMatchObject({ elements: [{ body: { text: 'Met the treasurer about #hedging' } }] });
    const me = await connection.chatter.resource('/users/me').retrieve();
    expect(me).toMatchObject({ id: api.administrator.id, username: api.administrator.username });
  });

  it('sends a batch', async () => {
    const me = connection.chatter.resource('/users/me').retrieve();
    const news = connection.chatter.resource('/feeds/news/me/feed-elements').retrieve();
    const batch = await connection.chatter.batch([me, news] as never);
    expect(batch).toMatchObject({ hasErrors: false, results: [{ statusCode: 200 }, { statusCode: 200 }] });
  });

  it('comments on a post, likes it and takes both back', async () => {
    const post = (await connection.chatter
      .resource('/feed-elements')
      .create({
        body: { messageSegments: [{ type: 'Text', text: 'To talk about' }] },
        feedElementType: 'FeedItem',
        subjectId: 'me',
      })) as unknown as { id: string };
    const element = connection.chatter.resource(`/feed-elements/${post.id}`);
    const comment = await connection.chatter
      .resource(`/feed-elements/${post.id}/capabilities/comments/items`)
      .create({ body: { messageSegments: [{ type: 'Text', text: 'Well said' }] } });
    const like = await connection.chatter
      .resource(`/feed-elements/${post.id}/capabilities/chatter-likes/items`)
      .create('');
    expect(await element.retrieve()).toMatchObject({
      capabilities: {
        comments: { page: { total: 1, items: [{ id: comment.id, body: { text: 'Well said' } }] } },
        chatterLikes: { isLikedByCurrentUser: true, myLike: { id: like.id }, page: { total: 1 } },
      },
    });
    await connection.chatter.resource(`/comments/${comment.id}`).delete();
    await connection.chatter.resource(`/likes/${like.id}`).delete();
    expect(await element.retrieve()).toMatchObject({
      capabilities: {
        comments: { page: { total: 0, items: [] } },
        chatterLikes: { isLikedByCurrentUser: false, myLike: null, page: { total: 0 } },
      },
    });
  });
});
