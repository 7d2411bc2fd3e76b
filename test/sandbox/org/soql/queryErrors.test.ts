import { failureOf, openTestOrg } from '../database/testOrg.ts';
import type { TestOrg } from '../database/testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg(60);
});

const advice =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

describe('a query with a mistake', () => {
  it('is answered with the neighbourhood, a caret under the mistake and its column', () => {
    expect(failureOf(() => org.select('SELECT Foo FROM Account'))).toEqual({
      status: 400,
      errorCode: 'INVALID_FIELD',
      message: `\nSELECT Foo FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Account'. ${advice}`,
      fields: undefined,
    });
  });

  it.each([
    ['SELECT Nam FROM', 'MALFORMED_QUERY', "unexpected token: '<EOF>'", 16],
    ['SELECT Id, FROM Account', 'MALFORMED_QUERY', "unexpected token: 'FROM'", 12],
    ["SELECT Id FROM Account WHERE Name = 'a') LIMIT 1", 'MALFORMED_QUERY', "unexpected token: ')'", 40],
    [
      "SELECT Id FROM Account WHERE Name = 'a' # b",
      'MALFORMED_QUERY',
      "line 1:40 no viable alternative at character '#'",
      41,
    ],
    [
      "SELECT Id FROM Account WHERE Name = 'a' AND Site = 'b' OR Site = 'c'",
      'MALFORMED_QUERY',
      "unexpected token: 'OR'",
      56,
    ],
    ['SELECT Id FROM Foo', 'INVALID_TYPE', "sObject type 'Foo' is not supported.", 16],
    ['SELECT Foo.Name FROM Account', 'INVALID_FIELD', "Didn't understand relationship 'Foo' in field path.", 8],
    [
      'SELECT (SELECT Id FROM Foos) FROM Account',
      'INVALID_TYPE',
      "Didn't understand relationship 'Foos' in FROM part of query call.",
      24,
    ],
    ['SELECT What.Industry FROM Task', 'INVALID_FIELD', "No such column 'Industry' on entity 'Name'.", 8],
    [
      "SELECT CreatedDate FROM Account WHERE CreatedDate = '2026-01-01'",
      'INVALID_FIELD',
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
      39,
    ],
    ['SELECT Id FROM Account WHERE CreatedDate = 2026-01-01', 'INVALID_FIELD', 'must be of type dateTime', 30],
    [
      'SELECT Id FROM Account WHERE Name = 5',
      'INVALID_FIELD',
      "for field 'Name' must be of type string and should be enclosed in quotes",
      30,
    ],
    ["SELECT Id FROM Account WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: abc', 30],
    [
      "SELECT Id FROM Account WHERE OwnerId LIKE '005%'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid operator on id field',
      30,
    ],
    [
      "SELECT Id FROM Account WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
      30,
    ],
    [
      'SELECT Id FROM Account ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
      33,
    ],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name', 8],
    ['SELECT SUM(Name) FROM Account', 'MALFORMED_QUERY', 'field Name does not support aggregate operator SUM', 12],
  ])('%s: %s %s', (query, errorCode, sentence, column) => {
    const failure = failureOf(() => org.select(query));
    expect(failure).toMatchObject({ status: 400, errorCode, message: expect.stringContaining(sentence) });
    expect(failure.message).toContain(`ERROR at Row:1:Column:${column}\n`);
    const [, snippet = '', caret = ''] = failure.message.split('\n');
    expect(query.slice(column - 1)).toContain(snippet.slice(caret.length - 1));
  });

  it.each([
    ['', 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null'],
    ['SELECT Id FROM Account WHERE Name = :name', 'MALFORMED_QUERY', 'Bind variables only allowed in Apex code'],
    [
      "SELECT Id FROM Account WHERE Name = 'a\\x'",
      'MALFORMED_QUERY',
      "Invalid string literal 'a\\x'. Illegal character sequence '\\x' in string literal.",
    ],
    ['SELECT Id FROM Account LIMIT 1 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    [
      'SELECT FIELDS(CUSTOM) FROM Account LIMIT 201',
      'MALFORMED_QUERY',
      'The SOQL FIELDS function must have a LIMIT of at most 200',
    ],
    ['SELECT Id FROM Account ORDER BY COUNT(Id)', 'MALFORMED_QUERY', 'Ordered field must be grouped or aggregated'],
    ['SELECT Id FROM Account WHERE COUNT(Id) > 1', 'MALFORMED_QUERY', 'not allowed in the WHERE clause'],
    [
      "SELECT Industry FROM Account GROUP BY Industry HAVING Name = 'x'",
      'MALFORMED_QUERY',
      'Field must be grouped or aggregated: Name',
    ],
    ['SELECT Name n FROM Account', 'MALFORMED_QUERY', 'only aggregate expressions use field aliasing'],
    [
      'SELECT (SELECT COUNT(Id) FROM Contacts) FROM Account',
      'MALFORMED_QUERY',
      'Only root queries support aggregate expressions',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)',
      'MALFORMED_QUERY',
      "semi join sub-selects can only query id fields, cannot use: 'Name'",
    ],
    [
      'SELECT Id FROM Contact WHERE MailingAddress = null',
      'INVALID_FIELD',
      "field 'MailingAddress' can not be filtered in a query call",
    ],
    [
      "SELECT Id FROM Contact WHERE MailingAddress LIKE 'a%'",
      'INVALID_FIELD',
      "field 'MailingAddress' can not be filtered in a query call",
    ],
    [
      "SELECT Id FROM Contact WHERE Account.BillingAddress IN ('a')",
      'INVALID_FIELD',
      "field 'BillingAddress' can not be filtered in a query call",
    ],
    [
      'SELECT COUNT(MailingAddress) FROM Contact',
      'MALFORMED_QUERY',
      'field MailingAddress does not support aggregate operator COUNT',
    ],
    [
      'SELECT COUNT(Id) FROM Contact GROUP BY MailingAddress',
      'INVALID_FIELD',
      "field 'MailingAddress' can not be grouped in a query call",
    ],
    [
      'SELECT Id FROM Contact ORDER BY MailingAddress',
      'INVALID_FIELD',
      "field 'MailingAddress' can not be sorted in a query call",
    ],
    ['SELECT toLabel(MailingAddress) FROM Contact', 'INVALID_FIELD', "field 'MailingAddress' is a compound field"],
    ['SELECT FORMAT(MailingAddress) FROM Contact', 'INVALID_FIELD', "field 'MailingAddress' is a compound field"],
    [
      'SELECT Id FROM Contact WHERE CreatedDate > LAST_N_DAYS:99999999999999',
      'MALFORMED_QUERY',
      'Date literal is out of range',
    ],
    ['SELECT Id FROM Contact WHERE Birthdate = N_YEARS_AGO:1000000', 'MALFORMED_QUERY', 'Date literal is out of range'],
    ['SELECT Id FROM Contact WHERE CreatedDate > 9999-12-31T23:59:59-14:00', 'MALFORMED_QUERY', 'Invalid dateTime'],
    [
      'SELECT convertTimezone(MAX(Phone)) a FROM Contact',
      'MALFORMED_QUERY',
      'convertTimezone can only be used inside a date function',
    ],
    [
      'SELECT COUNT(Id) FROM Contact GROUP BY HOUR_IN_DAY(convertTimezone(Birthdate))',
      'MALFORMED_QUERY',
      'convertTimezone can only be used with dateTime fields',
    ],
    ['SELECT COUNT() FROM Contact c, x.Account a', 'MALFORMED_QUERY', "unexpected token: ','"],
    [
      "SELECT COUNT() FROM Contact c, c.Foo a WHERE a.Name = 'x'",
      'INVALID_FIELD',
      "Didn't understand relationship 'Foo' in field path.",
    ],
    [
      'SELECT Id FROM Account USING SCOPE team',
      'MALFORMED_QUERY',
      "Unsupported scope 'team' for object type 'Account'",
    ],
    [
      `SELECT Id FROM Account WHERE ${Array.from({ length: 1500 }, () => "Name LIKE 'a'").join(' OR ')}`,
      'QUERY_TOO_COMPLICATED',
      'too complicated',
    ],
  ])('%.80s: %s', (query, errorCode, sentence) => {
    expect(failureOf(() => org.select(query))).toMatchObject({
      status: 400,
      errorCode,
      message: expect.stringContaining(sentence),
    });
  });

  it('does not run one that asks for more groups than fit a batch', async () => {
    const large = await openTestOrg(2500);
    expect(failureOf(() => large.select('SELECT Id, COUNT(Name) FROM Contact GROUP BY Id')).errorCode).toBe(
      'EXCEEDED_ID_LIMIT',
    );
    expect(large.select('SELECT Id, COUNT(Name) FROM Contact GROUP BY Id LIMIT 2000')).toHaveLength(2000);
  });
});
