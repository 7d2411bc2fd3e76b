import { DuplicatesDetected } from '../../../../sandbox/org/database/duplicateRules.ts';
import { openTestOrg, type TestOrg } from './testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg(50);
});

const ada = { LastName: 'Lovelace', Email: 'ada@engines.example' };

describe('duplicate rules', () => {
  it('find the contacts with the same address, where they are active and the caller does not pass them by', () => {
    const off = org.administrator;
    const refuse = { ...off, duplicates: 'refuse' as const };
    const first = org.database.create('Contact', ada, off);
    const second = org.database.create('Contact', ada, { ...off, duplicates: 'allow' });
    const create = () => org.database.create('Contact', ada, refuse);
    expect(create).toThrow(DuplicatesDetected);
    try {
      create();
    } catch (error) {
      expect((error as DuplicatesDetected).duplicateResult).toMatchObject({
        allowSave: true,
        matchResults: [{ size: 2, matchRecords: [{ record: { Id: first } }, { record: { Id: second } }] }],
      });
    }
    // A change of something else is no new duplicate.
    org.database.update('Contact', second, { Title: 'Countess' }, refuse);
    expect(() => org.database.create('Contact', { LastName: 'No address' }, refuse)).not.toThrow();
  });

  it('tell of no record that the user may not see', () => {
    const seen = new Set(org.database.query('SELECT Id FROM Account', org.banker).records.map(({ Id }) => Id));
    const others = org.select('SELECT Id, Name FROM Account').filter(({ Id }) => !seen.has(Id));
    expect(others.length).toBeGreaterThan(0);
    const hidden = { Name: others[0]!['Name'] };
    expect(() => org.database.create('Account', hidden, { ...org.administrator, duplicates: 'refuse' })).toThrow(
      DuplicatesDetected,
    );
    expect(() => org.database.create('Account', hidden, { ...org.banker, duplicates: 'refuse' })).not.toThrow(
      DuplicatesDetected,
    );
  });
});
