import {
  composite,
  describe as describeObject,
  limits,
  ParameterError,
  record,
  soql,
  type CompositeBuilder,
} from '../../src/client/index.ts';
import { connectApp, rejection } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 20 });
const someId = '001000000000001AAA';

describe('composite', () => {
  it('is one request, whose parts refer to what earlier ones were answered', async () => {
    const { salesforce, sent } = await connectApp(org.url);
    sent.length = 0;
    const { account, contact, read, found, renamed } = await composite(salesforce, (batch) => {
      const account = batch.create('Account', { Name: 'Engines' });
      const contact = batch.create('Contact', { LastName: 'Lovelace', AccountId: account.ref('id') });
      const renamed = batch.update('Account', account.ref('id'), { Name: 'Engines Ltd' });
      const read = batch.read('Contact', contact.ref('id'), ['LastName', 'Account.Name']);
      const found = batch.query(soql`SELECT Id FROM Contact WHERE LastName = ${'Lovelace'}`);
      return { account, contact, read, found, renamed };
    });
    expect(sent).toEqual(['POST /services/data/vXX.X/composite']);
    expect(renamed).toEqual({ ok: true, status: 204, data: undefined });
    if (!account.ok || !contact.ok || !read.ok || !found.ok) throw new Error('a part was refused');
    expect(read.data).toMatchObject({ Id: contact.data.id, LastName: 'Lovelace', Account: { Name: 'Engines Ltd' } });
    expect(found.data.records).toMatchObject([{ Id: contact.data.id }]);
    await record(salesforce, 'Account', account.data.id).delete();
  });

  it('answers for each part by itself, or changes all or nothing', async () => {
    const { salesforce } = await connectApp(org.url);
    const parts = ({ create, upsert }: CompositeBuilder) => ({
      good: create('Account', { Name: 'Good' }),
      bad: create('Contact', { FirstName: 'No last name' }),
      made: upsert('Account', 'LEI__c', 'lei / 1', { Name: 'By key' }),
    });
    const each = await composite(salesforce, parts);
    expect(each).toMatchObject({
      good: { ok: true, status: 201 },
      bad: { ok: false, status: 400, errors: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }] },
      made: { ok: true, data: { created: true } },
    });
    const all = await composite(salesforce, parts, { allOrNone: true });
    expect(all).toMatchObject({
      good: { ok: false, errors: [{ errorCode: 'PROCESSING_HALTED' }] },
      bad: { ok: false, errors: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      made: { ok: false, errors: [{ errorCode: 'PROCESSING_HALTED' }] },
    });
  });

  it('never takes a text for a reference', async () => {
    const nobody = { executeApiRequest: () => Promise.reject(new Error('sent')) };
    const texts: ((batch: CompositeBuilder) => object)[] = [
      ({ create }) => ({ a: create('Account', { Name: 'x @{part0.id}' }) }),
      ({ create }) => ({ a: create('Account', { Owner: { Name: '@{part0.id}' } }) }),
      ({ upsert }) => ({ a: upsert('Account', 'LEI__c', '@{part0.id}', {}) }),
      ({ query }) => ({ a: query(soql`SELECT Id FROM Account WHERE Name = ${'@{part0.id}'}`) }),
    ];
    for (const ask of texts)
      expect(await rejection(composite(nobody, ask as never))).toMatchObject({
        code: 'INVALID_PARAMETER',
        message: expect.stringContaining('@{'),
      });
  });

  const nobody = { executeApiRequest: () => Promise.reject(new Error('sent')) };
  it.each<[string, (batch: CompositeBuilder) => unknown]>([
    ['1 to 25 parts', () => ({})],
    [
      '1 to 25 parts',
      (batch) => Object.fromEntries(Array.from({ length: 26 }, (_, n) => [n, batch.delete('Account', someId)])),
    ],
    [
      'at most 5 queries',
      (batch) =>
        Object.fromEntries(Array.from({ length: 6 }, (_, n) => [n, batch.query(soql`SELECT Id FROM Account`)])),
    ],
    ['must be returned', (batch) => void batch.delete('Account', someId)],
    ['must be returned', (batch) => (batch.delete('Account', someId), { other: batch.delete('Account', someId) })],
    ['must be returned', () => ({ text: 'x' })],
    ['no record id', (batch) => ({ a: batch.delete('Account', 'x') })],
    ['no API name of an object', (batch) => ({ a: batch.create('Account/x', {}) })],
    ['no API name of a field', (batch) => ({ a: batch.read('Account', someId, ['x y' as never]) })],
    ['no path', (batch) => ({ a: batch.create('Account', {}).ref('id}' as never) })],
    ['soql', (batch) => ({ a: batch.query('SELECT Id FROM Account' as never) })],
  ])('refuses before anything is sent: %s', async (why, ask) => {
    const failed = await rejection(composite(nobody, ask as never));
    expect(failed).toBeInstanceOf(ParameterError);
    expect((failed as Error).message).toContain(why);
  });
});

describe('what the org says of itself', () => {
  it('is what an object has for fields', async () => {
    const { salesforce } = await connectApp(org.url);
    const { name, fields } = await describeObject(salesforce, 'Contact');
    expect(name).toBe('Contact');
    expect(fields.find((field) => field.name === 'LastName')).toMatchObject({ type: 'string', nillable: false });
  });

  it('is what may be used of it, and what is left', async () => {
    const { salesforce } = await connectApp(org.url);
    const { DailyApiRequests } = await limits(salesforce);
    expect(DailyApiRequests!.Remaining).toBeLessThan(DailyApiRequests!.Max);
  });
});
