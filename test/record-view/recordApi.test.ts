import { ApiRequestError } from '../../src/client/errors.ts';
import { failureNoticeOf } from '../../src/record-view/failureNotice.ts';
import { createRecord, loadNewRecordForm } from '../../src/record-view/newRecord.ts';
import type { RecordApi } from '../../src/record-view/recordApi.ts';
import { loadRecordPage, type RecordPage } from '../../src/record-view/recordPage.ts';
import { searchRecords } from '../../src/record-view/recordSearch.ts';
import { loadRelatedLists } from '../../src/record-view/relatedLists.ts';
import { saveErrorsOf } from '../../src/record-edit/saveErrors.ts';
import { makeRecordId } from '../../src/salesforce/recordId.ts';
import { openEmbeddedOrg, orgUrl, type EmbeddedOrg } from '../intents/embeddedOrg.ts';

let org: EmbeddedOrg;
let api: RecordApi;
let account: string;
let contact: string;

beforeAll(async () => {
  org = await openEmbeddedOrg();
  api = {
    orgUrl,
    async executeApiRequest<T>(path: string, method?: string, data?: unknown) {
      const { status, body } = org.send(path, method as 'GET', data);
      if (status >= 400) throw new ApiRequestError('refused', status, { data: body });
      return { status, data: body as T };
    },
  };
  account = org.create('Account', {
    Name: 'Analytical Engines-Test',
    Website: 'engines.example',
    Phone: '+44 20 7946 0000',
    BillingStreet: '1 Dorset St',
    BillingCity: 'London',
    BillingCountry: 'United Kingdom',
  });
  contact = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace-Test',
    Email: 'ada@engines.example',
    AccountId: account,
  });
  for (const number of [1, 2, 3, 4, 5, 6, 7]) {
    org.create('Opportunity', {
      Name: `Mandate ${number}`,
      AccountId: account,
      StageName: 'Prospecting',
      CloseDate: `2027-01-0${number}`,
      Amount: 1_000_000 * number,
    });
  }
  const deal = org.create('Opportunity', {
    Name: 'Her deal',
    AccountId: account,
    StageName: 'Prospecting',
    CloseDate: '2027-02-01',
    Amount: 5,
  });
  org.create('OpportunityContactRole', { OpportunityId: deal, ContactId: contact });
  org.create('Case', {
    Subject: 'Engine jammed',
    AccountId: account,
    ContactId: contact,
    Status: 'New',
    Priority: 'High',
    Origin: 'Phone',
  });
});

function fieldsOf({ sections }: RecordPage) {
  return Object.fromEntries(sections.flatMap(({ fields }) => fields.map(({ label, values }) => [label, values])));
}

describe('loadRecordPage', () => {
  it('shows a contact as the org lays it out', async () => {
    const page = await loadRecordPage(api, contact);
    expect(page).toMatchObject({
      type: 'Contact',
      id: contact,
      name: 'Ada Lovelace-Test',
      objectLabel: 'Contact',
      link: `${orgUrl}/lightning/r/Contact/${contact}/view`,
    });
    const fields = fieldsOf(page);
    expect(fields['Full Name']).toEqual([{ kind: 'text', text: 'Ada Lovelace-Test' }]);
    expect(fields['Email']).toEqual([
      { kind: 'link', text: 'ada@engines.example', href: 'mailto:ada@engines.example', opensElsewhere: false },
    ]);
    expect(Object.values(fields).flat()).toContainEqual({
      kind: 'record',
      text: 'Analytical Engines-Test',
      type: 'Account',
      id: account,
    });
  });

  it('shows an address in lines and a web site as a link', async () => {
    const values = Object.values(fieldsOf(await loadRecordPage(api, account))).flat();
    expect(values).toContainEqual({ kind: 'text', text: '1 Dorset St\nLondon\nUnited Kingdom' });
    expect(values).toContainEqual(expect.objectContaining({ kind: 'link', href: 'https://engines.example/' }));
  });

  it('tells of a record that is not there', async () => {
    const error: unknown = await loadRecordPage(api, makeRecordId('003', 999_999_999)).catch(
      (reason: unknown) => reason,
    );
    expect(failureNoticeOf(error)).toMatchObject({ title: 'You cannot see this record' });
  });
});

describe('loadRelatedLists', () => {
  it('counts all and shows the newest five', async () => {
    const lists = await loadRelatedLists(api, 'Account', account);
    expect(lists.map(({ label, count }) => [label, count])).toEqual([
      ['Contacts', 1],
      ['Opportunities', 8],
      ['Cases', 1],
      ['Tasks', 0],
      ['Events', 0],
    ]);
    expect(lists[1]?.rows.map(({ title }) => title)).toEqual([
      'Her deal',
      'Mandate 7',
      'Mandate 6',
      'Mandate 5',
      'Mandate 4',
    ]);
    expect(lists[1]?.rows[1]?.facts).toEqual(expect.arrayContaining([expect.stringContaining('7,000,000')]));
  });

  it('shows the opportunities a contact plays a role in', async () => {
    const lists = await loadRelatedLists(api, 'Contact', contact);
    expect(lists.find(({ label }) => label === 'Opportunities')).toMatchObject({
      count: 1,
      rows: [{ type: 'Opportunity', title: 'Her deal' }],
    });
    expect(lists.find(({ label }) => label === 'Cases')).toMatchObject({
      count: 1,
      rows: [{ title: 'Engine jammed' }],
    });
  });

  it('asks nothing for objects without lists', async () => {
    expect(
      await loadRelatedLists(
        { ...api, executeApiRequest: () => Promise.reject(new Error('asked')) },
        'Product2',
        contact,
      ),
    ).toEqual([]);
  });
});

describe('searchRecords', () => {
  it('finds records by the beginning of their words', async () => {
    const found = await searchRecords(api, 'Contact', 'lovelace-t');
    expect(found.map(({ id }) => id)).toEqual([contact]);
    expect(found[0]?.details).toContainEqual({ label: 'Company', value: 'Analytical Engines-Test' });
  });

  it('does not ask for a single letter', async () => {
    expect(
      await searchRecords({ ...api, executeApiRequest: () => Promise.reject(new Error('asked')) }, 'Contact', ' a'),
    ).toEqual([]);
  });
});

describe('a new contact', () => {
  it('is asked for required and known fields first, the rest on demand', async () => {
    const form = await loadNewRecordForm(api, 'Contact', {
      FirstName: 'Grace',
      LastName: 'Hopper',
      Email: 'g@navy.example',
    });
    expect(form.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['FirstName', 'LastName', 'Email']));
    expect(form.fields.find(({ name }) => name === 'LastName')).toMatchObject({ required: true, input: 'text' });
    expect(form.fields.find(({ name }) => name === 'Email')).toMatchObject({ required: false, input: 'email' });
    expect(form.moreFields.map(({ name }) => name)).toContain('Phone');
    expect(form.moreFields.map(({ name }) => name)).not.toContain('CreatedById');
    expect(form.moreFields.find(({ input }) => input === 'select')?.options.length).toBeGreaterThan(1);
  });

  it('comes with the company already known', async () => {
    const form = await loadNewRecordForm(api, 'Contact', { AccountId: account });
    expect(form.lookupNames).toEqual({ AccountId: 'Analytical Engines-Test' });
    expect(form.fields.find(({ name }) => name === 'AccountId')).toMatchObject({
      input: 'lookup',
      lookup: { targets: ['Account'], filteredBy: [] },
    });
  });

  it('is asked for its name in the order it is spoken', async () => {
    const form = await loadNewRecordForm(api, 'Contact', { FirstName: 'Grace', LastName: 'Hopper' });
    expect(form.fields.map(({ name }) => name).filter((name) => name.endsWith('Name'))).toEqual([
      'FirstName',
      'LastName',
    ]);
  });

  it('is saved with what was filled in', async () => {
    const form = await loadNewRecordForm(api, 'Contact', {});
    const id = await createRecord(api, form, { FirstName: ' Grace ', LastName: 'Hopper-Test', Email: '', Phone: '' });
    expect((await loadRecordPage(api, id)).name).toBe('Grace Hopper-Test');
  });

  it('shows what Salesforce refuses at its field', async () => {
    const form = await loadNewRecordForm(api, 'Contact', { Email: 'x' });
    const error: unknown = await createRecord(api, form, { LastName: 'Hopper', Email: 'no address' }).catch(
      (reason: unknown) => reason,
    );
    expect(
      saveErrorsOf(
        error,
        form.fields.map(({ name }) => name),
      )?.fields,
    ).toHaveProperty('Email');
  });
});
