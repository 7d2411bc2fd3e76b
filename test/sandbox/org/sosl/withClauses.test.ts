import { failureOf, openTestOrg, type TestOrg } from '../database/testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg(50);
  const create = (type: string, values: Record<string, unknown>): string =>
    org.database.create(type, values, org.administrator);
  const account = create('Account', {
    Name: 'Grünspan <Patina>',
    Description: 'Old patina, and verdigris.',
    Phone: '+1 555 0100',
  });
  create('Contact', { LastName: 'Verdigris', AccountId: account, Email: 'verdigris@patina.example' });
  create('Case', {
    Subject: 'Patina',
    Description: `${'Long ago. '.repeat(60)}The patina came off. ${'So it goes. '.repeat(60)}`,
  });
});

const search = (sosl: string, apiVersion = '66.0') => org.database.search(sosl, { ...org.administrator, apiVersion });

describe('WITH', () => {
  it.each([
    'WITH SNIPPET',
    'WITH SNIPPET (target_length=120)',
    'WITH HIGHLIGHT',
    'WITH SPELL_CORRECTION = false',
    'WITH SPELL_CORRECTION',
    "WITH METADATA = 'LABELS'",
    "WITH METADATA='LABELS'",
    "WITH DIVISION = 'Global'",
    "WITH PricebookId = '01s000000000000AAA'",
    "WITH NETWORK = '000000000000000'",
    "WITH SNIPPET WITH METADATA = 'LABELS' WITH SPELL_CORRECTION = true LIMIT 5 UPDATE TRACKING, VIEWSTAT",
  ])('takes %s, with objects and without', (clauses) => {
    expect(search(`FIND {patina} IN ALL FIELDS RETURNING Account(Id, Name) ${clauses}`)).toHaveLength(1);
    expect(search(`FIND {patina} ${clauses}`).length).toBeGreaterThan(1);
  });

  it('marks the words found in text fields, as HTML', () => {
    const [account] = search(
      'FIND {patina AND NOT nothing} RETURNING Account(Name, Description, Phone) WITH HIGHLIGHT',
    );
    expect(account).toMatchObject({
      Name: 'Grünspan <Patina>',
      'highlight.Name': 'Grünspan &lt;<mark>Patina</mark>&gt;',
      'highlight.Description': 'Old <mark>patina</mark>, and verdigris.',
    });
    expect(search('FIND {grunspan} RETURNING Account(Name) WITH HIGHLIGHT')[0]).toMatchObject({
      'highlight.Name': expect.stringContaining('<mark>Grünspan</mark>'),
    });
    expect(Object.keys(search('FIND {patin*} RETURNING Account(Name) WITH HIGHLIGHT')[0] ?? {})).toEqual([
      'attributes',
      'Name',
    ]);
    expect(Object.keys(search('FIND {patina} RETURNING Account(Id) WITH HIGHLIGHT')[0] ?? {})).toEqual([
      'attributes',
      'Id',
    ]);
  });

  it('cuts a snippet out of the text of a case, and of nothing else', () => {
    const [found] = search('FIND {patina} RETURNING Case(Subject) WITH SNIPPET (target_length=60)');
    const snippet = String(found?.['snippet.text']);
    expect(snippet).toContain('The <mark>patina</mark> came off.');
    expect(snippet.replaceAll(/<.?mark>/g, '')).toHaveLength(60);
    expect(search('FIND {patina} RETURNING Account(Name) WITH SNIPPET')[0]).not.toHaveProperty(['snippet.text']);
  });

  it('finds nothing of a site that the org does not have', () => {
    expect(search("FIND {patina} RETURNING Account WITH NETWORK IN ('0DB000000000001AAA')")).toEqual([]);
  });

  it.each([
    ['FIND {patina} WITH NOTHING', '66.0', "unexpected token: 'NOTHING'"],
    ['FIND {patina} WITH', '66.0', "unexpected token: 'WITH'"],
    ["FIND {patina} WITH METADATA = 'ALL'", '66.0', "unexpected token: '='"],
    [
      'FIND {patina} WITH DATA CATEGORY Geography__c AT Europe__c',
      '66.0',
      'WITH DATA CATEGORY is only available for knowledge articles',
    ],
    ['FIND {patina} WITH HIGHLIGHT', '38.0', "unexpected token: 'HIGHLIGHT'"],
    ['FIND {patina} WITH SPELL_CORRECTION = true', '39.0', "unexpected token: 'SPELL_CORRECTION'"],
    ['FIND {patina} LIMIT 5 WITH SNIPPET', '66.0', "unexpected token: 'WITH'"],
  ])('refuses %s in version %s', (sosl, apiVersion, message) => {
    expect(failureOf(() => search(sosl, apiVersion))).toMatchObject({
      status: 400,
      errorCode: 'MALFORMED_SEARCH',
      message,
    });
  });
});
