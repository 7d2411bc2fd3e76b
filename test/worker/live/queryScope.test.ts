import { queryScope, type QueryScope } from '../../../src/worker/live/queryScope.ts';

/** As nested lists, which are easier to read than sets. */
function read(scope: QueryScope | undefined): unknown {
  if (!scope) return undefined;
  const { from, paths, children, conditions, named } = scope;
  return {
    from,
    ...(paths.size > 0 && { paths: [...paths].toSorted() }),
    ...(children.length > 0 && { children: children.map(read) }),
    ...(conditions.length > 0 && { conditions: conditions.map(read) }),
    ...(named.size > 0 && { named: [...named] }),
  };
}

describe('what a statement reads', () => {
  it.each([
    ['SELECT Id FROM Contact', { from: 'Contact' }],
    ["select Id from Contact where Email = 'Account.Name FROM User'", { from: 'Contact' }],
    ["SELECT Id FROM Contact WHERE Name = 'O\\'Neil, Account.Name' LIMIT 5", { from: 'Contact' }],
    ['SELECT Id, Account.Owner.Name FROM Contact', { from: 'Contact', paths: ['Account.Owner.Name'] }],
    ['SELECT Id FROM Contact WHERE (Account.Name != null)', { from: 'Contact', paths: ['Account.Name'] }],
    ['SELECT Id FROM Contact ORDER BY Account.Name DESC NULLS LAST', { from: 'Contact', paths: ['Account.Name'] }],
    ['SELECT Contact.Id, Contact.Account.Name FROM Contact', { from: 'Contact', paths: ['Account.Name'] }],
    ['SELECT c.Id, c.Account.Name FROM Contact c WHERE c.Id != null', { from: 'Contact', paths: ['Account.Name'] }],
    [
      'SELECT c.Id, a.Owner.Name FROM Contact c, c.Account a',
      { from: 'Contact', paths: ['Account.Id', 'Account.Owner.Name'] },
    ],
    [
      'SELECT Id, (SELECT Id, Owner.Name FROM Contacts WHERE (Email != null) ORDER BY Id), Owner.Name FROM Account',
      { from: 'Account', paths: ['Owner.Name'], children: [{ from: 'Contacts', paths: ['Owner.Name'] }] },
    ],
    [
      "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Owner.Name = 'x') AND (Parent.Name = 'y')",
      { from: 'Account', paths: ['Parent.Name'], conditions: [{ from: 'Contact', paths: ['Owner.Name'] }] },
    ],
    [
      'SELECT Id, TYPEOF What WHEN Account THEN Phone WHEN Case THEN Subject ELSE Name END FROM Event',
      { from: 'Event', paths: ['What.Id'], named: ['Account', 'Case'] },
    ],
    [
      'SELECT FORMAT(Amount) a, toLabel(Account.Industry) FROM Opportunity USING SCOPE mine',
      { from: 'Opportunity', paths: ['Account.Industry'] },
    ],
    ['SELECT Id FROM Contact WHERE CreatedDate > 2026-01-31T10:00:00.000Z FOR VIEW', { from: 'Contact' }],
  ])('%s', (soql, expected) => {
    expect(read(queryScope(soql))).toEqual(expected);
  });

  it.each(['', 'nonsense', 'SELECT', ')))', 'SELECT (SELECT (SELECT'])('is not known of %j', (soql) => {
    expect(queryScope(soql)).toBeUndefined();
  });
});
