import { ResolveError } from '@finos/fdc3';
import type { EmbeddedOrg } from './embeddedOrg.ts';
import { contact, openDesktop, openOrgWithPeople, raise, refusal, type People } from './intentDesk.ts';

let org: EmbeddedOrg;
let ids: People;

beforeAll(async () => {
  ({ org, ids } = await openOrgWithPeople());
});

const email = (recipients: unknown, members: object = {}) => ({
  type: 'fdc3.email',
  recipients: recipients as never,
  ...members,
});

describe('StartEmail', () => {
  it("opens a person's record on the ways to write to them, with what the app would say", async () => {
    const { agent, shown } = await openDesktop(org);
    const given = email(contact({ name: 'Ada Lovelace-Test', id: { email: 'ADA@engines.example' } }), {
      subject: 'The engine',
      textBody: 'Dear Ada,\n\nit weaves.\n',
    });
    const result = await raise(agent, 'StartEmail', given);
    expect(shown[0]?.state).toEqual({
      kind: 'record',
      type: 'Contact',
      id: ids.ada,
      opensOn: {
        kind: 'email',
        addresses: ['ada@engines.example'],
        others: [],
        subject: 'The engine',
        text: 'Dear Ada,\n\nit weaves.\n',
      },
    });
    expect(result).toMatchObject({
      type: 'fdc3.email',
      subject: 'The engine',
      recipients: { type: 'fdc3.contact', id: { SALESFORCE: ids.ada, email: 'ada@engines.example' } },
    });
  });

  it.each([
    ['a contact', () => contact({ id: { SALESFORCE: ids.ada } })],
    ['a list of one', () => ({ type: 'fdc3.contactList', contacts: [contact({ id: { SALESFORCE: ids.ada } })] })],
    ['recipients without a type', () => email({ id: { SALESFORCE: ids.ada } })],
    ['a plain list of recipients', () => email([contact({ id: { SALESFORCE: ids.ada } })])],
  ])('takes %s too, and returns an e-mail', async (_what, context) => {
    const { agent, shown } = await openDesktop(org);
    expect(await raise(agent, 'StartEmail', context())).toMatchObject({
      type: 'fdc3.email',
      recipients: { type: 'fdc3.contact', name: 'Ada Lovelace-Test' },
    });
    expect(shown[0]?.state).toMatchObject({ id: ids.ada, opensOn: { kind: 'email', others: [] } });
  });

  it('writes to all of several: by the address of the org, or else by that of the app', async () => {
    const { agent, shown } = await openDesktop(org);
    const contacts = [
      contact({ name: 'Stranger Far-Test', id: { email: 'far@away.example' } }),
      contact({ id: { SALESFORCE: ids.ada } }),
      contact({ id: { SALESFORCE: ids.clerk } }),
      contact({ name: 'Nobody Atall-Test' }),
    ];
    const result = await raise(agent, 'StartEmail', email({ type: 'fdc3.contactList', contacts }));
    expect(shown).toHaveLength(1);
    expect(shown[0]?.state).toMatchObject({
      kind: 'record',
      id: ids.ada,
      opensOn: {
        others: [
          { name: 'Stranger Far-Test', address: 'far@away.example' },
          { name: 'Bob Clerk-Test', address: 'office@looms.example' },
          { name: 'Nobody Atall-Test' },
        ],
      },
    });
    expect((result as unknown as { recipients: { contacts: object[] } }).recipients.contacts).toMatchObject([
      { name: 'Stranger Far-Test' },
      { name: 'Ada Lovelace-Test', id: { email: 'ada@engines.example' } },
      { name: 'Bob Clerk-Test', id: { email: 'office@looms.example' } },
      { name: 'Nobody Atall-Test' },
    ]);
  });

  it('lets the person choose where none of several is beyond doubt', async () => {
    const { agent, shown } = await openDesktop(org, {
      person: ({ state }) => (state.kind === 'choose' ? state.candidates[0] : undefined),
    });
    const contacts = [contact({ id: { email: 'office@looms.example' } }), contact({ name: 'Nobody Atall-Test' })];
    const result = await raise(agent, 'StartEmail', email({ type: 'fdc3.contactList', contacts }));
    expect(shown[0]?.state).toMatchObject({
      kind: 'choose',
      opensOn: { kind: 'email', others: [{ address: 'office@looms.example' }, { name: 'Nobody Atall-Test' }] },
    });
    expect((result as unknown as { recipients: { contacts: object[] } }).recipients.contacts[0]).toMatchObject({
      id: { SALESFORCE: expect.any(String) },
    });
  });

  it.each([[undefined], [null], [17], [[]], [{ type: 'fdc3.instrument', id: {} }], [contact({})]])(
    'refuses %j as recipients, before anybody is asked to sign in',
    async (recipients) => {
      const { agent, connected, failed } = await openDesktop(org);
      expect(await refusal(agent, 'StartEmail', email(recipients))).toMatchObject({
        message: ResolveError.MalformedContext,
      });
      expect(connected).toEqual([]);
      expect(failed).toMatchObject([{ verb: 'e-mail' }]);
    },
  );
});
