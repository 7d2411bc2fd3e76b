import {
  ApiRequestError,
  count,
  likeStartsWith,
  ParameterError,
  query,
  soql,
  type QueryOptions,
} from '../../src/client/index.ts';
import { connectApp, rejection, type ConnectedApp } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 700 });
/** Without the children that a test makes. */
const everybody = soql`SELECT Id, Name FROM Contact WHERE (NOT LastName LIKE ${likeStartsWith('Child ')}) ORDER BY Id`;

async function all(app: ConnectedApp): Promise<string[]> {
  const rows = await query<{ Id: string }>(app.salesforce, everybody).toArray();
  return rows.map(({ Id }) => Id);
}

describe('query', () => {
  it('reads every page, each row once and in order', async () => {
    const app = await connectApp(org.url);
    const ids = await all(app);
    expect(ids).toHaveLength(700);
    app.sent.length = 0;
    const paged: string[] = [];
    for await (const { Id } of query<{ Id: string }>(app.salesforce, everybody, { batchSize: 200 })) paged.push(Id);
    expect(paged).toEqual(ids);
    expect(app.sent).toHaveLength(4);
  });

  it('has the next page on its way while one is worked on, and no more', async () => {
    const app = await connectApp(org.url);
    const rows = query(app.salesforce, everybody, { batchSize: 200 })[Symbol.asyncIterator]();
    await rows.next();
    expect(app.sent).toHaveLength(2);
    for (let row = 2; row <= 200; row += 1) await rows.next();
    expect(app.sent).toHaveLength(2);
    await rows.next();
    expect(app.sent).toHaveLength(3);
  });

  it('asks for nothing before the first row is wanted, and anew in each loop', async () => {
    const app = await connectApp(org.url);
    const people = query(app.salesforce, everybody);
    expect(app.sent).toEqual([]);
    await people.toArray();
    await people.toArray();
    expect(app.sent).toHaveLength(2);
  });

  it.each([0, 1, 199, 200, 201, 400, 699, 700, 701])('ends after %p rows where that is the limit', async (limit) => {
    const app = await connectApp(org.url);
    const rows = await query(app.salesforce, everybody, { limit, batchSize: 200 }).toArray();
    expect(rows).toHaveLength(Math.min(limit, 700));
    expect(app.sent).toHaveLength(Math.min(4, Math.ceil(limit / 200)));
  });

  it('gives the page ahead up when the loop is left', async () => {
    const app = await connectApp(org.url);
    const signals: AbortSignal[] = [];
    const { executeApiRequest } = app.salesforce;
    const watched: typeof app.salesforce = {
      ...app.salesforce,
      executeApiRequest: (...request) => {
        signals.push(request[5]!.signal!);
        return executeApiRequest(...request);
      },
    };
    for await (const _row of query(watched, everybody, { batchSize: 200 })) break;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('ends at once when it is left while a page is awaited', async () => {
    const app = await connectApp(org.url);
    await org.control.injectFault({ kind: 'hang' }, { path: '/query' });
    const rows = query(app.salesforce, everybody)[Symbol.asyncIterator]();
    const first = rows.next();
    expect(await rows.return!()).toEqual({ done: true, value: undefined });
    expect(await first).toEqual({ done: true, value: undefined });
  });

  it('fails where the row would be that could not be read', async () => {
    const app = await connectApp(org.url);
    const rows: unknown[] = [];
    const { executeApiRequest } = app.salesforce;
    let pages = 0;
    const losing: typeof app.salesforce = {
      ...app.salesforce,
      // The second page's address is one that the org has never given.
      executeApiRequest: (path, ...rest) =>
        executeApiRequest((pages += 1) === 2 ? path.replace(/-200$/, '-9999') : path, ...rest),
    };
    const failed = await rejection(
      (async () => {
        for await (const row of query(losing, everybody, { batchSize: 200 })) rows.push(row);
      })(),
    );
    expect(rows).toHaveLength(200);
    expect(failed).toMatchObject({ errors: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] });
  });

  it('rejects with the reason of the signal', async () => {
    const app = await connectApp(org.url);
    const stop = new AbortController();
    const rows = query(app.salesforce, everybody, { signal: stop.signal, batchSize: 200 })[Symbol.asyncIterator]();
    await rows.next();
    stop.abort(new Error('enough'));
    const rest = (async () => {
      while (!(await rows.next()).done);
    })();
    await expect(rest).rejects.toThrow('enough');
  });

  it('follows the children of a row to their end', async () => {
    const app = await connectApp(org.url);
    const parent = { Name: 'Many people' };
    const created = await app.salesforce.executeApiRequest<{ id: string }>(
      '/services/data/vXX.X/sobjects/Account',
      'POST',
      parent,
    );
    const { id } = created.data!;
    for (let batch = 0; batch < 3; batch += 1) {
      const records = Array.from({ length: 150 }, (_, index) => ({
        attributes: { type: 'Contact' },
        AccountId: id,
        LastName: `Child ${String(batch * 150 + index).padStart(3, '0')}`,
      }));
      await app.salesforce.executeApiRequest('/services/data/vXX.X/composite/sobjects', 'POST', { records });
    }
    const statement = soql`SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Id = ${id}`;
    const [account] = await query<{ Contacts: { done: boolean; totalSize: number; records: { LastName: string }[] } }>(
      app.salesforce,
      statement,
      { batchSize: 200 },
    ).toArray();
    expect(account!.Contacts.records.map(({ LastName }) => LastName)).toEqual(
      Array.from({ length: 450 }, (_, index) => `Child ${String(index).padStart(3, '0')}`),
    );
    expect(account!.Contacts).toMatchObject({ done: true, totalSize: 450 });
    expect(account!.Contacts).not.toHaveProperty('nextRecordsUrl');
  });

  it('finds deleted rows with queryAll', async () => {
    const app = await connectApp(org.url);
    const { data } = await app.salesforce.executeApiRequest<{ id: string }>(
      '/services/data/vXX.X/sobjects/Account',
      'POST',
      { Name: 'Gone' },
    );
    await app.salesforce.executeApiRequest(`/services/data/vXX.X/sobjects/Account/${data!.id}`, 'DELETE');
    const gone = soql`SELECT Id FROM Account WHERE Name = ${'Gone'} AND IsDeleted = ${true}`;
    expect(await query(app.salesforce, gone).toArray()).toEqual([]);
    expect(await query(app.salesforce, gone, { queryAll: true }).toArray()).toMatchObject([{ Id: data!.id }]);
  });

  it('asks in parts for a list that is too long for one statement, and gives each row once', async () => {
    const app = await connectApp(org.url);
    const people = await query<{ Id: string; Name: string }>(app.salesforce, everybody).toArray();
    const names = people.map(({ Name }) => Name);
    const nobody = Array.from({ length: 6_000 }, (_, index) => `nobody ${index}`);
    app.sent.length = 0;
    // In another case a name is another text, and finds the same rows again.
    const list = [...names, ...nobody, ...names.map((name) => name.toUpperCase())];
    const found = await query<{ Id: string }>(
      app.salesforce,
      soql`SELECT Id FROM Contact WHERE Name IN ${list}`,
    ).toArray();
    expect(app.sent.length).toBeGreaterThan(1);
    expect(found.map(({ Id }) => Id).toSorted()).toEqual(people.map(({ Id }) => Id).toSorted());
  });

  it('says why a list cannot be cut', () => {
    const list = Array.from({ length: 6_000 }, (_, index) => `nobody number ${index}`);
    const make = () =>
      query(
        { executeApiRequest: () => Promise.reject(new Error('sent')) },
        soql`SELECT Id FROM Contact WHERE Name IN ${list} ORDER BY Name`,
      );
    expect(make).toThrow(ParameterError);
    expect(make).toThrow('ORDER BY');
  });

  it.each<[string, () => unknown]>([
    ['connection', () => query(undefined as never, everybody)],
    ['soql', () => query({ executeApiRequest: (() => 0) as never }, 'SELECT Id FROM Contact' as never)],
  ])('refuses at once: %s', (why, make) => {
    expect(make).toThrow(ParameterError);
    expect(make).toThrow(why);
  });

  it.each<[string, object]>([
    ['limit', { limit: -1 }],
    ['limit', { limit: 1.5 }],
    ['limit', { limit: '5' }],
    ['batchSize', { batchSize: 100 }],
    ['batchSize', { batchSize: 5_000 }],
    ['queryAll', { queryAll: 'yes' }],
    ['"limitt"', { limitt: 5 }],
    ['signal', { signal: {} }],
    ['object', null as never],
  ])('refuses options that cannot be meant: %s in %j', (why, options) => {
    const nobody = { executeApiRequest: () => Promise.reject(new Error('sent')) };
    const make = () => query(nobody, everybody, options as QueryOptions);
    expect(make).toThrow(ParameterError);
    expect(make).toThrow(why);
  });
});

describe('count', () => {
  it('is the number of rows, of COUNT() and of any other statement', async () => {
    const { salesforce } = await connectApp(org.url);
    expect(await count(salesforce, soql`SELECT COUNT() FROM Contact WHERE Id != ${null}`)).toBeGreaterThanOrEqual(700);
    expect(await count(salesforce, soql`SELECT Id FROM Contact LIMIT 5`)).toBe(5);
  });

  it('rejects with what the org says', async () => {
    const { salesforce } = await connectApp(org.url);
    const failed = await rejection(count(salesforce, soql`SELECT COUNT() FROM Nothing`));
    expect(failed).toBeInstanceOf(ApiRequestError);
    expect(failed).toMatchObject({ errors: [{ errorCode: 'INVALID_TYPE' }] });
  });
});
