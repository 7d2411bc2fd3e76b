import { ResolveError } from '@finos/fdc3';
import type { ListMapping, MappedLists } from '../../src/intents/mappedLists.ts';
import type { EmbeddedOrg } from './embeddedOrg.ts';
import { contact, openDesktop, openOrgWithPeople, organization, raise, refusal, type People } from './intentDesk.ts';

let org: EmbeddedOrg;
let ids: People;

beforeAll(async () => {
  ({ org, ids } = await openOrgWithPeople());
});

/** Which banker covers an account, in place of what a bank holds for it. */
const holdings: ListMapping = {
  object: 'Coverage__c',
  label: 'Coverage',
  Account: 'Account__c',
  fields: ['Name', 'Product__c'],
  orderBy: 'Start_Date__c',
};
/** What a client has asked for. */
const orders: ListMapping = {
  object: 'Case',
  label: 'Orders',
  Account: 'AccountId',
  Contact: 'ContactId',
  fields: ['Subject', 'Status'],
  orderBy: 'CreatedDate',
};
const both: MappedLists = { ViewOrders: orders, ViewHoldings: holdings };
const list = ({ object, label, fields, orderBy }: ListMapping, field: string) => ({
  ...{ kind: 'list', type: object, label, field, fields, orderBy },
});

describe('ViewOrders and ViewHoldings', () => {
  it.each([
    ['organization', () => organization({ name: 'Analytical Engines, Inc.' })],
    ['instrument', () => ({ type: 'fdc3.instrument', id: { ticker: 'AENG' } })],
  ])('open the account that an %s means on the rows that are mapped', async (_type, context) => {
    const { agent, shown } = await openDesktop(org, {}, { lists: both });
    const result = await raise(agent, 'ViewHoldings', context());
    expect(result).toMatchObject({ type: 'fdc3.organization', id: { SALESFORCE: ids.engines } });
    const opensOn = list(holdings, 'Account__c');
    expect(shown[0]?.state).toEqual({ kind: 'record', type: 'Account', id: ids.engines, opensOn });
    await raise(agent, 'ViewOrders', context());
    expect(shown[1]?.state).toMatchObject({ id: ids.engines, opensOn: list(orders, 'AccountId') });
  });

  it('open a contact on rows of their own, or their account where only that has any', async () => {
    const { agent, shown } = await openDesktop(org, {}, { lists: both });
    const ada = contact({ id: { email: 'ada@engines.example' } });
    expect(await raise(agent, 'ViewOrders', ada)).toMatchObject({ type: 'fdc3.contact', id: { SALESFORCE: ids.ada } });
    expect(shown[0]?.state).toMatchObject({ type: 'Contact', id: ids.ada, opensOn: list(orders, 'ContactId') });
    expect(await raise(agent, 'ViewHoldings', ada)).toMatchObject({ type: 'fdc3.organization' });
    expect(shown[1]?.state).toMatchObject({ id: ids.engines, opensOn: list(holdings, 'Account__c') });
  });

  it('go on to the rows of whom the person chooses', async () => {
    const { agent, shown } = await openDesktop(
      org,
      { person: ({ state }) => (state.kind === 'choose' ? state.candidates[0] : undefined) },
      { lists: both },
    );
    await raise(agent, 'ViewOrders', contact({ id: { email: 'office@looms.example' } }));
    expect(shown[0]?.state).toMatchObject({ kind: 'choose', opensOn: list(orders, 'ContactId') });
  });

  it('are answered only where something is mapped to them', async () => {
    const { agent } = await openDesktop(org, {}, { lists: { ViewOrders: orders } });
    const company = organization({ name: 'Jacquard Looms' });
    await expect(agent.raiseIntent('ViewHoldings', company)).rejects.toThrow(ResolveError.NoAppsFound);
    await expect((await openDesktop(org)).agent.raiseIntent('ViewOrders', company)).rejects.toThrow(
      ResolveError.NoAppsFound,
    );
  });

  it('take no company where only contacts have rows, and say what they were about', async () => {
    const { Account: _, ...ofContacts } = orders;
    const { agent, failed } = await openDesktop(org, {}, { lists: { ViewOrders: ofContacts } });
    expect(await refusal(agent, 'ViewOrders', organization({ name: 'Jacquard Looms' }))).toMatchObject({
      message: ResolveError.MalformedContext,
    });
    expect(failed).toMatchObject([{ verb: 'show the orders of', subject: 'the account “Jacquard Looms”' }]);
  });
});
