import { ApiRequestError, ParameterError, query, select, soql, soqlField } from '../../src/client/index.ts';
import { connectApp } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 20 });

describe('select', () => {
  it('reads rows with the fields that are named, and their id', async () => {
    const { salesforce } = await connectApp(org.url);
    const named = select('Contact', ['Name', 'Account.Name'], soql`WHERE Name != null ORDER BY Name LIMIT ${3}`);
    const rows = await query(salesforce, named).toArray();
    expect(rows).toHaveLength(3);
    for (const { Id, Name } of rows) expect({ Id, Name }).toEqual({ Id: expect.any(String), Name: expect.any(String) });
    expect(Object.keys(rows[0]!).toSorted()).toEqual(['Account', 'Id', 'Name', 'attributes']);
  });

  it('names each field once, and needs nothing after the object', () => {
    expect(select('Coverage__c', ['Id', 'Name', 'Name']).toString()).toBe('SELECT Id, Name FROM Coverage__c');
    const field = soqlField('Contact', 'Owner.Name');
    expect(soql`WHERE ${field} = ${"O'Hara"}`.toString()).toBe(String.raw`WHERE Owner.Name = 'O\'Hara'`);
  });

  it('is cut in parts where its list is long', async () => {
    const { salesforce } = await connectApp(org.url);
    const ids = (await query<{ Id: string }>(salesforce, select('Contact', ['Name'])).toArray()).map(({ Id }) => Id);
    const many = Array.from(
      { length: 8_000 },
      (_, index) => ids[index] ?? `003NB00000${String(index).padStart(5, '0')}AAA`,
    );
    const rows = await query(salesforce, select('Contact', ['Name'], soql`WHERE Id IN ${many}`)).toArray();
    expect(rows.map(({ Id }) => Id).toSorted()).toEqual(ids.toSorted());
  });

  it('is refused where the org has no such field', async () => {
    const { salesforce } = await connectApp(org.url);
    await expect(query(salesforce, select('Contact', ['Nothing__c'])).toArray()).rejects.toThrow(ApiRequestError);
  });

  it.each([
    [() => select('Contact; x', ['Name'])],
    [() => select('Contact', [])],
    [() => select('Contact', ['Name FROM Account'] as never)],
    [() => soqlField('Contact', "Name = 'x' OR Name" as never)],
  ])('refuses what is no API name: %s', (made) => {
    expect(made).toThrow(ParameterError);
  });
});
