import { orgsInContext } from '../../src/intents/orgsInContext.ts';
import { makeRecordId } from '../../src/salesforce/recordId.ts';

const id = makeRecordId('003', 7);
const acme = 'https://acme.my.salesforce.com';

describe('the org that a context names', () => {
  it.each([
    ['a record link on the org itself', `${acme}/${id}`],
    ['a record link as Lightning shows it', `https://acme.lightning.force.com/lightning/r/Contact/${id}/view`],
    ['the org without a record', `${acme}/`],
    ['the org as people write it', 'acme.my.salesforce.com'],
  ])('is read from %s', (_what, URI) => {
    expect(orgsInContext({ type: 'fdc3.contact', id: { URI } })).toEqual([acme]);
    expect(orgsInContext({ type: 'fdc3.organization', id: { URI } })).toEqual([acme]);
  });

  it('is that of a sandbox where the link leads into one', () => {
    const URI = `https://acme--uat.sandbox.lightning.force.com/lightning/r/Contact/${id}/view`;
    expect(orgsInContext({ type: 'fdc3.contact', id: { URI } })).toEqual([
      'https://acme--uat.sandbox.my.salesforce.com',
    ]);
  });

  it('may be that of a company, or of several contacts, each once', () => {
    const contact = (URI: string) => ({ type: 'fdc3.contact', id: { URI } });
    expect(orgsInContext({ type: 'fdc3.contact', company: { id: { URI: `${acme}/x` } } } as never)).toEqual([acme]);
    const contacts = [contact(`${acme}/${id}`), contact('https://emea.my.salesforce.com/'), contact(`${acme}/y`)];
    const participants = { type: 'fdc3.contactList', contacts: contacts.slice(0, 1) };
    expect(orgsInContext({ type: 'fdc3.interaction', participants } as never)).toEqual([acme]);
    expect(orgsInContext({ type: 'fdc3.contactList', contacts } as never)).toEqual([
      acme,
      'https://emea.my.salesforce.com',
    ]);
  });

  it.each([
    ['a record id', { type: 'fdc3.contact', id: { SALESFORCE: id } }],
    ['what cannot be read', { type: 'fdc3.contact', id: { URI: {} } }],
    ['a context of another kind', { type: 'fdc3.country', id: { URI: acme } }],
    ['no context at all', undefined],
  ])('is none in %s', (_what, context) => {
    expect(orgsInContext(context as never)).toEqual([]);
  });
});
