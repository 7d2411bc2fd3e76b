import { bankerToken, call, type RunningRestApi, startRestApi } from '../runningRestApi.ts';

/** Members of a describe result and of its fields (REST API guide, "sObject Describe"). */
const describeMembers =
  'actionOverrides activateable associateEntityType associateParentEntity childRelationships compactLayoutable createable ' +
  'custom customSetting deepCloneable defaultImplementation deletable deprecatedAndHidden extendedBy extendsInterfaces ' +
  'feedEnabled fields hasSubtypes implementedBy implementsInterfaces isInterface isSubtype keyPrefix label labelPlural ' +
  'layoutable listviewable lookupLayoutable mergeable mruEnabled name namedLayoutInfos networkScopeFieldName queryable ' +
  'recordTypeInfos replicateable retrieveable searchLayoutable searchable sobjectDescribeOption supportedScopes ' +
  'triggerable undeletable updateable urls';
const fieldMembers =
  'aggregatable aiPredictionField autoNumber byteLength calculated calculatedFormula cascadeDelete caseSensitive ' +
  'compoundFieldName controllerName createable custom defaultValue defaultValueFormula defaultedOnCreate ' +
  'dependentPicklist deprecatedAndHidden digits displayLocationInDecimal encrypted externalId extraTypeInfo filterable ' +
  'filteredLookupInfo formulaTreatNullNumberAsZero groupable highScaleNumber htmlFormatted idLookup inlineHelpText label ' +
  'length mask maskType name nameField namePointing nillable permissionable picklistValues polymorphicForeignKey ' +
  'precision queryByDistance referenceTargetField referenceTo relationshipName relationshipOrder restrictedDelete ' +
  'restrictedPicklist scale searchPrefilterable soapType sortable type unique updateable writeRequiresMasterRead';

let api: RunningRestApi;
beforeAll(async () => {
  api = await startRestApi();
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

async function create(type: string, values: Record<string, unknown>): Promise<string> {
  const { body } = await call(api, `/v66.0/sobjects/${type}`, { method: 'POST', body: values });
  return (body as { id: string }).id;
}

describe('a row', () => {
  it('is created with its address', async () => {
    const { status, body, headers } = await call(api, '/v66.0/sobjects/Account', {
      method: 'POST',
      body: { Name: 'New' },
    });
    expect(status).toBe(201);
    const { id } = body as { id: string };
    expect(body).toEqual({ id, success: true, errors: [] });
    expect(headers.get('location')).toBe(`/services/data/v66.0/sobjects/Account/${id}`);
  });

  it('is found by 15-character id and by an object name in any case', async () => {
    const id = await create('Account', { Name: 'Short' });
    const { body } = await call(api, `/v56.0/sobjects/account/${id.slice(0, 15)}?fields=name`);
    expect(body).toEqual({
      attributes: { type: 'Account', url: `/services/data/v56.0/sobjects/Account/${id}` },
      Name: 'Short',
      Id: id,
    });
  });

  it('answers every field of a user at v56.0', async () => {
    const { body } = await call(api, `/v56.0/sobjects/User/${api.administrator.id}`);
    expect(body).toMatchObject({
      Id: api.administrator.id,
      Username: api.administrator.username,
      Email: expect.any(String),
    });
    expect(body).toHaveProperty('EmployeeNumber');
    expect(body).toHaveProperty('UserPreferencesLightningExperiencePreferred');
  });

  it('is unknown under a wrong id', async () => {
    const { status, body } = await call(api, '/v66.0/sobjects/Account/001000000000001AAA');
    expect([status, body]).toMatchObject([404, [{ errorCode: 'NOT_FOUND' }]]);
    const text = await call(api, '/v66.0/sobjects/Account/null');
    expect(text.body).toEqual([
      { message: 'Provided external ID field does not exist or is not accessible: null', errorCode: 'NOT_FOUND' },
    ]);
  });

  it('answers 304 to a copy that is still good, and 412 to a change of a stale one', async () => {
    const id = await create('Account', { Name: 'Cached' });
    const first = await call(api, `/v66.0/sobjects/Account/${id}`);
    const modified = first.headers.get('last-modified') ?? '';
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"\w+(--gzip)?"$/);
    const again = (headers: Record<string, string>) => call(api, `/v66.0/sobjects/Account/${id}`, { headers });
    const same = await again({ 'If-Modified-Since': modified });
    expect([same.status, same.text]).toEqual([304, '']);
    expect((await again({ 'If-None-Match': tag })).status).toBe(304);
    api.advance(5000);
    const patch = (headers: Record<string, string>) =>
      call(api, `/v66.0/sobjects/Account/${id}`, { method: 'PATCH', body: { Site: 'x' }, headers });
    expect((await patch({ 'If-Match': tag })).status).toBe(204);
    const stale = await patch({ 'If-Match': tag });
    expect([stale.status, stale.body]).toMatchObject([412, [{ errorCode: 'PRECONDITION_FAILED' }]]);
    expect((await patch({ 'If-Unmodified-Since': modified })).status).toBe(412);
    expect((await again({ 'If-Modified-Since': modified })).status).toBe(200);
    expect((await again({ 'If-None-Match': tag })).status).toBe(200);
  });

  it('is listed as recently viewed when the caller says so', async () => {
    const first = await create('Account', { Name: 'Viewed First' });
    await create('Account', { Name: 'Viewed Second' });
    await call(api, `/v66.0/sobjects/Account/${first}`, { headers: { 'Sforce-Mru': 'updateMru=true' } });
    const { body } = await call(api, '/v66.0/recent?limit=1');
    expect(body).toMatchObject([{ Id: first, Name: 'Viewed First' }]);
  });

  it('stays hidden from users it is not shared with', async () => {
    const everybody = await call(api, '/v66.0/query?q=SELECT Id FROM Account');
    const headers = { Authorization: `Bearer ${bankerToken}` };
    const shared = await call(api, '/v66.0/query?q=SELECT Id FROM Account', { headers });
    const ids = (body: unknown): string[] => (body as { records: { Id: string }[] }).records.map((row) => row.Id);
    const hidden = ids(everybody.body).find((id) => !ids(shared.body).includes(id));
    expect(hidden).toBeDefined();
    expect((await call(api, `/v66.0/sobjects/Account/${hidden}`, { headers })).status).toBe(404);
    expect((await call(api, `/v66.0/sobjects/Account/${hidden}/Contacts`, { headers })).status).toBe(404);
  });
});

describe('a row by external id', () => {
  it('is read, changed and deleted', async () => {
    const id = await create('Account', { Name: 'By LEI', LEI__c: 'ROWTEST0001' });
    const path = '/v66.0/sobjects/Account/LEI__c/ROWTEST0001';
    expect((await call(api, path)).body).toMatchObject({ Id: id, Name: 'By LEI' });
    const changed = await call(api, path, { method: 'PATCH', body: { Name: 'By Lei' } });
    expect([changed.status, changed.body]).toEqual([200, { id, success: true, errors: [], created: false }]);
    const old = await call(api, path.replace('66', '45'), { method: 'PATCH', body: { Name: 'By Lei' } });
    expect([old.status, old.text]).toEqual([204, '']);
    expect((await call(api, path, { method: 'DELETE' })).status).toBe(204);
    const gone = await call(api, path);
    expect(gone.body).toEqual([
      {
        message: 'Provided external ID field does not exist or is not accessible: ROWTEST0001',
        errorCode: 'NOT_FOUND',
      },
    ]);
  });

  it('is created by an upsert unless only an update is wanted', async () => {
    const path = '/v66.0/sobjects/Account/LEI__c/ROWTEST%200002';
    const body = { Name: 'Upserted' };
    expect((await call(api, `${path}?updateOnly=true`, { method: 'PATCH', body })).status).toBe(404);
    const created = await call(api, path, { method: 'PATCH', body });
    expect([created.status, created.body]).toMatchObject([201, { success: true, created: true }]);
    const stored = await call(api, path);
    expect(stored.body).toMatchObject({ LEI__c: 'ROWTEST 0002' });
  });

  // Apex guide, "upsert": an external id, or a field with the property idLookup, such as the e-mail of a contact.
  it('is found by a lookup field as by an external id', async () => {
    const id = await create('Contact', { LastName: 'By Mail', Email: 'by.mail@rows.example' });
    const path = '/v66.0/sobjects/Contact/Email/By.Mail%40rows.example';
    expect((await call(api, path)).body).toMatchObject({ Id: id, LastName: 'By Mail' });
    const changed = await call(api, path.replace('%40', '@'), { method: 'PATCH', body: { LastName: 'By E-Mail' } });
    expect([changed.status, changed.body]).toEqual([200, { id, success: true, errors: [], created: false }]);
    const created = await call(api, '/v66.0/sobjects/Contact/Email/new.mail@rows.example', {
      method: 'PATCH',
      body: { LastName: 'New' },
    });
    expect([created.status, created.body]).toMatchObject([201, { success: true, created: true }]);
    const child = await create('Contact', { LastName: 'Reports', ReportsTo: { Email: 'by.mail@rows.example' } });
    expect((await call(api, `/v66.0/sobjects/Contact/${child}`)).body).toMatchObject({ ReportsToId: id });
    const fields = (await call(api, '/v66.0/sobjects/Contact/describe')).body as {
      fields: { name: string; idLookup: boolean }[];
    };
    expect(fields.fields.filter(({ idLookup }) => idLookup).map(({ name }) => name)).toEqual(['Id', 'Email']);
    expect((await call(api, '/v66.0/sobjects/Contact/LastName/Bond')).status).toBe(404);
  });

  it('may not repeat the external id in the body', async () => {
    const path = '/v66.0/sobjects/Account/LEI__c/ROWTEST0003';
    const { status, body } = await call(api, path, { method: 'PATCH', body: { Name: 'x', LEI__c: 'ROWTEST0003' } });
    expect([status, body]).toEqual([
      400,
      [{ message: 'The LEI__c field should not be specified in the sobject data.', errorCode: 'INVALID_FIELD' }],
    ]);
  });

  it('is a choice when several rows have it', async () => {
    const ids = [
      await create('Account', { Name: 'T1', Ticker__c: 'TWO' }),
      await create('Account', { Name: 'T2', Ticker__c: 'TWO' }),
    ];
    const { status, body } = await call(api, '/v66.0/sobjects/Account/Ticker__c/TWO');
    expect(status).toBe(300);
    expect(body).toEqual(ids.map((id) => `/services/data/v66.0/sobjects/Account/${id}`));
  });

  it('is created by POST on the Id path', async () => {
    const { status } = await call(api, '/v66.0/sobjects/Account/Id', { method: 'POST', body: { Name: 'Posted' } });
    expect(status).toBe(201);
  });
});

describe('relationships', () => {
  it('lead to the parent and to the children', async () => {
    const account = await create('Account', { Name: 'Parent' });
    const contact = await create('Contact', { LastName: 'Child', AccountId: account });
    const parent = await call(api, `/v66.0/sobjects/Contact/${contact}/Account?fields=Name`);
    expect(parent.body).toMatchObject({ Id: account, Name: 'Parent' });
    const children = await call(api, `/v66.0/sobjects/Account/${account}/Contacts?fields=Id,LastName`);
    expect(children.body).toMatchObject({ totalSize: 1, done: true, records: [{ Id: contact, LastName: 'Child' }] });
    const changed = await call(api, `/v66.0/sobjects/Contact/${contact}/Account`, {
      method: 'PATCH',
      body: { Name: 'P2' },
    });
    expect(changed.status).toBe(204);
    expect((await call(api, `/v66.0/sobjects/Account/${account}?fields=Name`)).body).toMatchObject({ Name: 'P2' });
  });

  it('end where there is no parent or no such name', async () => {
    const contact = await create('Contact', { LastName: 'Orphan' });
    expect((await call(api, `/v66.0/sobjects/Contact/${contact}/Account`)).status).toBe(404);
    expect((await call(api, `/v66.0/sobjects/Contact/${contact}/Nonsense`)).status).toBe(404);
  });

  it('lead to the bytes of a file', async () => {
    const account = await create('Account', { Name: 'Filed' });
    const bytes = Buffer.from('term sheet \u00e9');
    const id = await create('Attachment', { ParentId: account, Name: 'a.txt', Body: bytes.toString('base64') });
    const { body } = await call(api, `/v66.0/sobjects/Attachment/${id}`);
    expect(body).toMatchObject({
      Body: `/services/data/v66.0/sobjects/Attachment/${id}/Body`,
      BodyLength: bytes.length,
    });
    const file = await call(api, `/v66.0/sobjects/Attachment/${id}/Body`);
    expect([file.headers.get('content-type'), file.text]).toEqual(['application/octetstream', 'term sheet \u00e9']);
  });
});

describe('changes since', () => {
  it('need an interval of at least a minute within the last month', async () => {
    const { status, body } = await call(
      api,
      '/v66.0/sobjects/Account/updated?start=2020-01-01T00:00:00Z&end=2020-01-02T00:00:00Z',
    );
    expect([status, body]).toMatchObject([400, [{ errorCode: 'INVALID_REPLICATION_DATE' }]]);
    const backwards = new Date(api.database.now()).toISOString();
    const none = await call(api, `/v66.0/sobjects/Account/deleted?start=${backwards}&end=${backwards}`);
    expect(none.status).toBe(400);
  });
});

describe('descriptions', () => {
  it('are not sent again when nothing changed', async () => {
    const { headers } = await call(api, '/v66.0/sobjects/Account/describe');
    const again = await call(api, '/v66.0/sobjects/Account/describe', {
      headers: { 'If-Modified-Since': headers.get('last-modified') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('have every member clients rely on', async () => {
    const { body } = await call(api, '/v66.0/sobjects/Account/describe');
    const { fields } = body as { fields: Record<string, unknown>[] };
    expect(Object.keys(body as object)).toEqual(describeMembers.split(' '));
    expect(new Set(fields.map((field) => Object.keys(field).join(' ')))).toEqual(new Set([fieldMembers]));
    const basics = await call(api, '/v66.0/sobjects/Account');
    expect(basics.body).toHaveProperty('objectDescribe.urls.compactLayouts');
    expect(basics.body).toHaveProperty('recentItems');
  });
});
