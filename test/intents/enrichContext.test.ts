import { contactContext, organizationContext } from '../../src/intents/contexts.ts';
import { enrichContact, enrichOrganization } from '../../src/intents/enrichContext.ts';
import { accountRow } from '../../src/salesforce/accountRow.ts';
import { contactRow } from '../../src/salesforce/contactRow.ts';

const contact = (values: object) => ({ ...contactRow.parse(values), object: 'Contact' as const });
const orgUrl = 'https://acme.my.salesforce.com';

describe('enrichContact', () => {
  const given = contactContext.parse({
    type: 'fdc3.contact',
    name: 'A. Lovelace',
    id: { email: 'old@example.com', FDS_ID: 'F1' },
    mood: 'calm',
  });

  it('keeps what was given and adds what Salesforce knows', () => {
    const row = contact({
      Id: '003X',
      Name: 'Ada Lovelace',
      Email: 'ada@example.com',
      Phone: null,
      MobilePhone: '1',
      Title: 'Countess',
      AccountId: '001X',
      Account: { Name: 'Engines' },
    });
    expect(enrichContact(given, row, orgUrl)).toEqual({
      type: 'fdc3.contact',
      name: 'Ada Lovelace',
      mood: 'calm',
      id: {
        email: 'ada@example.com',
        FDS_ID: 'F1',
        SALESFORCE: '003X',
        URI: `${orgUrl}/lightning/r/Contact/003X/view`,
      },
      phone: '1',
      title: 'Countess',
      company: { name: 'Engines', id: { SALESFORCE: '001X' } },
      link: `${orgUrl}/lightning/r/Contact/003X/view`,
    });
  });

  it('holds no empty members, and keeps the e-mail given when the record has none', () => {
    const enriched = enrichContact(
      given,
      contact({ Id: '003X', Name: 'Ada', Email: null, AccountId: null, Account: null }),
      orgUrl,
    );
    expect(enriched.id).toMatchObject({ email: 'old@example.com' });
    expect(Object.values(enriched)).not.toContain(null);
    expect(Object.keys(enriched).sort()).toEqual(['id', 'link', 'mood', 'name', 'type']);
  });
});

describe('enrichOrganization', () => {
  it('keeps the identifiers given', () => {
    const given = organizationContext.parse({ type: 'fdc3.organization', id: { LEI: 'L', PERMID: 'P' } });
    expect(
      enrichOrganization(given, accountRow.parse({ Id: '001X', Name: 'Engines', Industry: 'Banking' }), orgUrl),
    ).toEqual({
      type: 'fdc3.organization',
      name: 'Engines',
      industry: 'Banking',
      id: { LEI: 'L', PERMID: 'P', SALESFORCE: '001X', URI: `${orgUrl}/lightning/r/Account/001X/view` },
      link: `${orgUrl}/lightning/r/Account/001X/view`,
    });
  });
});
