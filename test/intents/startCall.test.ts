import { ResolveError } from '@finos/fdc3';
import type { EmbeddedOrg } from './embeddedOrg.ts';
import { contact, openDesktop, openOrgWithPeople, raise, refusal, type People } from './intentDesk.ts';

let org: EmbeddedOrg;
let ids: People;

beforeAll(async () => {
  ({ org, ids } = await openOrgWithPeople());
});

describe('StartCall', () => {
  it("opens a person's record on the ways to call them, and returns the contact with its number", async () => {
    const { agent, shown } = await openDesktop(org);
    const result = await raise(agent, 'StartCall', contact({ id: { email: 'ada@engines.example' } }));
    expect(shown[0]?.state).toEqual({
      kind: 'record',
      type: 'Contact',
      id: ids.ada,
      opensOn: { kind: 'call', numbers: [] },
    });
    expect(result).toMatchObject({ type: 'fdc3.contact', name: 'Ada Lovelace-Test', phone: '+44 1' });
  });

  it('hands on the numbers that the app knows', async () => {
    const { agent, shown } = await openDesktop(org);
    const phone = '+44 20 7946 0000';
    await raise(agent, 'StartCall', {
      type: 'fdc3.contactList',
      contacts: [contact({ id: { email: 'ada@engines.example', phone } }), contact({})],
    });
    expect(shown[0]?.state).toMatchObject({ id: ids.ada, opensOn: { kind: 'call', numbers: ['+442079460000'] } });
  });

  it('calls the one of a list whom the person chooses', async () => {
    const { agent, shown } = await openDesktop(org, {
      person: ({ state }) => (state.kind === 'choose' ? state.candidates[1] : undefined),
    });
    const contacts = [contact({ id: { email: 'ada@engines.example' } }), contact({ name: 'Bob Clerk-Test' })];
    expect(await raise(agent, 'StartCall', { type: 'fdc3.contactList', contacts })).toMatchObject({
      name: 'Bob Clerk-Test',
    });
    expect(shown[0]?.state).toMatchObject({ kind: 'choose', opensOn: { kind: 'call' } });
  });

  it('ends for the app when the person closes the view without a choice, and is no failure to them', async () => {
    const { agent, failed } = await openDesktop(org);
    expect(await refusal(agent, 'StartCall', contact({ name: 'Nobody Atall-Test' }))).toMatchObject({
      message: ResolveError.UserCancelled,
    });
    expect(failed).toEqual([]);
  });

  it('says what it was about where it comes to nothing', async () => {
    const { agent, failed } = await openDesktop(org);
    expect(await refusal(agent, 'StartCall', contact({}))).toMatchObject({ message: ResolveError.MalformedContext });
    expect(failed).toMatchObject([{ verb: 'call', subject: 'a contact' }]);
  });
});
