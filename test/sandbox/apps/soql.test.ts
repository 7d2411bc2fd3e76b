import { containing, queryPath, quoted } from '../../../sandbox/apps/soql.ts';

describe('text inside SOQL', () => {
  it('cannot end the string it stands in', () => {
    expect(quoted("O'Neill \\ Sons")).toBe("'O\\'Neill \\\\ Sons'");
  });

  it('matches per cent and underscore as themselves', () => {
    expect(containing('100%_')).toBe("'%100\\%\\_%'");
  });

  it('goes into the path as one parameter', () => {
    const path = queryPath("SELECT Id\n   FROM Account WHERE Name = 'A&B'");
    expect(new URL(path, 'https://acme.my.salesforce.com').searchParams.get('q')).toBe("SELECT Id FROM Account WHERE Name = 'A&B'");
  });
});
