import { composite, duplicatesOf, record, records, type ApiRequestError } from '../../src/client/index.ts';
import { connectApp, rejection } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 20, duplicateRules: true });

describe('a duplicate rule', () => {
  it('refuses a record, and the error has those that are there already', async () => {
    const { salesforce } = await connectApp(org.url);
    const ada = { LastName: 'Lovelace', Email: 'ada@engines.example' };
    const id = await record(salesforce, 'Contact').create(ada);
    const failed = (await rejection(record(salesforce, 'Contact').create(ada))) as ApiRequestError;
    expect(failed.errors).toMatchObject([{ errorCode: 'DUPLICATES_DETECTED' }]);
    const match = { id, type: 'Contact', rule: 'Standard_Contact_Match_Rule_v1_1', confidence: 100, allowSave: true };
    expect(duplicatesOf(failed)).toEqual([match]);
    const results = await records(salesforce, 'Contact').create([ada, { LastName: 'Babbage' }]);
    expect(results.map(({ success }) => success)).toEqual([false, true]);
    expect(results.map(duplicatesOf)).toEqual([[match], []]);
    const { again } = await composite(salesforce, ({ create }) => ({ again: create('Contact', ada) }));
    expect([again.ok, duplicatesOf(again)]).toEqual([false, [match]]);
  });

  it('is passed by where the app says so', async () => {
    const { salesforce } = await connectApp(org.url);
    const twin = { LastName: 'Twin', Email: 'twin@engines.example' };
    const id = await record(salesforce, 'Contact').create(twin);
    const other = await record(salesforce, 'Contact').create(twin, { allowDuplicates: true });
    expect(other).not.toBe(id);
    expect(await records(salesforce, 'Contact').create([twin], { allowDuplicates: true })).toMatchObject([
      { success: true },
    ]);
    await record(salesforce, 'Contact', id).update({ LastName: 'Changed' });
    const third = await record(salesforce, 'Contact').create({ LastName: 'Third' });
    expect(
      duplicatesOf(await rejection(record(salesforce, 'Contact', third).update({ Email: twin.Email }))),
    ).toHaveLength(3);
  });

  it('has nothing to say of other failures', async () => {
    const { salesforce } = await connectApp(org.url);
    expect(duplicatesOf(await rejection(record(salesforce, 'Contact').create({})))).toEqual([]);
    expect(
      [undefined, null, 'x', new Error('x'), { errors: [null, { duplicateResult: { matchResults: 5 } }] }].flatMap(
        duplicatesOf,
      ),
    ).toEqual([]);
  });
});
