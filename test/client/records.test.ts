import {
  ParameterError,
  PartlySavedError,
  query,
  record,
  records,
  soql,
  likeStartsWith,
} from '../../src/client/index.ts';
import { connectApp, rejection } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 20 });
const people = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => ({ LastName: `${name} ${String(index).padStart(4, '0')}` }));

describe('records', () => {
  it('makes, reads, changes and deletes more than one request holds, with what became of each by position', async () => {
    const { salesforce, sent } = await connectApp(org.url);
    const contacts = records(salesforce, 'Contact');
    sent.length = 0;
    const made = await contacts.create(people(450, 'Many'));
    expect(sent).toHaveLength(3);
    expect(made.every(({ success }) => success)).toBe(true);
    const ids = made.map(({ id }) => id!);
    expect((await contacts.read(ids, ['LastName'])).map((row) => row?.LastName)).toEqual(
      people(450, 'Many').map(({ LastName }) => LastName),
    );
    expect(sent.at(-1)).toBe('POST /services/data/vXX.X/composite/sobjects/Contact');
    const changed = await contacts.update(ids.map((Id, index) => ({ Id, Title: `Nr ${index}` })));
    expect(changed.map(({ id }) => id)).toEqual(ids);
    expect(
      (await contacts.read([ids[449]!, '003000000000000AAA', ids[0]!], ['Title'])).map((row) => row?.Title),
    ).toEqual(['Nr 449', undefined, 'Nr 0']);
    expect(sent.at(-1)).toMatch(/^GET .*\?ids=/);
    expect((await contacts.delete(ids)).every(({ success }) => success)).toBe(true);
    const left = soql`SELECT Id FROM Contact WHERE LastName LIKE ${likeStartsWith('Many ')}`;
    expect(await query(salesforce, left).toArray()).toEqual([]);
  });

  it('says of each record that is refused why, and saves the others', async () => {
    const { salesforce } = await connectApp(org.url);
    const results = await records(salesforce, 'Contact').create([
      { LastName: 'Good' },
      { FirstName: 'No last name' },
      { LastName: 'Bad mail', Email: 'nowhere' },
    ]);
    expect(results).toMatchObject([
      { success: true, errors: [] },
      { success: false, errors: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }] },
      { success: false, errors: [{ errorCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }] },
    ]);
    expect(results[2]!.errors[0]!.message).toContain('Email');
  });

  it('saves all of 200 or none', async () => {
    const { salesforce } = await connectApp(org.url);
    const rows = [...people(3, 'Atomic'), { FirstName: 'No last name' }];
    const results = await records(salesforce, 'Contact').create(rows as never, { allOrNone: true });
    expect(results.map(({ success, errors }) => [success, errors[0]?.errorCode])).toEqual([
      ...people(3, '').map(() => [false, 'ALL_OR_NONE_OPERATION_ROLLED_BACK']),
      [false, 'REQUIRED_FIELD_MISSING'],
    ]);
    const saved = soql`SELECT Id FROM Contact WHERE LastName LIKE ${likeStartsWith('Atomic ')}`;
    expect(await query(salesforce, saved).toArray()).toEqual([]);
  });

  it('stops after the first 200 of which one is refused', async () => {
    const { salesforce, sent } = await connectApp(org.url);
    const rows: object[] = people(450, 'Staged');
    rows[250] = { FirstName: 'No last name' };
    sent.length = 0;
    const results = await records(salesforce, 'Contact').create(rows as never, { allOrNone: 'perCollection' });
    expect(sent).toHaveLength(2);
    expect(results).toHaveLength(450);
    const codes = results.map(({ success, errors }) => (success ? 'saved' : errors[0]!.errorCode));
    expect([codes[199], codes[200], codes[250], codes[399], codes[400], codes[449]]).toEqual([
      'saved',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'REQUIRED_FIELD_MISSING',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'NOT_SENT',
      'NOT_SENT',
    ]);
  });

  it('tells what is saved when a later request fails', async () => {
    const { salesforce } = await connectApp(org.url);
    let requests = 0;
    const losing: typeof salesforce = {
      ...salesforce,
      executeApiRequest: (path, ...rest) =>
        salesforce.executeApiRequest((requests += 1) === 2 ? '/services/data/vXX.X/nowhere' : path, ...rest),
    };
    const failed = await rejection(records(losing, 'Contact').create(people(300, 'Lost')));
    expect(failed).toBeInstanceOf(PartlySavedError);
    const { results, message, status } = failed as PartlySavedError;
    expect([results.length, results[199]?.success, results[200], status]).toEqual([300, true, undefined, 404]);
    expect(message).toContain('Of 300 records, 200 had been saved before.');
  });

  it('changes or makes by an external id, also for values that no path can hold', async () => {
    const { salesforce } = await connectApp(org.url);
    const accounts = records(salesforce, 'Account');
    const rows = ['..', 'a/b', '100%'].map((LEI__c) => ({ LEI__c, Name: `Account ${LEI__c}` }));
    expect((await accounts.upsert('LEI__c', rows)).map(({ created }) => created)).toEqual([true, true, true]);
    const again = await accounts.upsert('LEI__c', rows);
    expect(again.map(({ created }) => created)).toEqual([false, false, false]);
    expect(await record(salesforce, 'Account', again[1]!.id!).read(['LEI__c'])).toMatchObject({ LEI__c: 'a/b' });
  });

  it('has nothing to send for an empty list', async () => {
    const { salesforce, sent } = await connectApp(org.url);
    sent.length = 0;
    expect(await records(salesforce, 'Contact').create([])).toEqual([]);
    expect(await records(salesforce, 'Contact').read([], ['Name'])).toEqual([]);
    expect(sent).toEqual([]);
  });

  const contacts = records({ executeApiRequest: () => Promise.reject(new Error('sent')) }, 'Contact');
  it.each<[string, () => Promise<unknown>]>([
    ['must be a list', () => contacts.create({ LastName: 'x' } as never)],
    ['object of fields', () => contacts.create([{ LastName: 'x' }, null as never])],
    ["Salesforce's to give", () => contacts.create([{ Id: '003000000000000AAA', LastName: 'x' } as never])],
    ['no record id', () => contacts.update([{ LastName: 'x' } as never])],
    ['no record id', () => contacts.delete(['x'])],
    ['no record id', () => contacts.read(['x'], ['Name'])],
    ['not empty', () => contacts.upsert('Key__c', [{ Key__c: 'a' }, { Key__c: ' ' }])],
    ['at most 200', () => contacts.create(people(201, 'x'), { allOrNone: true })],
    ['allOrNone', () => contacts.create(people(1, 'x'), { allOrNone: 'yes' as never })],
    ['"allornone"', () => contacts.create(people(1, 'x'), { allornone: true } as never)],
  ])('refuses before anything is sent: %s', async (why, call) => {
    const failed = await rejection(call());
    expect(failed).toBeInstanceOf(ParameterError);
    expect((failed as Error).message).toContain(why);
  });
});
