/** Results of queries that apps have subscribed to. */
import { query, useLiveDesk } from './liveDesk.ts';

describe('the result of a query that is subscribed to', () => {
  const org = useLiveDesk();
  let account: string;
  let one: string;
  let two: string;

  beforeEach(() => {
    account = org.create('Account', { Name: 'Parent' });
    one = org.create('Contact', { LastName: 'One', AccountId: account });
    two = org.create('Contact', { LastName: 'Two', AccountId: account });
  });

  const ofAccount = (fields = 'Id, LastName', rest = '') =>
    query(`SELECT ${fields} FROM Contact WHERE AccountId = '${account}' ORDER BY LastName${rest}`);

  it('is told within a round to whoever has just read it, though its objects are watched and no change was seen', async () => {
    const { listen, ask, pass } = org.open();
    await listen(ofAccount('Id, Title'), { app: 'Notes' });
    await pass(11);
    org.update('Contact', one, { LastName: 'Zett' });
    await pass(6);
    const { heard } = ask(ofAccount(), { mayWait: true });
    await pass(6);
    expect(heard.order).toEqual([two, one]);
    expect(heard.states).toEqual(['live']);
  });

  it('is told as a whole, and again as a whole when a row has changed, come or gone', async () => {
    const { listen, pass } = org.open();
    const heard = await listen(ofAccount());
    expect(heard.of('rows')).toMatchObject([{ isWhole: true, rows: [{ Id: one }, { Id: two }], gone: [] }]);
    await pass(30);
    expect(heard.of('rows')).toHaveLength(1);
    org.update('Contact', one, { LastName: 'Zett' });
    await pass(6);
    expect(heard.order).toEqual([two, one]);
    org.update('Contact', one, { AccountId: null });
    await pass(6);
    expect(heard.order).toEqual([two]);
    const three = org.create('Contact', { LastName: 'Three', AccountId: account });
    await pass(6);
    expect(heard.order).toEqual([three, two]);
    org.remove('Contact', three);
    await pass(6);
    expect(heard.order).toEqual([two]);
  });

  it.each([
    ['a parent', () => ofAccount('Id, Account.Name'), () => org.update('Account', account, { Name: 'Renamed' })],
    [
      'a parent of the parent',
      () => query(`SELECT Id, Account.Owner.Name FROM Contact WHERE AccountId = '${account}'`),
      () => org.update('User', org.org.administrator.user.id, { LastName: `Reed ${Math.random()}` }),
    ],
    [
      'a parent by an alias',
      () => query(`SELECT c.Id, a.Name FROM Contact c, c.Account a WHERE c.AccountId = '${account}'`),
      () => org.update('Account', account, { Name: 'Renamed' }),
    ],
    [
      'a child',
      () => query(`SELECT Id, (SELECT Id, LastName FROM Contacts) FROM Account WHERE Id = '${account}'`),
      () => org.update('Contact', one, { LastName: 'Renamed' }),
    ],
    [
      'a condition on another object',
      () =>
        query(
          `SELECT Id, Name FROM Account WHERE Id = '${account}' AND Id IN (SELECT AccountId FROM Contact WHERE LastName = 'One')`,
        ),
      () => org.update('Contact', one, { LastName: 'Renamed' }),
    ],
  ])('is told again when %s has changed', async (_what, target, change) => {
    const { listen, pass } = org.open();
    const heard = await listen(target());
    // By now its changes are looked for, and its rows are not read any more while there are none.
    await pass(16);
    const told = heard.of('rows').length;
    expect(told).toBe(1);
    change();
    await pass(6);
    expect(heard.of('rows')).toHaveLength(2);
  });

  it('is told at once as an app has written it, to all apps', async () => {
    const { listen, pass, patch } = org.open();
    const [blotter, notes] = [await listen(ofAccount()), await listen(ofAccount(), { app: 'Notes' })];
    await pass(16);
    patch(one, { LastName: 'Written' });
    await pass(0.5);
    for (const heard of [blotter, notes]) expect(heard.values('LastName')).toEqual(['Two', 'Written']);
  });

  it('costs one request a round while nothing changes, with any number of queries of the object', async () => {
    const { ask, asked, pass } = org.open();
    const targets = Array.from({ length: 12 }, (_, n) => ofAccount('Id, LastName', ` LIMIT ${n + 1}`));
    const all = targets.map((target) => ask(target).heard);
    await pass(21);
    expect(await asked(() => pass(40))).toBe(8);
    for (const { news } of all) expect(news.at(-1)!.kind).toBe('unchanged');
  });

  it('is read again now and then, for what changes without a trace', async () => {
    const { listen, pass } = org.open();
    const { database, administrator, banker } = org.org;
    const hers = database.query('SELECT Id, OwnerId FROM Account', administrator).records;
    const his = new Set(database.query('SELECT OwnerId FROM Account', banker).records.map((row) => row['OwnerId']));
    const elsewhere = org.create('Account', {
      OwnerId: hers.find((row) => !his.has(row['OwnerId']))!['OwnerId'],
      Name: 'Far',
    });
    org.create('Contact', { LastName: 'Away', AccountId: elsewhere });
    const target = query(`SELECT Id, LastName FROM Contact WHERE AccountId = '${elsewhere}'`);
    const heard = await listen(target, { user: 'alex' });
    expect(heard.rows.size).toBe(0);
    await pass(30);
    // Whose accounts are whose is decided by a row that the query does not read.
    org.create('Coverage__c', { Account__c: elsewhere, Banker__c: banker.user.id, Product__c: 'Cash Management' });
    await pass(70);
    expect(heard.values('LastName')).toEqual(['Away']);
  });

  it("holds no row of another person's", async () => {
    const { listen, pass } = org.open();
    const name = `Hers ${org.org.time.now()}`;
    const [first, second] = [1, 2].map((n) => org.create('Contact', { LastName: name, FirstName: String(n) }));
    const target = query(`SELECT Id FROM Contact WHERE LastName = '${name}' ORDER BY FirstName`);
    const [hers, his] = [await listen(target), await listen(target, { user: 'alex' })];
    org.update('Contact', first!, { OwnerId: org.org.banker.user.id });
    await pass(6);
    expect([hers.order, his.order]).toEqual([[first, second], [first]]);
  });

  it.each([
    ['is not SOQL', 'SELECT FROM', 'MALFORMED_QUERY'],
    ['names no object', 'SELECT Id FROM Nonsense', 'INVALID_TYPE'],
  ])('ends with the reason when it %s', async (_what, soql, errorCode) => {
    const { listen, asked, pass } = org.open();
    const heard = await listen(query(soql));
    expect(heard.news).toMatchObject([{ kind: 'ended', failure: { data: [{ errorCode }] } }]);
    expect(await asked(() => pass(60))).toBe(0);
  });

  it('ends with the reason when its rows have no id', async () => {
    const { listen } = org.open();
    const heard = await listen(query('SELECT LastName FROM Contact'));
    expect(heard.news).toMatchObject([{ kind: 'ended', failure: { code: 'INVALID_PARAMETER' } }]);
  });
});

describe('a large result', () => {
  const org = useLiveDesk({ batchSize: 200 });

  it('is read to its end, with all child rows, and refused above 2,000 rows', async () => {
    const account = org.create('Account', { Name: 'Large' });
    for (let n = 0; n < 450; n += 1) org.create('Contact', { LastName: `Of ${n}`, AccountId: account });
    const { listen, pass } = org.open();
    const rows = await listen(query(`SELECT Id FROM Contact WHERE AccountId = '${account}'`));
    expect(rows.rows.size).toBe(450);
    const [parent] = (
      await listen(query(`SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '${account}'`))
    ).values('Contacts') as [{ done: boolean; records: unknown[]; nextRecordsUrl?: string }];
    expect(parent).toMatchObject({ done: true, totalSize: 450 });
    expect(parent.nextRecordsUrl).toBeUndefined();
    expect(parent.records).toHaveLength(450);
    for (let n = 450; n <= 2_000; n += 1) org.create('Contact', { LastName: `Of ${n}`, AccountId: account });
    await pass(6);
    expect(rows.news.at(-1)).toMatchObject({
      kind: 'ended',
      failure: { code: 'INVALID_PARAMETER', message: expect.stringContaining('2001 rows') },
    });
  });
});
