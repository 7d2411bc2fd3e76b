import fc from 'fast-check';
import type { Context } from '@finos/fdc3';
import type { ActivityToWrite } from '../../src/channel/protocol.ts';
import { interactionTypeOf, shortened } from '../../src/intents/activityDraft.ts';
import type { IntentSettings } from '../../src/intents/answerIntent.ts';
import type { RecordViewRequest } from '../../src/intents/intentServices.ts';
import { defaultIdentifiers } from '../../src/matching/identifiers.ts';
import { createRememberedChoices } from '../../src/provider/rememberedChoices.ts';
import type { EmbeddedOrg } from './embeddedOrg.ts';
import {
  contact,
  openDesktop,
  openOrgWithPeople,
  raise,
  refusal,
  type DeskOptions,
  type People,
  type Person,
} from './intentDesk.ts';

let org: EmbeddedOrg;
let ids: People;

beforeAll(async () => {
  ({ org, ids } = await openOrgWithPeople());
});

const desktop = (desk: DeskOptions = {}, options: Partial<IntentSettings> = {}) => openDesktop(org, desk, options);
const mapped: Partial<IntentSettings> = {
  identifiers: { ...defaultIdentifiers, Activity: { SINGLETRACK: { fields: ['Interaction_Id__c'], form: 'exact' } } },
};

const ada = { type: 'fdc3.contact', name: 'Ada Lovelace-Test', id: { email: 'ada@engines.example' } };
const interaction = (members: object = {}): Context => ({
  type: 'fdc3.interaction',
  participants: { type: 'fdc3.contactList', contacts: [ada] },
  timeRange: { type: 'fdc3.timeRange', startTime: '2026-02-10T15:12:00Z' },
  interactionType: 'Call',
  description: 'Wants the term sheet.',
  ...members,
});

/** Writes whatever is shown, as the record view would. */
const writes: Person = ({ state }) => {
  if (state.kind !== 'activity') return undefined;
  const { subject, externalId, people } = state;
  const values = {
    Subject: subject,
    WhoId: people[0]?.found[0]?.id,
    [externalId?.field ?? 'Priority']: externalId?.value ?? 'Low',
  };
  return { type: 'Task', id: org.create('Task', values) };
};
const draftOf = (shown: readonly RecordViewRequest[]): ActivityToWrite => {
  const state = shown[0]?.state;
  if (state?.kind !== 'activity') throw new Error(`Shown was ${state?.kind}`);
  return state;
};

describe('CreateInteraction', () => {
  it('shows what would be written, and tells the app which record it has become', async () => {
    const { agent, shown } = await desktop({ person: writes });
    const result = await raise(agent, 'CreateInteraction', interaction({ id: { app: 'first' } }));
    expect(draftOf(shown)).toMatchObject({
      interactionType: 'Call',
      subject: 'Wants the term sheet.',
      startTime: '2026-02-10T15:12:00.000Z',
      people: [
        {
          name: 'Ada Lovelace-Test',
          isSure: true,
          found: [{ type: 'Contact', id: ids.ada, account: { id: ids.engines, name: 'Analytical Engines, Inc.' } }],
        },
      ],
    });
    const id = expect.stringMatching(/^00T/) as unknown;
    expect(result).toMatchObject({
      type: 'fdc3.transactionResult',
      status: 'Created',
      context: {
        type: 'fdc3.interaction',
        participants: { type: 'fdc3.contactList', contacts: [ada] },
        description: 'Wants the term sheet.',
        id: { app: 'first', SALESFORCE: id, SALESFORCE_ID: id, URI: expect.stringContaining('/lightning/r/Task/00T') },
      },
    });
  });

  it.each([
    ['an end alone', { endTime: '2026-02-10T16:00:00+01:00' }, { endTime: '2026-02-10T15:00:00.000Z' }],
    [
      'both ends, as the schema takes them since 2.2.2',
      { startTime: '2026-02-10T15:00:00Z', endTime: '2026-02-10T15:30:00.123Z' },
      { startTime: '2026-02-10T15:00:00.000Z', endTime: '2026-02-10T15:30:00.123Z' },
    ],
    ['a Date', { startTime: new Date(0) }, { startTime: '1970-01-01T00:00:00.000Z' }],
    [
      'an end before the start',
      { startTime: '2026-02-10T15:00:00Z', endTime: '2026-02-09T15:00:00Z' },
      { startTime: '2026-02-10T15:00:00.000Z' },
    ],
    ['no readable time', { startTime: '2022-04-30T23:59:59ZS' }, {}],
  ])('takes a range of time with %s', async (_case, timeRange, expected) => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'CreateInteraction', interaction({ timeRange }));
    const { startTime, endTime } = draftOf(shown);
    expect({ startTime, endTime }).toEqual({ startTime: undefined, endTime: undefined, ...expected });
  });

  it('takes a list of contacts, and one contact', async () => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'CreateInteraction', {
      type: 'fdc3.contactList',
      contacts: [ada, contact({ name: 'Bob Clerk-Test' })],
    });
    await refusal(agent, 'CreateInteraction', ada);
    expect(shown.map(({ title }) => title)).toEqual([
      'Log: Call with Ada Lovelace-Test and others',
      'Log: Call with Ada Lovelace-Test',
    ]);
  });

  it('names whom the org does not know, who began it and where, and links no colleague', async () => {
    const colleague = { type: 'fdc3.contact', name: 'Morgan Reed', id: { email: 'morgan.reed@northbridge.example' } };
    const [user] = org.database.query("SELECT Email FROM User WHERE Username = 'morgan.reed@northbridge.example'", {
      user: { id: '', username: '', seesAll: true },
      apiVersion: '66.0',
    }).records;
    colleague.id.email = String(user?.['Email']);
    const zora = { type: 'fdc3.contact', name: 'Zora Quillfeather', id: { email: 'zora@moonbeam.example' } };
    const { agent, shown } = await desktop();
    await refusal(
      agent,
      'CreateInteraction',
      interaction({ participants: [ada, ada, colleague], initiator: zora, origin: 'Outlook' }),
    );
    const { people, comments } = draftOf(shown);
    expect(people.map(({ name, found }) => [name, found.length > 0])).toEqual([
      ['Ada Lovelace-Test', true],
      ['Zora Quillfeather', false],
    ]);
    expect(comments).toBe(
      [
        'Wants the term sheet.',
        '',
        'Initiated by: Zora Quillfeather',
        'Colleagues: Morgan Reed',
        'Not in Salesforce: Zora Quillfeather (zora@moonbeam.example)',
        'Origin: Outlook',
      ].join('\n'),
    );
  });

  it('leaves it to the person who somebody is of whom there are two', async () => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'CreateInteraction', interaction({ participants: [contact({ name: 'Ada Lovelace-Test' })] }));
    const [person] = draftOf(shown).people;
    expect(person?.isSure).toBe(false);
    expect(person?.found.map(({ id }) => id).sort()).toEqual([ids.ada, ids.adaToo].sort());
  });

  it('writes an interaction with an id once: the second time the record is shown', async () => {
    const choices = createRememberedChoices();
    const { agent, shown } = await desktop({ person: writes, choices });
    const first = await raise(agent, 'CreateInteraction', interaction({ id: { app: 'twice' } }));
    const second = await raise(
      agent,
      'CreateInteraction',
      interaction({ id: { app: 'twice' }, description: 'Otherwise' }),
    );
    const { id } = (first as unknown as { context: { id: { SALESFORCE: string } } }).context;
    expect(shown[1]?.state).toEqual({ kind: 'record', type: 'Task', id: id.SALESFORCE });
    expect(second).toMatchObject({ status: 'Failed', context: { id: { SALESFORCE: id.SALESFORCE } } });
    const third = await raise(agent, 'CreateInteraction', interaction({ id: { SALESFORCE: id.SALESFORCE } }));
    expect(third).toMatchObject({ status: 'Failed', message: expect.stringContaining('already') });
  });

  it('writes it again where the record was deleted meanwhile', async () => {
    const { agent, shown } = await desktop({ person: writes });
    const first = await raise(agent, 'CreateInteraction', interaction({ id: { app: 'deleted' } }));
    const { id } = (first as unknown as { context: { id: { SALESFORCE: string } } }).context;
    org.send(`/services/data/v66.0/sobjects/Task/${id.SALESFORCE}`, 'DELETE');
    expect(await raise(agent, 'CreateInteraction', interaction({ id: { app: 'deleted' } }))).toMatchObject({
      status: 'Created',
    });
    expect(shown.map(({ state }) => state.kind)).toEqual(['activity', 'activity']);
  });

  it('knows what others have written, by the external id field that is configured', async () => {
    const context = interaction({ id: { SINGLETRACK: 'ST-1' } });
    const here = await desktop({ person: writes }, mapped);
    expect(await raise(here.agent, 'CreateInteraction', context)).toMatchObject({ status: 'Created' });
    expect(draftOf(here.shown).externalId).toEqual({ field: 'Interaction_Id__c', value: 'ST-1' });
    const there = await desktop({ person: writes }, mapped);
    expect(await raise(there.agent, 'CreateInteraction', context)).toMatchObject({ status: 'Failed' });
    expect(there.shown[0]?.state.kind).toBe('record');
  });

  it('goes by what it remembers where the org lacks that field', async () => {
    const Activity = { SINGLETRACK: { fields: ['Missing__c'], form: 'exact' as const } };
    const { agent, shown } = await desktop({}, { identifiers: { ...defaultIdentifiers, Activity } });
    await refusal(agent, 'CreateInteraction', interaction({ id: { SINGLETRACK: 'ST-2' } }));
    expect(draftOf(shown).externalId).toBeUndefined();
    expect(shown[0]?.askedFor).toContain('st-2');
  });

  it('tells the app that it was cancelled, or what Salesforce has refused', async () => {
    const cancelled = await desktop();
    expect(await refusal(cancelled.agent, 'CreateInteraction', interaction())).toMatchObject({
      message: 'UserCancelledResolution',
    });
    expect(cancelled.failed).toEqual([]);
    const refused = await desktop({ person: () => ({ refusal: 'Subject: data value too large' }) });
    expect(await raise(refused.agent, 'CreateInteraction', interaction())).toMatchObject({
      status: 'Failed',
      message: 'Subject: data value too large',
    });
  });

  it('refuses an interaction in which nothing is said and nobody takes part', async () => {
    const { agent } = await desktop();
    const error = await refusal(agent, 'CreateInteraction', { type: 'fdc3.interaction', participants: [] } as Context);
    expect(error).toMatchObject({ message: 'MalformedContext' });
  });
});

describe('the subject of an interaction', () => {
  it('is one line of at most 80 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const subject = shortened(text);
        expect([...subject].length).toBeLessThanOrEqual(80);
        expect(subject).not.toMatch(/[\r\n]/);
      }),
    );
  });
  it.each([
    ['instant message', 'Instant Message'],
    ['E-Mail', 'Email'],
    ['CALL', 'Call'],
    ['Site visit', 'Site visit'],
    [undefined, 'Call'],
  ])('%s is written as %s', (given, expected) => {
    expect(interactionTypeOf(given)).toBe(expected);
  });
});
