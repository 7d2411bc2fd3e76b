/** The form of an existing record, as the embedded org lays it out. */
import { ApiRequestError } from '../../src/client/errors.ts';
import { changesOf, inputsOf, loadEditForm, lookupsOf, textOfTyped } from '../../src/record-view/editForm.ts';
import type { RecordApi } from '../../src/record-view/recordApi.ts';
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
  account = org.create('Account', { Name: 'Form-Test plc', AnnualRevenue: 1235, Industry: 'Banking' });
  contact = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Form-Test',
    AccountId: account,
    Birthdate: '1985-03-31',
    MailingStreet: '1 Dorset St\r\nTop floor',
  });
});

const load = (type: string, id: string) => loadEditForm(api, { type, id });
const fieldOf = async (type: string, id: string, name: string) => {
  const form = await load(type, id);
  return { form, field: form.fields.find((field) => field.name === name)! };
};

it('has the fields that the person may change, in the sections of the layout, names and addresses by their parts', async () => {
  const { sections, fields } = await load('Contact', contact);
  expect(sections[0]?.heading).toBe('Contact Information');
  const names = fields.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(['Salutation', 'FirstName', 'LastName']);
  expect(names).toEqual(expect.arrayContaining(['MailingStreet', 'MailingCity', 'AccountId', 'Birthdate']));
  for (const name of ['Name', 'MailingAddress', 'CreatedById', 'MailingLatitude']) expect(names).not.toContain(name);
  expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['LastName']);
});

it('leaves out what the person may not see, which they would empty otherwise', async () => {
  org.hide(['Contact.MobilePhone', 'Contact.AccountId']);
  const { fields } = await load('Contact', contact).finally(() => org.hide([]));
  const names = fields.map(({ name }) => name);
  expect(names).toContain('HomePhone');
  for (const name of ['MobilePhone', 'AccountId']) expect(names).not.toContain(name);
});

it('says nothing was changed while nothing is, whatever the values are made of', async () => {
  for (const [type, id] of [
    ['Contact', contact],
    ['Account', account],
  ] as const) {
    const form = await load(type, id);
    expect(changesOf(form, inputsOf(form, form.base))).toEqual({});
  }
});

it('shows a date as the day that it is, and saves that day', async () => {
  const { form, field } = await fieldOf('Contact', contact, 'Birthdate');
  expect(field.input).toBe('date');
  const values = inputsOf(form, form.base);
  expect(values['Birthdate']).toBe('1985-03-31');
  expect(changesOf(form, { ...values, Birthdate: '1985-04-01' })).toEqual({ Birthdate: '1985-04-01' });
});

it('saves numbers as numbers, and what was emptied as nothing', async () => {
  const { form, field } = await fieldOf('Account', account, 'AnnualRevenue');
  expect(field.input).toBe('number');
  const values = inputsOf(form, form.base);
  expect(values['AnnualRevenue']).toBe('1235');
  expect(changesOf(form, { ...values, AnnualRevenue: '99', Industry: '' })).toEqual({
    AnnualRevenue: 99,
    Industry: null,
  });
});

it('knows which record a lookup refers to, by name', async () => {
  const { form, field } = await fieldOf('Contact', contact, 'AccountId');
  const lookups = lookupsOf(form, form.base);
  expect(lookups['AccountId']).toEqual({ kind: 'chosen', id: account, name: 'Form-Test plc' });
  expect(textOfTyped(field, inputsOf(form, form.base), lookups)).toBe('Form-Test plc');
});
