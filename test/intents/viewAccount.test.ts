import type { IntentSettings } from '../../src/intents/answerIntent.ts';
import type { EmbeddedOrg } from './embeddedOrg.ts';
import {
  contact,
  openDesktop,
  openOrgWithPeople,
  organization,
  raise,
  refusal,
  type DeskOptions,
  type People,
} from './intentDesk.ts';

let org: EmbeddedOrg;
let ids: People;

beforeAll(async () => {
  ({ org, ids } = await openOrgWithPeople());
});

const desktop = (desk: DeskOptions = {}, options: Partial<IntentSettings> = {}) => openDesktop(org, desk, options);

describe('ViewAccount', () => {
  it.each([
    ['its id', () => organization({ id: { SALESFORCE: ids.engines } })],
    ["its id as the vendor's samples write it", () => organization({ id: { salesforce: ids.engines } })],
    ['LEI', () => organization({ id: { LEI: '5493001KJTIIGC8Y1R12' } })],
    ['ticker', () => organization({ id: { ticker: 'AENG' } })],
    ['name', () => organization({ name: 'analytical engines, inc.' })],
    ['name without its legal form', () => organization({ name: 'Analytical Engines' })],
    ['the ticker of an instrument', () => ({ type: 'fdc3.instrument', id: { ticker: 'AENG' } })],
    ['a contact of it', () => contact({ id: { email: 'ada@engines.example' } })],
    [
      'the company an earlier result named',
      () => contact({ name: 'Somebody New', company: { name: 'x', id: { SALESFORCE: ids.engines } } }),
    ],
    [
      "the company's id as the vendor's samples write it",
      () => contact({ name: 'Somebody New', company: { id: { salesforce: ids.engines } } }),
    ],
    [
      'the company of an unknown contact',
      () => contact({ name: 'Somebody New', company: { name: 'Analytical Engines' } }),
    ],
  ])('opens the account found by %s', async (_how, context) => {
    const { agent, shown } = await desktop();
    const result = await raise(agent, 'ViewAccount', context());
    expect(shown[0]?.state).toEqual({ kind: 'record', type: 'Account', id: ids.engines });
    expect(result).toMatchObject({
      type: 'fdc3.organization',
      name: 'Analytical Engines, Inc.',
      id: { SALESFORCE: ids.engines },
    });
  });

  it('looks in the fields configured, and passes over those the org lacks', async () => {
    const LEI = { fields: ['Missing_Field__c', 'LEI__c'], form: 'compact' as const };
    const { agent, shown } = await desktop({}, { identifiers: { Account: { LEI }, Contact: {} } });
    await raise(agent, 'ViewAccount', organization({ id: { LEI: '5493001KJTIIGC8Y1R12' } }));
    expect(shown[0]?.state).toMatchObject({ kind: 'record', id: ids.engines });
  });

  it('asks about the same name with another legal form, and says what differs', async () => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewAccount', organization({ name: 'Analytical Engines Ltd' }));
    expect(shown[0]?.state).toMatchObject({
      kind: 'choose',
      candidates: [{ id: ids.engines, agrees: ['same name'], differs: ['another legal form'] }],
    });
  });

  it('searches where it knows no field for the identifier', async () => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewAccount', organization({ id: { PERMID: '4295904307' } }));
    expect(shown[0]?.state).toMatchObject({ kind: 'none', type: 'Account', query: '' });
  });

  it('says that a contact belongs to no account', async () => {
    org.create('Contact', { FirstName: 'Solo', LastName: 'Artist-Test', Email: 'solo@nowhere.example' });
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewAccount', contact({ id: { email: 'solo@nowhere.example' } }));
    expect(shown[0]?.state).toMatchObject({ kind: 'none', says: expect.stringContaining('Solo Artist-Test') });
  });

  it('asks when the name only begins alike', async () => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewAccount', organization({ name: 'Jacquard' }));
    expect(shown[0]?.state).toMatchObject({ kind: 'choose', candidates: [{ id: ids.looms, name: 'Jacquard Looms' }] });
  });

  it('suggests the name for a new account', async () => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewAccount', organization({ name: 'Difference Works-Test' }));
    expect(shown[0]?.state).toEqual({
      kind: 'none',
      type: 'Account',
      query: 'Difference Works-Test',
      suggested: { Name: 'Difference Works-Test' },
    });
  });
});
