import { escapeSoslTerm } from '../../../../src/salesforce/soslQuoting.ts';
import { failureOf, openTestOrg } from '../database/testOrg.ts';
import type { TestOrg } from '../database/testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg();
  const create = (Name: string, values: Record<string, unknown> = {}): string =>
    org.database.create('Account', { Name, ...values }, org.administrator);
  create('Quillfeather & Sons');
  create('Quillfeather Holdings', { Phone: '+44 (20) 7946-0001' });
  create('Müller-Straße Bräu', { Description: 'Quillfeather owns a third of it.' });
  create("O'Quill (UK) Ltd");
  create('Trust or Dare');
});

const namesOf = (sosl: string): unknown[] => org.database.search(sosl, org.administrator).map((row) => row['Name']);
const accounts = (term: string, group = 'ALL'): unknown[] =>
  namesOf(`FIND {${term}} IN ${group} FIELDS RETURNING Account(Name)`);

describe('FIND', () => {
  it('finds whole words in any case, with or without accents', () => {
    expect(accounts('QUILLFEATHER')).toEqual(['Quillfeather & Sons', 'Quillfeather Holdings', 'Müller-Straße Bräu']);
    expect(accounts('quillfea')).toEqual([]);
    expect(accounts('muller brau')).toEqual(['Müller-Straße Bräu']);
  });

  it('puts records that carry the word in their name first, and only those IN NAME FIELDS', () => {
    expect(accounts('third')).toEqual(['Müller-Straße Bräu']);
    expect(accounts('quillfeather', 'NAME')).toEqual(['Quillfeather & Sons', 'Quillfeather Holdings']);
  });

  it.each([
    ['quillf*', ['Quillfeather & Sons', 'Quillfeather Holdings', 'Müller-Straße Bräu']],
    ['quillfe?ther hold*', ['Quillfeather Holdings']],
    ['quill*r sons', ['Quillfeather & Sons']],
    ['quillfeather AND NOT sons', ['Quillfeather Holdings', 'Müller-Straße Bräu']],
    ['sons OR holdings AND quillfeather', ['Quillfeather & Sons', 'Quillfeather Holdings']],
    ['(sons OR holdings) AND quillfeather', ['Quillfeather & Sons', 'Quillfeather Holdings']],
    ['"quillfeather holdings"', ['Quillfeather Holdings']],
    ['"holdings quillfeather"', []],
    ['quillfeather \\& sons', ['Quillfeather & Sons']],
    ['quillfeather \\*', ['Quillfeather & Sons', 'Quillfeather Holdings', 'Müller-Straße Bräu']],
  ])('reads %s', (term, expected) => {
    const found = accounts(term);
    expect(found.filter((name) => expected.includes(String(name)))).toEqual(expected);
    if (term.includes('uill')) expect(found).toEqual(expected);
  });

  it('finds a telephone number with and without its punctuation', () => {
    expect(accounts('442079460001', 'PHONE')).toEqual(['Quillfeather Holdings']);
    expect(accounts('7946-0001', 'PHONE')).toEqual(['Quillfeather Holdings']);
    expect(accounts('quillfeather', 'PHONE')).toEqual([]);
  });

  it('takes escaped text literally, whatever it holds', () => {
    for (const name of ['Quillfeather & Sons', "O'Quill (UK) Ltd", 'Müller-Straße Bräu', 'Trust or Dare']) {
      expect(accounts(escapeSoslTerm(name))).toContain(name);
    }
  });

  it('returns objects in the order asked for, with their own conditions, and ids only without a field list', () => {
    const found = org.database.search(
      "FIND {grand} RETURNING Opportunity, Account(Name, Owner.Name WHERE Name LIKE '%Resorts%' ORDER BY Name LIMIT 1)",
      org.administrator,
    );
    const account = found.at(-1);
    expect(account).toMatchObject({
      attributes: { type: 'Account' },
      Name: 'Grand Hotels & Resorts Ltd',
      Owner: { Name: 'Alex Chen' },
    });
    for (const row of found.slice(0, -1)) expect(Object.keys(row)).toEqual(['attributes', 'Id']);
  });

  it('respects LIMIT and OFFSET inside and the LIMIT of the whole', () => {
    expect(namesOf('FIND {quillfeather} RETURNING Account(Name ORDER BY Name LIMIT 1 OFFSET 1)')).toEqual([
      'Quillfeather & Sons',
    ]);
    expect(namesOf('FIND {quillfeather} RETURNING Account(Name), Contact(Name) LIMIT 2')).toHaveLength(2);
  });

  it('follows every change of a record', () => {
    const id = org.database.create('Contact', { LastName: 'Zephyrwing' }, org.administrator);
    expect(namesOf('FIND {zephyrwing} RETURNING Contact(Name)')).toEqual(['Zephyrwing']);
    org.database.update('Contact', id, { LastName: 'Bellweather' }, org.administrator);
    expect(namesOf('FIND {zephyrwing} RETURNING Contact(Name)')).toEqual([]);
    expect(namesOf('FIND {bellweather} RETURNING Contact(Name)')).toEqual(['Bellweather']);
    org.database.delete('Contact', id, org.administrator);
    expect(namesOf('FIND {bellweather} RETURNING Contact(Name)')).toEqual([]);
  });

  it('finds the account and the contact of Dickenson plc', () => {
    const found = org.database.search('FIND {Dickenson plc} RETURNING Account(Name), Contact(Name)', org.administrator);
    expect(found.slice(0, 2).map((row) => row['Name'])).toEqual(['Dickenson plc', 'Andy Young']);
  });

  // SOQL and SOSL Reference, "IN SearchGroup": the fields that count as a name besides the name itself.
  it('finds IN NAME FIELDS what stands beside a name, and a contact by the name of its account', () => {
    const create = (type: string, values: Record<string, unknown>): string =>
      org.database.create(type, values, org.administrator);
    const account = create('Account', { Name: 'Vexillum Partners', Website: 'https://oriflamme.example' });
    const contact = create('Contact', {
      LastName: 'Banner',
      AccountId: account,
      AssistantName: 'Pennant Flagg',
      Title: 'Gonfalonier',
    });
    create('Lead', { LastName: 'Standard', Company: 'Oriflamme Holding' });
    create('Case', { Subject: 'Oriflamme torn', SuppliedCompany: 'Pennant Makers' });
    const found = (term: string, group = 'NAME'): string[] =>
      org.database
        .search(`FIND {${term}} IN ${group} FIELDS RETURNING Account, Contact, Lead, Case`, org.administrator)
        .map(({ attributes }) => attributes.type);
    expect(found('vexillum')).toEqual(['Account', 'Contact']);
    expect(found('vexillum', 'ALL')).toEqual(['Account', 'Contact']);
    expect(found('vexillum', 'EMAIL')).toEqual([]);
    expect(found('oriflamme')).toEqual(['Account', 'Lead', 'Case']);
    expect(found('pennant')).toEqual(['Contact', 'Case']);
    expect(found('gonfalonier')).toEqual([]);
    expect(found('vexillum AND NOT banner')).toEqual(['Account']);
    org.database.update('Account', account, { Name: 'Signum' }, org.administrator);
    expect(found('vexillum')).toEqual([]);
    expect(found('signu*')).toEqual(['Account', 'Contact']);
    org.database.update('Contact', contact, { AccountId: null }, org.administrator);
    expect(found('signum')).toEqual(['Account']);
  });

  it('finds a contact by no account that is hidden from the user', () => {
    const accountIds = (context: typeof org.banker): unknown[] =>
      org.database.query('SELECT Id FROM Account', context).records.map(({ Id }) => Id);
    const shared = accountIds(org.banker);
    const account = String(accountIds(org.administrator).find((id) => !shared.includes(id)));
    org.database.update('Account', account, { Name: 'Occultum' }, org.administrator);
    org.database.create(
      'Contact',
      { LastName: 'Seen', AccountId: account, OwnerId: org.banker.user.id },
      org.administrator,
    );
    const search = (context: typeof org.banker): unknown[] =>
      org.database.search('FIND {occultum} RETURNING Contact(Name)', context).map(({ Name }) => Name);
    expect(search(org.administrator)).toContain('Seen');
    expect(search(org.banker)).toEqual([]);
  });

  it('finds nothing for a search query of more than 10,000 characters', () => {
    const long = (characters: number): string =>
      `quillfeather OR ${'x'.repeat(characters - 'quillfeather OR '.length)}`;
    expect(accounts(long(10_000))).not.toEqual([]);
    expect(accounts(long(10_001))).toEqual([]);
  });

  it.each([
    ['FIND {a}', 'INVALID_SEARCH', 'search term must be longer than one character: a'],
    ['FIND {\\&\\&}', 'INVALID_SEARCH', 'search term must be longer than one character: &&'],
    ['FIND {*abc}', 'INVALID_SEARCH', 'search term cannot begin with a wildcard: *abc'],
    ['FIND {(abc}', 'INVALID_SEARCH', 'Unexpected operator or parenthesis in search term: (abc'],
    ['FIND {abc AND}', 'INVALID_SEARCH', 'Unexpected operator or parenthesis in search term: abc AND'],
    ['FIND {abc', 'MALFORMED_SEARCH', expect.any(String)],
    ['FIND {abc} IN SOME FIELDS', 'MALFORMED_SEARCH', "unexpected token: 'SOME'"],
    ['FIND {abc} RETURNING Account(', 'MALFORMED_SEARCH', "expecting a right parentheses, found '<EOF>'"],
    ['FIND {abc} RETURNING Account() ', 'MALFORMED_SEARCH', "unexpected token: ')'"],
    ['FIND {abc} RETURNING Account extra', 'MALFORMED_SEARCH', "unexpected token: 'Account extra'"],
    ['FIND {abc} RETURNING Foo(Id)', 'INVALID_TYPE', expect.stringContaining("sObject type 'Foo' is not supported")],
    [
      'FIND {abc} RETURNING Account(Foo)',
      'INVALID_FIELD',
      expect.stringContaining("No such column 'Foo' on entity 'Account'"),
    ],
    ['FIND {abc} RETURNING Account(COUNT(Id))', 'MALFORMED_SEARCH', expect.any(String)],
  ])('refuses %s', (sosl, errorCode, message) => {
    expect(failureOf(() => org.database.search(sosl, org.administrator))).toMatchObject({
      status: 400,
      errorCode,
      message,
    });
  });
});
