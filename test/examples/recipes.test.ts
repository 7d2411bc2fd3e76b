/** The recipes of `docs/recipes.md`, each run against the embedded org through the whole provider. */
import { revenueByIndustry } from '../../examples/recipes/01-readAll.ts';
import { suggestions } from '../../examples/recipes/02-findWhatSomebodyTypes.ts';
import { changePhone } from '../../examples/recipes/03-changeWithoutOverwriting.ts';
import { takeInCompany } from '../../examples/recipes/04-takeInFromAnotherSystem.ts';
import { importContacts } from '../../examples/recipes/05-writeManyRecords.ts';
import { newClient } from '../../examples/recipes/06-severalRecordsOrNone.ts';
import { openDeals } from '../../examples/recipes/07-showLiveData.ts';
import { createContact } from '../../examples/recipes/08-askAboutDuplicates.ts';
import { attach, readAgain } from '../../examples/recipes/09-attachFile.ts';
import { formOf } from '../../examples/recipes/10-buildForm.ts';
import { connect, count, query, record, select, soql, type SalesforceConnection } from '../../src/client/index.ts';
import { connectApp } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';
import { until } from '../support/until.ts';

describe('the recipes', () => {
  const org = useOrg({ contacts: 60, duplicateRules: true });
  let salesforce: SalesforceConnection;

  beforeEach(async () => {
    await connectApp(org.url);
    // The connection itself: live data is not asked for by requests that the test could read.
    salesforce = await connect();
  });

  const newContact = (values: object = {}): Promise<string> =>
    record(salesforce, 'Contact').create({ LastName: 'Recipe', ...values });

  it('read all rows of a query', async () => {
    const revenue = await revenueByIndustry(salesforce);
    const rows = await query(salesforce, select('Account', ['AnnualRevenue'])).toArray();
    const sum = (numbers: Iterable<number | null>): number =>
      [...numbers].reduce<number>((all, one) => all + (one ?? 0), 0);
    expect(revenue.size).toBeGreaterThan(3);
    expect(sum(revenue.values())).toBeCloseTo(sum(rows.map(({ AnnualRevenue }) => AnnualRevenue)), 2);
  });

  it('find what somebody types, and only the last of it', async () => {
    await newContact({ FirstName: 'Zoë', LastName: 'Quixotic' });
    const suggest = suggestions(salesforce);
    const [first, second, last] = await Promise.all([suggest('Qu'), suggest('Quix'), suggest('Quixot')]);
    expect([first, second]).toEqual([undefined, undefined]);
    expect(last?.map(({ Name }) => Name)).toEqual(['Zoë Quixotic']);
    await expect(suggest('Q')).resolves.toEqual([]);
  });

  it("change a field without undoing somebody else's change", async () => {
    const id = await newContact({ Phone: '1' });
    const seen = await record(salesforce, 'Contact', id).read(['Phone', 'LastModifiedDate']);
    await expect(changePhone(salesforce, id, seen, '2')).resolves.toBeUndefined();
    // Salesforce compares whole seconds.
    const before = { ...seen, LastModifiedDate: new Date(Date.parse(seen.LastModifiedDate) - 60_000).toISOString() };
    await expect(changePhone(salesforce, id, before, '3')).resolves.toMatchObject({ Phone: '2' });
    await expect(record(salesforce, 'Contact', id).read(['Phone'])).resolves.toMatchObject({ Phone: '2' });
  });

  it('take in a record of another system, once', async () => {
    const company = { lei: 'RECIPE00000000000001', name: 'Recipe Ltd', website: 'https://recipe.example' };
    const { id, created } = await takeInCompany(salesforce, company);
    expect(created).toBe(true);
    await expect(takeInCompany(salesforce, { ...company, name: 'Recipe plc' })).resolves.toEqual({
      id,
      created: false,
    });
    await expect(record(salesforce, 'Account', id).read(['Name'])).resolves.toMatchObject({ Name: 'Recipe plc' });
  });

  it('write many records, and say which were refused', async () => {
    const rows = Array.from({ length: 205 }, (_, row) => ({
      LastName: `Many ${row}`,
      Email: `many${row}@bank.example`,
    }));
    rows[203]!.Email = 'no address';
    await expect(importContacts(salesforce, rows)).resolves.toEqual([
      { row: 203, why: expect.stringContaining('email') },
    ]);
    await expect(count(salesforce, soql`SELECT COUNT() FROM Contact WHERE LastName LIKE 'Many %'`)).resolves.toBe(204);
  });

  it('make records that belong together, all or none', async () => {
    const made = await newClient(salesforce, { company: 'Both Ltd', lastName: 'Both', email: 'both@bank.example' });
    await expect(record(salesforce, 'Contact', made.contactId).read(['AccountId'])).resolves.toMatchObject({
      AccountId: made.accountId,
    });
    const neither = { company: 'Neither Ltd', lastName: 'Neither', email: 'no address' };
    await expect(newClient(salesforce, neither)).rejects.toThrow('email');
    await expect(count(salesforce, soql`SELECT COUNT() FROM Account WHERE Name = 'Neither Ltd'`)).resolves.toBe(0);
  });

  it('show data that stays true', async () => {
    const accountId = await record(salesforce, 'Account').create({ Name: 'Live Ltd' });
    let shown: string[] | undefined;
    const deals = openDeals(salesforce, accountId, (rows) => (shown = rows.map(({ Name }) => Name)));
    await until(() => shown?.length === 0);
    const deal = { AccountId: accountId, StageName: 'Prospecting', CloseDate: new Date() };
    await record(salesforce, 'Opportunity').create({ ...deal, Name: 'Loan' });
    await until(() => shown?.join() === 'Loan');
    deals.end();
  });

  it('ask before a duplicate is made', async () => {
    const values = { FirstName: 'Double', LastName: 'Gänger', Email: 'double@twice.example' };
    const asked: number[] = [];
    const answer = (wanted: boolean) => (found: unknown[]) => {
      asked.push(found.length);
      return Promise.resolve(wanted);
    };
    await expect(createContact(salesforce, values, answer(false))).resolves.toMatch(/^003/);
    expect(asked).toEqual([]);
    await expect(createContact(salesforce, values, answer(false))).resolves.toBeUndefined();
    await expect(createContact(salesforce, values, answer(true))).resolves.toMatch(/^003/);
    expect(asked).toEqual([1, 1]);
  });

  it('attach a file, and read it again', async () => {
    const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => index % 256);
    const file = { name: 'recipe.bin', content: new Blob([bytes]) };
    const documentId = await attach(salesforce, await newContact(), file, new AbortController().signal);
    const again = new Uint8Array(await (await readAgain(salesforce, documentId)).arrayBuffer());
    expect(again).toEqual(bytes);
  });

  it("build a form of the org's own fields", async () => {
    const form = await formOf(salesforce, 'Coverage__c');
    expect(form).toContainEqual({
      name: 'Tier__c',
      label: 'Tier',
      required: false,
      choices: ['Platinum', 'Gold', 'Silver', 'Bronze'],
    });
    expect(form).toContainEqual({ name: 'Account__c', label: 'Account', required: true, choices: undefined });
    expect(form.map(({ name }) => name)).not.toContain('Id');
  });
});
