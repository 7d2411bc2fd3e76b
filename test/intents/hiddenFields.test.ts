/**
 * What field-level security leaves of the intents (D14): a field that one person may not see costs that field, and
 * nothing else.
 */
import { failure, success } from '../../src/outcomes/failure.ts';
import type { ContactContext, OrganizationContext } from '../../src/intents/contexts.ts';
import type { IntentServices, IntentSession, RecordViewRequest } from '../../src/intents/intentServices.ts';
import { viewAccount as show } from '../../src/intents/viewAccount.ts';
import { viewContact as showContact } from '../../src/intents/viewContact.ts';
import { defaultIdentifiers } from '../../src/matching/identifiers.ts';
import { openEmbeddedOrg, orgUrl, type EmbeddedOrg } from './embeddedOrg.ts';

const viewContact = (...[services, asked, context]: [IntentServices, IntentSession, ContactContext]) =>
  showContact(services, asked, context, defaultIdentifiers);
const viewAccount = (...[services, asked, context]: [IntentServices, IntentSession, OrganizationContext]) =>
  show(services, asked, context, defaultIdentifiers);

let org: EmbeddedOrg;
const ids = { engines: '', ada: '' };
const session: IntentSession = { sessionId: 's-1', orgUrl };

beforeAll(async () => {
  org = await openEmbeddedOrg();
  ids.engines = org.create('Account', {
    Name: 'Analytical Engines, Inc.',
    LEI__c: '5493001KJTIIGC8Y1R12',
    Phone: '+44 2',
  });
  ids.ada = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace-Test',
    Email: 'ada@engines.example',
    MobilePhone: '+44 7',
    Title: 'Countess',
    AccountId: ids.engines,
  });
});

function openDesk() {
  const shown: RecordViewRequest[] = [];
  const requested: string[] = [];
  const desk: IntentServices = {
    authorize: (caller) => success({ caller, end: () => undefined }),
    connect: async () => success(session),
    request: async (_sessionId, path, { method, body } = {}) => {
      requested.push(`${path} ${JSON.stringify(body)}`);
      return org.request(path, method, body);
    },
    chosenBefore: async () => undefined,
    showRecord: async (request) => {
      shown.push(request);
      return success({ chosen: Promise.resolve(undefined) });
    },
    failed: () => undefined,
  };
  return { desk, shown, requested };
}

const ada = { type: 'fdc3.contact' as const, id: { email: 'ada@engines.example' } };

describe('a person who may not see a field', () => {
  it('of a contact is shown the contact all the same, without it', async () => {
    org.hide([]);
    expect(await viewContact(openDesk().desk, session, ada)).toMatchObject({ phone: '+44 7', title: 'Countess' });
    org.hide(['Contact.MobilePhone']);
    const { desk, shown, requested } = openDesk();
    const result = await viewContact(desk, session, ada);
    expect(shown).toMatchObject([{ state: { kind: 'record', id: ids.ada } }]);
    expect(result).toMatchObject({
      name: 'Ada Lovelace-Test',
      title: 'Countess',
      company: { name: 'Analytical Engines, Inc.' },
    });
    expect(result).not.toHaveProperty('phone');
    expect(requested).toHaveLength(2);
  });

  it('nor several others loses only those, each found out once', async () => {
    org.hide(['Contact.MobilePhone', 'Contact.Title', 'Contact.AccountId', 'Contact.Phone']);
    const { desk, requested } = openDesk();
    const result = await viewContact(desk, session, {
      ...ada,
      id: { SALESFORCE: '003NB0000000000ZZZ', email: 'ada@engines.example' },
    });
    expect(result).toMatchObject({
      name: 'Ada Lovelace-Test',
      id: { email: 'ada@engines.example', SALESFORCE: ids.ada },
    });
    expect(requested.length).toBeLessThanOrEqual(7);
    expect(requested.at(-1)).not.toMatch(/MobilePhone|Title|Account/);
  });

  it('that the contact would be found by is shown whom the name finds', async () => {
    org.hide(['Contact.Email']);
    const { desk, shown } = openDesk();
    const result = await viewContact(desk, session, { ...ada, name: 'Ada Lovelace-Test' });
    expect(shown).toMatchObject([{ state: { kind: 'record', id: ids.ada } }]);
    expect(result).toMatchObject({ phone: '+44 7' });
  });

  it('of the company is asked about the right name at any company', async () => {
    org.hide(['Contact.AccountId']);
    const { desk, shown } = openDesk();
    await viewContact(desk, session, {
      type: 'fdc3.contact',
      name: 'Ada Lovelace-Test',
      id: {},
      company: { name: 'Analytical Engines' },
    }).catch(() => undefined);
    expect(shown).toMatchObject([{ state: { kind: 'choose', candidates: [{ id: ids.ada }] } }]);
  });

  it('of an account, or the one it would be found by, is shown the account', async () => {
    org.hide(['Account.Phone', 'Account.LEI__c', 'Account.BillingCity']);
    const { desk, shown } = openDesk();
    const result = await viewAccount(desk, session, {
      type: 'fdc3.organization',
      name: 'Analytical Engines',
      id: { LEI: '5493001KJTIIGC8Y1R12' },
    });
    expect(shown).toMatchObject([{ state: { kind: 'record', id: ids.engines } }]);
    expect(result).not.toHaveProperty('phone');
  });

  it('is shown the record where the org says so in another language', async () => {
    org.hide(['Contact.MobilePhone']);
    const { desk, shown } = openDesk();
    const request = desk.request.bind(desk);
    desk.request = async (...asked) => {
      const outcome = await request(...asked);
      return outcome.ok
        ? outcome
        : failure('REQUEST_FAILED', 'Keine solche Spalte', {
            status: 400,
            data: [{ errorCode: 'INVALID_FIELD', message: 'Keine solche Spalte' }],
          });
    };
    expect(await viewContact(desk, session, ada)).toMatchObject({ name: 'Ada Lovelace-Test' });
    expect(shown).toHaveLength(1);
  });

  it('learns of every other refusal', async () => {
    org.hide([]);
    const { desk } = openDesk();
    desk.request = async () =>
      failure('REQUEST_FAILED', "sObject type 'Contact' is not supported.", {
        status: 400,
        data: [{ errorCode: 'INVALID_TYPE', message: 'x' }],
      });
    await expect(viewContact(desk, session, ada)).rejects.toMatchObject({ code: 'REQUEST_FAILED' });
  });
});
