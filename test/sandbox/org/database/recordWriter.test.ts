import { createRecordReader } from '../../../../sandbox/org/database/recordReader.ts';
import { createRecordWriter } from '../../../../sandbox/org/database/recordWriter.ts';
import { createRowStore } from '../../../../sandbox/org/database/rowStore.ts';
import { orgSchema } from '../../../../sandbox/org/database/schema/orgSchema.ts';
import { openSqlEngine } from '../../../../sandbox/org/database/sqlEngine.ts';
import { createTables } from '../../../../sandbox/org/database/tables.ts';
import { failureOf, openTestOrg, testNow } from './testOrg.ts';
import type { TestOrg } from './testOrg.ts';

let org: TestOrg;
beforeEach(async () => {
  org = await openTestOrg(20);
});

const create = (type: string, values: Record<string, unknown>): string =>
  org.database.create(type, values, org.administrator);
const update = (type: string, id: string, values: Record<string, unknown>): void =>
  org.database.update(type, id, values, org.administrator);
const retrieve = (type: string, id: string, fields?: string[]) =>
  org.database.retrieve(type, id, org.administrator, fields);

describe('create', () => {
  it('returns an 18-character id, and the row shows what was given, defaults and who made it', () => {
    const id = create('Account', {
      name: 'Kestrel Trading plc',
      AnnualRevenue: '12.4',
      attributes: { type: 'Account' },
    });
    expect(id).toMatch(/^001[0-9A-Za-z]{15}$/);
    expect(retrieve('Account', id)).toMatchObject({
      attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${id}` },
      Id: id,
      Name: 'Kestrel Trading plc',
      AnnualRevenue: 12,
      IsDeleted: false,
      OwnerId: org.administrator.user.id,
      CreatedById: org.administrator.user.id,
      CreatedDate: '2026-03-11T10:00:00.000+0000',
      BillingAddress: null,
      LastViewedDate: '2026-03-11T10:00:00.000+0000',
    });
  });

  it('makes a name of first and last name, an address of its parts, and a case number', () => {
    const id = create('Contact', { FirstName: 'Ada', LastName: 'King', MailingCity: 'London' });
    const contact = retrieve('Contact', id);
    expect(contact['Name']).toBe('Ada King');
    expect(contact['MailingAddress']).toMatchObject({ city: 'London', street: null, latitude: null });
    const [first, second] = [create('Case', {}), create('Case', {})].map((caseId) =>
      Number(retrieve('Case', caseId)['CaseNumber']),
    );
    expect(second).toBe(Number(first) + 1);
  });

  it('lets the stage decide probability, forecast and closed flags', () => {
    const id = create('Opportunity', { Name: 'Loan', StageName: 'closed won', CloseDate: '2026-05-31', Amount: 1000 });
    expect(retrieve('Opportunity', id)).toMatchObject({
      StageName: 'Closed Won',
      Probability: 100,
      IsClosed: true,
      IsWon: true,
      ForecastCategoryName: 'Closed',
      ExpectedRevenue: 1000,
      FiscalYear: 2026,
      FiscalQuarter: 2,
      Fiscal: '2026 2',
    });
  });

  it('finds a parent by its external id, in any case', () => {
    const lei = String(org.select("SELECT LEI__c FROM Account WHERE Name = 'Dickenson plc'")[0]?.['LEI__c']);
    const id = create('Contact', { LastName: 'Lei', account: { lei__c: lei } });
    expect(retrieve('Contact', id, ['Account.Name'])['Account']).toMatchObject({ Name: 'Dickenson plc' });
    expect(failureOf(() => create('Contact', { LastName: 'Lei', Account: { LEI__c: 'none' } }))).toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    expect(
      failureOf(() => create('Contact', { LastName: 'Lei', Account: { Name: 'Dickenson plc' } })).message,
    ).toContain('is not an External ID');
  });

  it('accepts 15-character ids and every spelling of a time zone', () => {
    const account = create('Account', { Name: 'A' });
    const contact = create('Contact', { LastName: 'B', AccountId: account.slice(0, 15) });
    expect(retrieve('Contact', contact)['AccountId']).toBe(account);
    for (const text of ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000+0000', '2026-03-01T14:00:00+02:00']) {
      const event = create('Event', { Subject: 'x', StartDateTime: text, DurationInMinutes: 30 });
      expect(retrieve('Event', event)).toMatchObject({
        StartDateTime: '2026-03-01T12:00:00.000+0000',
        EndDateTime: '2026-03-01T12:30:00.000+0000',
      });
    }
  });

  it.each([
    ['Contact', { FirstName: 'x' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['LastName']],
    [
      'Opportunity',
      { Name: null },
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [Name, StageName, CloseDate]',
      ['Name', 'StageName', 'CloseDate'],
    ],
    ['Account', { Name: 'x', Foo: 1 }, 'INVALID_FIELD', "No such column 'Foo' on sobject of type Account", undefined],
    [
      'Contact',
      { LastName: 'x'.repeat(81) },
      'STRING_TOO_LONG',
      `Last Name: data value too large: ${'x'.repeat(81)} (max length=80)`,
      ['LastName'],
    ],
    [
      'Contact',
      { LastName: 'x', Email: 'nobody' },
      'INVALID_EMAIL_ADDRESS',
      'Email: invalid email address: nobody',
      ['Email'],
    ],
    [
      'Account',
      { Name: 'x', Region__c: 'Mars' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Region: bad value for restricted picklist field: Mars',
      ['Region__c'],
    ],
    [
      'Contact',
      { LastName: 'x', AccountId: '001abc' },
      'MALFORMED_ID',
      'Account ID: id value of incorrect type: 001abc',
      ['AccountId'],
    ],
    [
      'Contact',
      { LastName: 'x', AccountId: '003NB0000000001YAA' },
      'MALFORMED_ID',
      'Account ID: id value of incorrect type: 003NB0000000001YAA',
      ['AccountId'],
    ],
    [
      'Contact',
      { LastName: 'x', AccountId: '001NB00000zzzzz' },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
      ['AccountId'],
    ],
    [
      'Account',
      { Name: 'x', CreatedDate: '2020-01-01T00:00:00Z' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['CreatedDate'],
    ],
    [
      'Account',
      { Name: 'x', AnnualRevenue: 'abc' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of double from VALUE_STRING value abc or request may be missing a required field at [line:1, column:33]',
      undefined,
    ],
    [
      'Account',
      { Name: 5 },
      'JSON_PARSER_ERROR',
      expect.stringContaining('Cannot deserialize instance of string from VALUE_NUMBER_INT value 5'),
      undefined,
    ],
    [
      'Contact',
      { LastName: 'x', DoNotCall: 'maybe' },
      'JSON_PARSER_ERROR',
      expect.stringContaining('instance of boolean from VALUE_STRING value maybe'),
      undefined,
    ],
    [
      'Contact',
      { LastName: 'x', Birthdate: '2026-02-30' },
      'JSON_PARSER_ERROR',
      expect.stringContaining('instance of date'),
      undefined,
    ],
    [
      'Account',
      { Name: 'x', AnnualRevenue: 1e20 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      expect.stringContaining('outside of valid range'),
      ['AnnualRevenue'],
    ],
    [
      'User',
      {
        LastName: 'x',
        Username: 'alex.chen@northbridge.example',
        Email: 'a@b.example',
        Alias: 'x',
        CommunityNickname: 'x',
        ProfileId: '00eNB0000000001YAA',
      },
      'DUPLICATE_VALUE',
      expect.stringMatching(/^duplicate value found: Username duplicates value on record with id: 005/),
      ['Username'],
    ],
  ])('%s %j is refused with %s', (type, values, errorCode, message, fields) => {
    expect(failureOf(() => create(type, values))).toEqual({ status: 400, errorCode, message, fields });
  });

  it('knows no object Foo', () => {
    expect(failureOf(() => create('Foo', {}))).toMatchObject({
      status: 404,
      errorCode: 'NOT_FOUND',
      message: 'The requested resource does not exist',
    });
  });
});

describe('update', () => {
  it('changes what is given, clears what is null, and moves the modification date', () => {
    const id = create('Contact', { LastName: 'Old', FirstName: 'Ann', Email: 'ann@b.example' });
    org.clock.now += 60_000;
    update('contact', id.slice(0, 15), { lastname: 'New', Email: null, FirstName: '' });
    expect(retrieve('Contact', id)).toMatchObject({
      Name: 'New',
      FirstName: null,
      Email: null,
      CreatedDate: '2026-03-11T10:00:00.000+0000',
      LastModifiedDate: '2026-03-11T10:01:00.000+0000',
    });
  });

  it('moves the probability with the stage, but keeps one that was set by hand', () => {
    const id = create('Opportunity', { Name: 'Loan', StageName: 'Prospecting', CloseDate: '2026-05-31' });
    update('Opportunity', id, { StageName: 'Closed Lost' });
    expect(retrieve('Opportunity', id)).toMatchObject({ Probability: 0, IsClosed: true, IsWon: false });
    update('Opportunity', id, { StageName: 'Prospecting', Probability: 55 });
    expect(retrieve('Opportunity', id)).toMatchObject({ Probability: 55, IsClosed: false });
  });

  it('refuses ids that are wrong in the ways Salesforce tells apart', () => {
    const values = { Name: 'x' };
    const unknown = 'Provided external ID field does not exist or is not accessible: ';
    expect(failureOf(() => update('Account', 'abc', values))).toMatchObject({
      status: 404,
      errorCode: 'NOT_FOUND',
      message: `${unknown}abc`,
    });
    expect(failureOf(() => update('Account', '001NB00000zzzzz', values))).toMatchObject({
      status: 404,
      message: `${unknown}001NB00000zzzzz`,
    });
    expect(failureOf(() => update('Account', '001000000000000BAA', values))).toMatchObject({
      status: 400,
      errorCode: 'MALFORMED_ID',
    });
    expect(failureOf(() => update('Account', '003NB0000000001YAA', values))).toMatchObject({
      status: 404,
      errorCode: 'INVALID_CROSS_REFERENCE_KEY',
    });
  });

  it('takes only time zones, locales and languages that there are', () => {
    const id = org.administrator.user.id;
    for (const field of ['TimeZoneSidKey', 'LocaleSidKey', 'LanguageLocaleKey', 'EmailEncodingKey']) {
      expect(failureOf(() => update('User', id, { [field]: 'Mars/North' }))).toMatchObject({
        errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        fields: [field],
      });
    }
    update('User', id, { TimeZoneSidKey: 'Asia/Kolkata', LocaleSidKey: 'en_IN' });
    expect(org.select('SELECT FORMAT(CreatedDate) FROM Contact WHERE CreatedDate < TOMORROW LIMIT 1')).toHaveLength(1);
  });

  it('refuses a duplicate of a unique external id and names the other record', () => {
    const [first, second] = org.select('SELECT Id, LEI__c FROM Account WHERE LEI__c != null LIMIT 2');
    const message = `duplicate value found: LEI__c duplicates value on record with id: ${String(first?.['Id'])}`;
    expect(failureOf(() => update('Account', String(second?.['Id']), { LEI__c: first?.['LEI__c'] }))).toMatchObject({
      errorCode: 'DUPLICATE_VALUE',
      message,
    });
  });
});

describe('delete', () => {
  it('takes children along, clears other lookups, and is not done twice', () => {
    const account = create('Account', { Name: 'Parent' });
    const subsidiary = create('Account', { Name: 'Subsidiary', ParentId: account });
    const contact = create('Contact', { LastName: 'Child', AccountId: account });
    const opportunity = create('Opportunity', {
      Name: 'Deal',
      StageName: 'Prospecting',
      CloseDate: '2026-05-31',
      AccountId: account,
    });
    const task = create('Task', { Subject: 'Call', WhatId: opportunity });
    org.database.delete('Account', account, org.administrator);
    for (const [type, id] of [
      ['Account', account],
      ['Contact', contact],
      ['Opportunity', opportunity],
      ['Task', task],
    ] as const) {
      expect(failureOf(() => retrieve(type, id))).toMatchObject({ status: 404, errorCode: 'NOT_FOUND' });
    }
    expect(retrieve('Account', subsidiary)['ParentId']).toBeNull();
    for (const again of [
      () => org.database.delete('Account', account, org.administrator),
      () => update('Account', account, { Name: 'x' }),
    ]) {
      expect(failureOf(again)).toMatchObject({
        status: 404,
        errorCode: 'ENTITY_IS_DELETED',
        message: 'entity is deleted',
      });
    }
    expect(org.select(`SELECT Id FROM Contact WHERE Id = '${contact}'`)).toHaveLength(0);
    expect(org.select(`SELECT Id FROM Contact WHERE Id = '${contact}' ALL ROWS`)).toHaveLength(1);
    expect(
      org.database.query(`SELECT Id FROM Contact WHERE IsDeleted = true`, org.administrator, { includeDeleted: true })
        .totalSize,
    ).toBe(1);
  });

  it('is undone with what went along, and not twice', () => {
    const account = create('Account', { Name: 'Parent' });
    const [early, late] = ['Early', 'Late'].map((LastName) => create('Contact', { LastName, AccountId: account }));
    org.database.delete('Contact', early!, org.administrator);
    org.clock.now += 60_000;
    org.database.delete('Account', account, org.administrator);
    org.clock.now += 60_000;
    org.database.undelete('Account', account, org.administrator);
    expect(retrieve('Account', account)).toMatchObject({ Name: 'Parent', IsDeleted: false });
    expect(retrieve('Contact', late!)['SystemModstamp']).toBe(retrieve('Account', account)['SystemModstamp']);
    expect(failureOf(() => retrieve('Contact', early!)).errorCode).toBe('NOT_FOUND');
    expect(failureOf(() => org.database.undelete('Account', account, org.administrator))).toMatchObject({
      status: 400,
      errorCode: 'UNDELETE_FAILED',
    });
  });

  it('refuses users', () => {
    expect(failureOf(() => org.database.delete('User', org.banker.user.id, org.administrator)).errorCode).toBe(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    );
  });

  it('leaves everything as it was when a child cannot go along', async () => {
    const engine = await openSqlEngine();
    createTables(engine, orgSchema.objects);
    const parts = { schema: orgSchema, engine, store: createRowStore(engine), now: () => testNow };
    let deletions = 0;
    const writer = createRecordWriter({
      ...parts,
      isVisible: createRecordReader(parts).isVisible,
      afterWrite: (_object, _id, change) => {
        if (change === 'delete' && (deletions += 1) === 3) throw new Error('no more');
      },
    });
    const account = writer.create('Account', { Name: 'Parent' }, org.administrator);
    for (const LastName of ['One', 'Two', 'Three']) {
      writer.create('Contact', { LastName, AccountId: account }, org.administrator);
    }
    const stored = (): unknown =>
      ['Account', 'Contact', 'deletion'].map((table) => engine.rows(`SELECT * FROM "${table}"`));
    const before = stored();
    expect(() => writer.delete('Account', account, org.administrator)).toThrow('no more');
    expect(stored()).toEqual(before);
    writer.delete('Account', account, org.administrator);
    expect(engine.value('SELECT COUNT(*) FROM deletion')).toBe(4);
  });
});
