import { call, type RunningRestApi, startRestApi } from '../runningRestApi.ts';

let api: RunningRestApi;
let account: string;
let contact: string;
beforeAll(async () => {
  api = await startRestApi();
  account = await create('Account', { Name: 'Page Bank', AnnualRevenue: 1500, Industry: 'Banking' });
  contact = await create('Contact', { LastName: 'Reader', AccountId: account });
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

async function create(type: string, values: Record<string, unknown>): Promise<string> {
  const { body } = await call(api, `/v66.0/sobjects/${type}`, { method: 'POST', body: values });
  return (body as { id: string }).id;
}

const read = (path: string, headers: Record<string, string> = {}) => call(api, `/v66.0/ui-api${path}`, { headers });

describe('/ui-api/records', () => {
  it('shows values and what a page shows for them, with parents', async () => {
    const fields = 'Account.Name,Account.AnnualRevenue,Account.Owner.Name,Account.CreatedDate';
    const { status, body } = await read(`/records/${account}?fields=${fields}&optionalFields=Account.Nonsense`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      apiName: 'Account',
      id: account,
      childRelationships: {},
      fields: {
        Name: { displayValue: null, value: 'Page Bank' },
        AnnualRevenue: { displayValue: expect.stringMatching(/^\$1,500/), value: 1500 },
        CreatedDate: { value: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) },
        Owner: { displayValue: 'Morgan Reed', value: { apiName: 'User', fields: { Name: { value: 'Morgan Reed' } } } },
      },
      lastModifiedById: api.administrator.id,
      lastModifiedDate: expect.stringMatching(/Z$/),
      recordTypeInfo: null,
      weakEtag: expect.any(Number),
    });
    expect(Object.keys((body as { fields: object }).fields)).toHaveLength(4);
  });

  it('shows the fields of a layout', async () => {
    const { body } = await read(`/records/${contact}?layoutTypes=Compact`);
    expect(body).toMatchObject({ fields: { Account: { displayValue: 'Page Bank' } } });
    const full = await read(`/records/${contact}?layoutTypes=Full&modes=View`);
    expect(full.body).toMatchObject({ fields: { LastName: { value: 'Reader' }, MailingCity: { value: null } } });
  });

  it('shows a parent of any object by its name', async () => {
    const task = await create('Task', { Subject: 'Call', WhatId: account });
    const what = { What: { displayValue: 'Page Bank', value: { apiName: 'Account', id: account } } };
    expect((await read(`/records/${task}?fields=Task.What.Name`)).body).toMatchObject({ fields: what });
    expect((await read(`/records/${task}?layoutTypes=Full`)).body).toMatchObject({ fields: what });
  });

  it('follows parents for five steps and no further', async () => {
    const manager = 'Contact.Account.Parent.Owner.Manager';
    const { database, administrator } = api;
    const [row] = database.query(
      'SELECT Id, Account.Parent.Owner.Manager.UserRole.Name FROM Contact WHERE Account.Parent.Owner.Manager.UserRole.Name != null LIMIT 1',
      { user: administrator, apiVersion: '66.0' },
    ).records;
    const { status, body } = await read(`/records/${row?.['Id']}?fields=${manager}.UserRole.Name`);
    expect(status).toBe(200);
    const shown = ['Account', 'Parent', 'Owner', 'Manager', 'UserRole', 'Name'].reduce<unknown>(
      (record, name) => (record as { fields: Record<string, { value: unknown }> }).fields[name]?.value,
      body,
    );
    const stored = ['Account', 'Parent', 'Owner', 'Manager', 'UserRole', 'Name'].reduce<unknown>(
      (record, name) => (record as Record<string, unknown>)[name],
      row,
    );
    expect(shown).toBe(stored);
    expect(typeof shown).toBe('string');
    const sixth = `${manager}.Manager.UserRole.Name`;
    expect((await read(`/records/${row?.['Id']}?fields=${sixth}`)).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    expect((await read(`/records/${row?.['Id']}?fields=Contact.Id&optionalFields=${sixth}`)).status).toBe(200);
  });

  it('drops or refuses what a parent of any object does not have', async () => {
    const task = await create('Task', { Subject: 'Call', WhatId: account });
    const optional = await read(`/records/${task}?fields=Task.What.Name&optionalFields=Task.What.Owner.Name`);
    expect([optional.status, Object.keys((optional.body as { fields: object }).fields)]).toEqual([200, ['What']]);
    expect((await read(`/records/${task}?fields=Task.What.Industry`)).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
  });

  it('is not sent again while nothing changed', async () => {
    const { headers } = await read(`/records/${account}?fields=Account.Name`);
    const again = await read(`/records/${account}?fields=Account.Name`, { 'If-None-Match': headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  it('refuses unknown fields, unknown records and requests for nothing', async () => {
    expect((await read(`/records/${account}?fields=Account.Nonsense`)).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    expect((await read(`/records/${account}`)).status).toBe(400);
    expect((await read('/records/001000000000001AAA?fields=Account.Name')).status).toBe(404);
    expect((await read('/records/nothing?fields=Account.Name')).status).toBe(404);
  });

  it('reads a batch of records of several objects', async () => {
    const { body } = await read(
      `/records/batch/${account},${contact},001000000000001AAA?fields=Account.Name,Contact.LastName`,
    );
    expect(body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 200, result: { fields: { Name: { value: 'Page Bank' } } } },
        { statusCode: 200, result: { fields: { LastName: { value: 'Reader' } } } },
        { statusCode: 404, result: [{ errorCode: 'NOT_FOUND' }] },
      ],
    });
  });

  it('creates, changes and deletes', async () => {
    const created = await call(api, '/v66.0/ui-api/records', {
      method: 'POST',
      body: { apiName: 'Account', fields: { Name: 'Ui Made' } },
    });
    expect([created.status, created.body]).toMatchObject([201, { fields: { Name: { value: 'Ui Made' } } }]);
    const { id } = created.body as { id: string };
    const path = `/v66.0/ui-api/records/${id}`;
    const changed = await call(api, path, { method: 'PATCH', body: { fields: { Name: 'Ui Changed' } } });
    expect([changed.status, changed.body]).toMatchObject([200, { fields: { Name: { value: 'Ui Changed' } } }]);
    expect((await call(api, path, { method: 'DELETE' })).status).toBe(204);
    expect((await call(api, path, { method: 'DELETE' })).status).toBe(404);
  });

  it('tells which field is wrong', async () => {
    const { status, body } = await call(api, `/v66.0/ui-api/records/${account}`, {
      method: 'PATCH',
      body: { fields: { Name: null } },
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      enhancedErrorType: 'RecordError',
      message: 'An error occurred while trying to update the record. Please try again.',
      output: {
        errors: [],
        fieldErrors: { Name: [{ errorCode: 'REQUIRED_FIELD_MISSING', fieldLabel: 'Account Name' }] },
      },
      statusCode: 400,
    });
  });
});

describe('/ui-api descriptions', () => {
  it('describe an object, its layout and its picklists', async () => {
    const info = await read('/object-info/Account');
    expect(info.body).toMatchObject({
      apiName: 'Account',
      defaultRecordTypeId: '012000000000000AAA',
      nameFields: ['Name'],
      fields: { Name: { required: true, dataType: 'String' }, OwnerId: { reference: true } },
    });
    const layout = await read('/layout/Account?layoutType=Full&mode=Edit');
    expect(layout.body).toMatchObject({ layoutType: 'Full', mode: 'Edit', objectApiName: 'Account' });
    expect((await read('/layout/Account?layoutType=Full&mode=Upside')).status).toBe(400);
    const values = await read('/object-info/Account/picklist-values/012000000000000AAA/Industry');
    expect((values.body as { values: unknown[] }).values.length).toBeGreaterThan(1);
    const all = await read('/object-info/Account/picklist-values/012000000000000AAA');
    expect(all.body).toHaveProperty('picklistFieldValues.Industry');
  });

  it('come with the record in one answer', async () => {
    const { status, body } = await read(`/record-ui/${account}?layoutTypes=Full&modes=View`);
    expect(status).toBe(200);
    expect(body).toHaveProperty(['layouts', 'Account', '012000000000000AAA', 'Full', 'View']);
    expect(body).toHaveProperty(['records', account, 'fields', 'Name', 'value'], 'Page Bank');
    expect(body).toHaveProperty(['objectInfos', 'Account', 'label'], 'Account');
  });

  it('list the children of a record', async () => {
    const { body } = await read(`/related-list-records/${account}/Contacts?fields=Contact.LastName`);
    expect(body).toMatchObject({ count: 1, records: [{ id: contact, fields: { LastName: { value: 'Reader' } } }] });
  });
});
