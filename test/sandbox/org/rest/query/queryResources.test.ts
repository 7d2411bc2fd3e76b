import { bankerToken, call, type RunningRestApi, startRestApi } from '../runningRestApi.ts';

interface Page {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Record<string, unknown>[];
}

let api: RunningRestApi;
beforeAll(async () => {
  api = await startRestApi();
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

async function page(path: string, headers: Record<string, string> = {}): Promise<Page> {
  const { body } = await call(api, path.replace('/services/data', ''), { headers });
  return body as Page;
}

const small = { 'Sforce-Query-Options': 'batchSize=200' };

describe('/query', () => {
  it('gives values in the order and case of the object, not of the request', async () => {
    const { records } = await page('/v66.0/query/?q=select+NAME,+id+from+account+limit+1');
    expect(Object.keys(records[0] ?? {})).toEqual(['attributes', 'Name', 'Id']);
    expect(records[0]?.['attributes']).toEqual({
      type: 'Account',
      url: `/services/data/v66.0/sobjects/Account/${String(records[0]?.['Id'])}`,
    });
  });

  it('counts without records', async () => {
    const { totalSize, done, records } = await page('/v66.0/query?q=SELECT COUNT() FROM Account');
    expect([totalSize > 0, done, records]).toEqual([true, true, []]);
  });

  it('keeps pages as they were when rows change in between', async () => {
    const first = await page('/v66.0/query?q=SELECT Id FROM Contact', small);
    await call(api, '/v66.0/sobjects/Contact', { method: 'POST', body: { LastName: 'Late' } });
    const pages = [first];
    for (let next = first.nextRecordsUrl; next !== undefined; next = pages.at(-1)!.nextRecordsUrl)
      pages.push(await page(next));
    expect(pages.map(({ totalSize }) => totalSize)).toEqual(pages.map(() => first.totalSize));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ records }) => records)).toHaveLength(first.totalSize);
  });

  it('moves a batch size into the allowed range', async () => {
    const { records } = await page('/v66.0/query?q=SELECT Id FROM Contact', { 'Sforce-Query-Options': 'batchSize=5' });
    expect(records).toHaveLength(200);
    const all = await page('/v66.0/query?q=SELECT Id FROM Contact', { 'Sforce-Query-Options': 'batchSize=100000' });
    expect(all.done).toBe(true);
  });

  it('pages long lists of children too', async () => {
    const { body } = await call(api, '/v66.0/sobjects/Account', { method: 'POST', body: { Name: 'Many' } });
    const { id } = body as { id: string };
    const contact = { attributes: { type: 'Contact' }, LastName: 'Child', AccountId: id };
    for (const count of [200, 50]) {
      const records = Array.from({ length: count }, () => contact);
      await call(api, '/v66.0/composite/sobjects', { method: 'POST', body: { records } });
    }
    const soql = `SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '${id}'`;
    const { done, records } = await page(`/v66.0/query?q=${soql}`, small);
    const children = records[0]?.['Contacts'] as Page;
    expect([done, children.done, children.totalSize, children.records.length]).toEqual([true, false, 250, 200]);
    const rest = await page(children.nextRecordsUrl ?? '');
    expect([rest.done, rest.records.length]).toEqual([true, 50]);
  });

  it('serves a locator under queryAll and ends it with an error beyond the last row', async () => {
    const first = await page('/v66.0/queryAll?q=SELECT Id FROM Contact', small);
    const locator = first.nextRecordsUrl?.split('/').at(-1) ?? '';
    expect((await page(`/v66.0/queryAll/${locator}`)).totalSize).toBe(first.totalSize);
    const beyond = await call(api, `/v66.0/query/${locator.split('-')[0]}-100000`);
    expect([beyond.status, beyond.body]).toEqual([
      400,
      [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }],
    ]);
  });

  it('ends locators after two days', async () => {
    const first = await page('/v66.0/query?q=SELECT Id FROM Contact', small);
    api.advance(49 * 3_600_000);
    expect((await call(api, (first.nextRecordsUrl ?? '').replace('/services/data', ''))).status).toBe(400);
  });

  it('needs a query', async () => {
    expect((await call(api, '/v66.0/query')).body).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }]);
  });

  it('shows each user what is shared with them', async () => {
    const headers = { Authorization: `Bearer ${bankerToken}` };
    const mine = await page('/v66.0/query?q=SELECT COUNT() FROM Account', headers);
    const all = await page('/v66.0/query?q=SELECT COUNT() FROM Account');
    expect(mine.totalSize).toBeGreaterThan(0);
    expect(mine.totalSize).toBeLessThan(all.totalSize);
  });
});

describe('/query?explain', () => {
  it('tells which condition has no index', async () => {
    const { body } = await call(api, "/v66.0/query?explain=SELECT Id FROM Account WHERE Site = 'x'");
    expect(body).toMatchObject({
      plans: [{ leadingOperationType: 'TableScan', notes: [{ fields: ['Site'], tableEnumOrId: 'Account' }] }],
      sourceQuery: "SELECT Id FROM Account WHERE Site = 'x'",
    });
  });

  it('refuses a query that could not run', async () => {
    expect((await call(api, '/v66.0/query?explain=SELECT Nam FROM Account')).status).toBe(400);
  });
});
