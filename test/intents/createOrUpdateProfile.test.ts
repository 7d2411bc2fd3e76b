import { defaultIdentifiers } from '../../src/matching/identifiers.ts';
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

const desktop = (desk: DeskOptions = {}) => openDesktop(org, desk);
const ada = contact({
  name: 'Ada Lovelace-Test',
  id: { email: 'ada@engines.example' },
  phone: '+44 20 7946 0018',
  title: 'Baroness',
  company: { name: 'Jacquard Looms' },
});

describe('CreateOrUpdateProfile', () => {
  it('compares what is said with the one who is meant beyond doubt', async () => {
    const { agent, shown } = await desktop({ person: () => ({ type: 'Contact', id: ids.ada, outcome: 'updated' }) });
    const result = await raise(agent, 'CreateOrUpdateProfile', ada);
    expect(shown[0]?.state).toEqual({
      kind: 'profile',
      type: 'Contact',
      id: ids.ada,
      name: 'Ada Lovelace-Test',
      values: [
        { fields: ['FirstName'], value: 'Ada' },
        { fields: ['LastName'], value: 'Lovelace-Test' },
        { fields: ['Title'], value: 'Baroness' },
        { fields: ['Email'], value: 'ada@engines.example' },
        { fields: ['Phone', 'MobilePhone'], value: '+442079460018' },
        { fields: ['AccountId'], value: ids.looms, text: 'Jacquard Looms' },
      ],
    });
    expect(result).toMatchObject({
      type: 'fdc3.transactionResult',
      status: 'Updated',
      context: { type: 'fdc3.contact', name: 'Ada Lovelace-Test', id: { SALESFORCE: ids.ada, SALESFORCE_ID: ids.ada } },
    });
  });

  it('has the person choose where several may be meant', async () => {
    const { agent, shown } = await desktop();
    const error = await refusal(
      agent,
      'CreateOrUpdateProfile',
      contact({ name: 'Ada Lovelace-Test', title: 'Baroness' }),
    );
    expect(error).toMatchObject({ message: 'UserCancelledResolution' });
    expect(shown[0]?.state).toMatchObject({
      kind: 'choose',
      profile: { Contact: expect.arrayContaining([{ fields: ['Title'], value: 'Baroness' }]) },
    });
  });

  it('opens the form of a new record where nobody is known, and tells the app what has become of it', async () => {
    const zora = contact({ name: 'Zora Quillfeather', id: { email: 'zora@moonbeam.example' } });
    const { agent, shown } = await desktop({
      person: () => ({
        type: 'Contact',
        id: org.create('Contact', { LastName: 'Quillfeather', FirstName: 'Zora' }),
        outcome: 'created',
      }),
    });
    expect(await raise(agent, 'CreateOrUpdateProfile', zora)).toMatchObject({
      status: 'Created',
      context: {
        name: 'Zora Quillfeather',
        id: { email: 'zora@moonbeam.example', SALESFORCE: expect.stringMatching(/^003/) },
      },
    });
    expect(shown[0]?.state).toMatchObject({
      kind: 'none',
      suggested: { FirstName: 'Zora', LastName: 'Quillfeather', Email: 'zora@moonbeam.example' },
      profile: {},
    });
  });

  it('takes a company, with its identifiers', async () => {
    const { agent, shown } = await desktop({
      person: () => ({ type: 'Account', id: ids.engines, outcome: 'unchanged' }),
    });
    const context = organization({
      name: 'Analytical Engines, Inc.',
      id: { LEI: '5493001KJTIIGC8Y1R12', ticker: 'AENG' },
      website: 'https://engines.example',
    });
    expect(await raise(agent, 'CreateOrUpdateProfile', context)).toMatchObject({
      status: 'Updated',
      message: 'Nothing was changed in Salesforce.',
      context: { type: 'fdc3.organization', id: { SALESFORCE: ids.engines, LEI: '5493001KJTIIGC8Y1R12' } },
    });
    expect(shown[0]?.state).toMatchObject({
      kind: 'profile',
      id: ids.engines,
      values: [
        { fields: ['Name'], value: 'Analytical Engines, Inc.' },
        { fields: ['Website'], value: 'https://engines.example' },
        { fields: defaultIdentifiers.Account['LEI']!.fields, value: '5493001KJTIIGC8Y1R12' },
        { fields: ['TickerSymbol', 'Ticker__c'], value: 'AENG' },
      ],
    });
  });

  it('tells the app what Salesforce has refused', async () => {
    const { agent } = await desktop({ person: () => ({ refusal: 'Email: invalid email address' }) });
    expect(await raise(agent, 'CreateOrUpdateProfile', ada)).toMatchObject({
      status: 'Failed',
      message: 'Email: invalid email address',
    });
  });

  it('refuses what names nobody', async () => {
    const { agent } = await desktop();
    expect(await refusal(agent, 'CreateOrUpdateProfile', contact({}))).toMatchObject({ message: 'MalformedContext' });
    expect(await refusal(agent, 'CreateOrUpdateProfile', organization({}))).toMatchObject({
      message: 'MalformedContext',
    });
  });
});
