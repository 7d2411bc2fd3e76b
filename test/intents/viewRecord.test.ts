import { ResolveError } from '@finos/fdc3';
import { makeRecordId } from '../../src/salesforce/recordId.ts';
import { orgUrl, type EmbeddedOrg } from './embeddedOrg.ts';
import { openDesktop, openOrgWithPeople, raise, refusal, type People } from './intentDesk.ts';

let org: EmbeddedOrg;
let ids: People;
let opportunity: string;
let task: string;

beforeAll(async () => {
  ({ org, ids } = await openOrgWithPeople());
  opportunity = org.create('Opportunity', {
    Name: 'Second engine',
    StageName: 'Prospecting',
    CloseDate: '2027-01-31',
    AccountId: ids.engines,
  });
  task = org.create('Task', { Subject: 'Oil the wheels', WhoId: ids.ada });
});

const view = 'salesforce.ViewRecord';
const record = (id: unknown, members: object = {}) => ({ type: 'salesforce.record', id: id as never, ...members });

describe('salesforce.ViewRecord', () => {
  it.each([
    ['an 18-character id', () => ({ SALESFORCE_ID: opportunity })],
    ['a 15-character id', () => ({ SALESFORCE_ID: opportunity.slice(0, 15) })],
    ['an id that lost its case', () => ({ SALESFORCE_ID: opportunity.toUpperCase() })],
    ['the member that FDC3 has for it', () => ({ SALESFORCE: opportunity })],
    ['a text alone', () => opportunity],
    ['a Lightning link', () => ({ URI: `${orgUrl}/lightning/r/Opportunity/${opportunity}/view` })],
  ])('opens the record of %s', async (_form, id) => {
    const { agent, shown } = await openDesktop(org);
    const result = await raise(agent, view, record(id()));
    expect(shown.map(({ state, title }) => ({ state, title }))).toEqual([
      { state: { kind: 'record', type: 'Opportunity', id: opportunity }, title: 'Second engine' },
    ]);
    expect(result).toMatchObject({
      type: 'salesforce.record',
      name: 'Second engine',
      objectType: 'Opportunity',
      id: { SALESFORCE_ID: opportunity, URI: `${orgUrl}/lightning/r/Opportunity/${opportunity}/view` },
    });
  });

  it.each([
    ['a task by its subject', () => task, 'Task', 'Oil the wheels'],
    ['a person', () => ids.ada, 'Contact', 'Ada Lovelace-Test'],
    ['a company', () => ids.looms, 'Account', 'Jacquard Looms'],
  ])('names %s', async (_what, id, objectType, name) => {
    const { agent } = await openDesktop(org);
    expect(await raise(agent, view, record({ SALESFORCE_ID: id() }))).toMatchObject({ objectType, name });
  });

  it('takes what the org says an id is, and keeps what else the app said', async () => {
    const { agent, shown } = await openDesktop(org);
    const given = record({ SALESFORCE_ID: opportunity, DEAL: 'D-7' }, { objectType: 'Case', name: 'x', note: 'kept' });
    expect(await raise(agent, view, given)).toMatchObject({
      objectType: 'Opportunity',
      name: 'Second engine',
      note: 'kept',
      id: { DEAL: 'D-7' },
    });
    expect(shown[0]?.state).toMatchObject({ type: 'Opportunity' });
  });

  it('asks the org one question, which the view asks too', async () => {
    const { agent, requested } = await openDesktop(org);
    await raise(agent, view, record({ SALESFORCE_ID: opportunity }));
    expect(requested).toEqual([expect.stringContaining(`/ui-api/records/${opportunity}?`)]);
  });

  it('leads to a search where a contact of that id is not to be had, and returns the one chosen', async () => {
    const { agent, shown } = await openDesktop(org, { person: () => ({ type: 'Contact', id: ids.ada }) });
    const gone = makeRecordId('003', 987_654);
    const result = await raise(agent, view, record({ SALESFORCE_ID: gone }, { name: 'Ada Lovelace' }));
    expect(shown[0]?.state).toEqual({
      kind: 'none',
      type: 'Contact',
      query: 'Ada Lovelace',
      suggested: {},
      says: 'The record that was asked for is not in this org, or you may not see it.',
    });
    expect(result).toMatchObject({ name: 'Ada Lovelace-Test', id: { SALESFORCE_ID: ids.ada } });
  });

  it.each([
    ['that is gone', () => makeRecordId('006', 987_654)],
    ['of another org', () => makeRecordId('006', 42, 'Xx')],
  ])('tells the person of a record %s', async (_which, id) => {
    const { agent, shown, failed } = await openDesktop(org);
    const error = await refusal(agent, view, record({ SALESFORCE_ID: id() }, { name: 'First engine' }));
    expect(error).toMatchObject({ message: 'IntentHandlerRejected' });
    expect(shown).toEqual([]);
    expect(failed).toMatchObject([
      {
        subject: 'the record “First engine”',
        error: { reason: 'The record that was asked for is not in this org, or you may not see it.' },
      },
    ]);
  });

  it.each([[undefined], [null], [''], [{}], [{ SALESFORCE_ID: 'not an id' }], [{ SALESFORCE_ID: 17 }]])(
    'refuses %j, which names no record, before anybody is asked to sign in',
    async (id) => {
      const { agent, connected, failed } = await openDesktop(org);
      expect(await refusal(agent, view, record(id))).toMatchObject({ message: ResolveError.MalformedContext });
      expect(connected).toEqual([]);
      expect(failed).toHaveLength(1);
    },
  );
});
