import { ParameterError, search, sosl, soslPhrase, soql } from '../../src/client/index.ts';
import { connectApp, rejection } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 20 });

describe('search', () => {
  it('finds records by words that hold what SOSL reserves', async () => {
    const { salesforce } = await connectApp(org.url);
    const name = 'Smith & Wesson (Holdings) {UK} - "Ltd"';
    await salesforce.executeApiRequest('/services/data/vXX.X/sobjects/Account', 'POST', { Name: name });
    const found = await search<{ Name: string }>(
      salesforce,
      sosl`FIND {${name}} IN NAME FIELDS RETURNING Account(Id, Name)`,
    );
    expect(found).toMatchObject([{ Name: name }]);
    const phrase = sosl`FIND {${soslPhrase('Wesson (Holdings')}} RETURNING Account(Name WHERE Name = ${name})`;
    expect(await search(salesforce, phrase)).toMatchObject([{ Name: name }]);
    expect(await search(salesforce, sosl`FIND {${soslPhrase('Holdings Wesson')}} RETURNING Account(Name)`)).toEqual([]);
  });

  it('rejects with what the org says of a term that is too short', async () => {
    const { salesforce } = await connectApp(org.url);
    const failed = await rejection(search(salesforce, sosl`FIND {${'a'}} RETURNING Account(Id)`));
    expect(failed).toMatchObject({ errors: [{ errorCode: 'INVALID_SEARCH' }] });
  });

  it.each<[string, unknown, unknown]>([
    ['sosl', 'FIND {acme}', {}],
    ['sosl', soql`SELECT Id FROM Account`, {}],
    ['"limit"', sosl`FIND {acme}`, { limit: 5 }],
  ])('refuses what is no search: %s', async (why, statement, options) => {
    const nobody = { executeApiRequest: () => Promise.reject(new Error('sent')) };
    const failed = await rejection(search(nobody, statement as never, options as never));
    expect(failed).toBeInstanceOf(ParameterError);
    expect((failed as Error).message).toContain(why);
  });
});
