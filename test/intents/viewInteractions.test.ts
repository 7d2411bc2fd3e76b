import { ResolveError } from '@finos/fdc3';
import type { EmbeddedOrg } from './embeddedOrg.ts';
import { contact, openDesktop, openOrgWithPeople, organization, raise, refusal, type People } from './intentDesk.ts';

let org: EmbeddedOrg;
let ids: People;

beforeAll(async () => {
  ({ org, ids } = await openOrgWithPeople());
});

const activities = { kind: 'activities' };

describe('ViewInteractions', () => {
  it("opens a person's record on its activities, and returns the enriched contact", async () => {
    const { agent, shown } = await openDesktop(org);
    const result = await raise(agent, 'ViewInteractions', contact({ id: { email: 'ada@engines.example' } }));
    expect(shown[0]?.state).toEqual({ kind: 'record', type: 'Contact', id: ids.ada, opensOn: activities });
    expect(result).toMatchObject({ type: 'fdc3.contact', name: 'Ada Lovelace-Test', id: { SALESFORCE: ids.ada } });
  });

  it.each([
    ['organization', () => organization({ name: 'Jacquard Looms' }), () => ids.looms],
    ['instrument', () => ({ type: 'fdc3.instrument', id: { ticker: 'AENG' } }), () => ids.engines],
  ])("opens a company's record on its activities for an %s", async (_type, context, id) => {
    const { agent, shown } = await openDesktop(org);
    expect(await raise(agent, 'ViewInteractions', context())).toMatchObject({ type: 'fdc3.organization' });
    expect(shown[0]?.state).toEqual({ kind: 'record', type: 'Account', id: id(), opensOn: activities });
  });

  it('goes on to the activities of the one whom the person chooses of a list', async () => {
    const { agent, shown } = await openDesktop(org, {
      person: ({ state }) => (state.kind === 'choose' ? state.candidates[1] : undefined),
    });
    const contacts = [contact({ id: { email: 'ada@engines.example' } }), contact({ name: 'Bob Clerk-Test' })];
    const result = await raise(agent, 'ViewInteractions', { type: 'fdc3.contactList', contacts });
    expect(shown[0]?.state).toMatchObject({ kind: 'choose', opensOn: activities });
    expect(result).toMatchObject({ name: 'Bob Clerk-Test' });
  });

  it('leads to a search, and from there to the activities, where nobody is known', async () => {
    const { agent, shown } = await openDesktop(org, { person: () => ({ type: 'Contact', id: ids.clerk }) });
    await raise(agent, 'ViewInteractions', contact({ name: 'Nobody Atall-Test' }));
    expect(shown[0]?.state).toMatchObject({ kind: 'none', query: 'Nobody Atall-Test', opensOn: activities });
  });

  it('says what it was about where it comes to nothing', async () => {
    const { agent, failed } = await openDesktop(org);
    expect(await refusal(agent, 'ViewInteractions', contact({}))).toMatchObject({
      message: ResolveError.MalformedContext,
    });
    expect(failed).toMatchObject([{ verb: 'show the interactions with', subject: 'a contact' }]);
  });
});
