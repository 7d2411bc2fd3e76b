import { ResolveError } from '@finos/fdc3';
import { failure } from '../../src/outcomes/failure.ts';
import type { IntentServices } from '../../src/intents/intentServices.ts';
import { createRememberedChoices } from '../../src/provider/rememberedChoices.ts';
import { registerIntentHandlers } from '../../src/intents/registerIntentHandlers.ts';
import { makeRecordId } from '../../src/salesforce/recordId.ts';
import { orgUrl } from './embeddedOrg.ts';
import { createInMemoryDesktopAgent } from './inMemoryDesktopAgent.ts';
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

describe('ViewContact', () => {
  it.each([
    ['its 18-character id', () => ({ id: { SALESFORCE: ids.ada } })],
    ['its 15-character id', () => ({ id: { SALESFORCE: ids.ada.slice(0, 15) } })],
    ["an id as the vendor's samples write it", () => ({ id: { salesforce: ids.ada } })],
    ['an id that lost its case', () => ({ id: { salesforceId: ids.ada.toLowerCase() } })],
    ['a Lightning link', () => ({ id: { URI: `${orgUrl}/lightning/r/Contact/${ids.ada}/view` } })],
    ['e-mail', () => ({ id: { email: 'ADA@engines.example' } })],
    ['name and company', () => ({ name: 'Ada Lovelace-Test', company: { name: 'Analytical Engines' } })],
    ['name in directory order and company', () => ({ name: 'Lovelace-Test, Ada', company: 'Analytical Engines' })],
    [
      'e-mail, after an id of a record that is gone',
      () => ({ id: { SALESFORCE: '003NB0000000000ZZZ', email: 'ada@engines.example' } }),
    ],
  ])('opens the contact found by %s', async (_how, members) => {
    const { agent, shown } = await desktop();
    const result = await raise(agent, 'ViewContact', contact(members()));
    expect(shown.map(({ state, title }) => ({ state, title }))).toEqual([
      { state: { kind: 'record', type: 'Contact', id: ids.ada }, title: 'Ada Lovelace-Test' },
    ]);
    expect(result).toMatchObject({
      type: 'fdc3.contact',
      name: 'Ada Lovelace-Test',
      id: { email: 'ada@engines.example', SALESFORCE: ids.ada },
    });
  });

  it('gives back the context with what Salesforce knows', async () => {
    const { agent } = await desktop();
    expect(
      await raise(agent, 'ViewContact', contact({ id: { email: 'ada@engines.example', FDS_ID: 'F-1' }, note: 'kept' })),
    ).toEqual({
      type: 'fdc3.contact',
      name: 'Ada Lovelace-Test',
      note: 'kept',
      id: {
        email: 'ada@engines.example',
        FDS_ID: 'F-1',
        SALESFORCE: ids.ada,
        URI: `${orgUrl}/lightning/r/Contact/${ids.ada}/view`,
      },
      phone: '+44 1',
      title: 'Countess',
      company: { name: 'Analytical Engines, Inc.', id: { SALESFORCE: ids.engines } },
      link: `${orgUrl}/lightning/r/Contact/${ids.ada}/view`,
    });
  });

  it('opens a lead by its id', async () => {
    const id = org.create('Lead', {
      FirstName: 'Lee',
      LastName: 'Leader-Test',
      Company: 'Leads Ltd',
      Email: 'l@l.example',
    });
    const { agent, shown } = await desktop();
    const result = await raise(agent, 'ViewContact', contact({ id: { SALESFORCE: id } }));
    expect(shown[0]?.state).toEqual({ kind: 'record', type: 'Lead', id });
    expect(result).toMatchObject({
      name: 'Lee Leader-Test',
      id: { email: 'l@l.example', URI: `${orgUrl}/lightning/r/Lead/${id}/view` },
      company: { name: 'Leads Ltd' },
    });
  });

  it('says that the record of an id is not to be had, where nothing else is known', async () => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewContact', contact({ id: { SALESFORCE: makeRecordId('003', 987_654) } }));
    expect(shown[0]?.state).toMatchObject({ kind: 'none', says: expect.stringContaining('not in this org') });
  });

  it('asks the org one question where that is beyond doubt already', async () => {
    const { agent, requested } = await desktop();
    await raise(
      agent,
      'ViewContact',
      contact({ name: 'Ada Lovelace-Test', id: { email: 'ada@engines.example' }, company: 'Analytical Engines' }),
    );
    expect(requested).toHaveLength(1);
  });

  it('asks about a list of 200 in a handful of requests, and says who is not known', async () => {
    const { agent, shown, requested } = await desktop({
      person: ({ state }) => (state.kind === 'choose' ? state.candidates[0] : undefined),
    });
    const strangers = Array.from({ length: 199 }, (_, at) =>
      contact({ name: `Stranger ${at}-Test`, id: { email: `s${at}@x.example` } }),
    );
    await raise(agent, 'ViewContact', {
      type: 'fdc3.contactList',
      contacts: [...strangers, contact({ id: { email: 'ada@engines.example' } })],
    });
    expect(shown[0]?.state).toMatchObject({ kind: 'choose', candidates: [{ id: ids.ada }] });
    expect(shown[0]?.state.kind === 'choose' && shown[0].state.notFound).toHaveLength(199);
    // Queries of one moment go as composite requests of five.
    expect(requested.length).toBeLessThanOrEqual(25);
  });

  it('tells two people with one e-mail apart by name', async () => {
    const { agent, shown } = await desktop();
    await raise(agent, 'ViewContact', contact({ name: 'Bob Clerk-Test', id: { email: 'office@looms.example' } }));
    expect(shown[0]?.state).toEqual({ kind: 'record', type: 'Contact', id: ids.clerk });
  });

  it('lets the person choose among several and returns the one chosen', async () => {
    const { agent, shown } = await desktop({
      person: ({ state }) => (state.kind === 'choose' ? state.candidates[1] : undefined),
    });
    const result = await raise(agent, 'ViewContact', contact({ id: { email: 'office@looms.example' } }));
    const [view] = shown;
    expect(view?.state).toMatchObject({ kind: 'choose', type: 'Contact', query: 'office@looms.example' });
    const candidates = view?.state.kind === 'choose' ? view.state.candidates : [];
    expect(candidates.map(({ id }) => id)).toEqual([ids.adaToo, ids.clerk]);
    expect(candidates[0]?.details).toContainEqual({ label: 'Company', value: 'Jacquard Looms' });
    expect(result.id).toMatchObject({ SALESFORCE: ids.clerk });
  });

  it('opens what the person has chosen for the same ids before, with what there is to choose from instead', async () => {
    const choices = createRememberedChoices();
    const { agent, shown } = await desktop({
      choices,
      person: ({ state }) => (state.kind === 'choose' ? state.candidates[1] : undefined),
    });
    const asked = contact({ id: { email: 'office@looms.example', FDS_ID: 'F-7' } });
    await raise(agent, 'ViewContact', asked);
    expect(await raise(agent, 'ViewContact', asked)).toMatchObject({ id: { SALESFORCE: ids.clerk } });
    expect(shown.map(({ state }) => state.kind)).toEqual(['choose', 'record']);
    expect(shown[1]!.state).toMatchObject({
      id: ids.clerk,
      instead: { kind: 'choose', candidates: [{ id: ids.adaToo }, { id: ids.clerk }] },
    });
    // Somebody else of the same mailbox, and a name alone, are asked about.
    await raise(agent, 'ViewContact', contact({ ...asked, name: 'Eve' }));
    expect(shown[2]!.state.kind).toBe('choose');
    expect(shown[2]!.askedFor).not.toBe(shown[1]!.askedFor);
    await raise(agent, 'ViewContact', contact({ name: 'Ada Lovelace-Test' }));
    expect(shown[3]).toMatchObject({ askedFor: undefined, state: { kind: 'choose' } });
  });

  it('asks again when the record that was chosen before has gone', async () => {
    const choices = createRememberedChoices();
    let chosen = makeRecordId('003', 987_655);
    const { agent, shown } = await desktop({ choices, person: () => ({ type: 'Contact', id: chosen }) });
    const asked = contact({ id: { email: 'office@looms.example', FDS_ID: 'F-8' } });
    await refusal(agent, 'ViewContact', asked);
    chosen = ids.clerk;
    await raise(agent, 'ViewContact', asked);
    expect(shown.map(({ state }) => state.kind)).toEqual(['choose', 'choose']);
  });

  it('finds people whose name begins outside the BMP, also when only its first letter is known (D15)', async () => {
    const name = '\u{20BB7}\u91CE';
    const id = org.create('Contact', { FirstName: name, LastName: 'Lovelace-Beyond' });
    const { agent, shown } = await desktop();
    await raise(agent, 'ViewContact', { type: 'fdc3.contact', name: '\u{20BB7}. Lovelace-Beyond', id: {} }).catch(
      () => undefined,
    );
    expect(shown).toMatchObject([{ state: { kind: 'choose', candidates: [{ id }] } }]);
  });

  it('asks before it opens the right name at another company', async () => {
    const { agent, shown } = await desktop({
      person: ({ state }) => (state.kind === 'choose' ? state.candidates[0] : undefined),
    });
    await raise(agent, 'ViewContact', contact({ name: 'Bob Clerk-Test', company: { name: 'Elsewhere' } }));
    expect(shown[0]?.state).toMatchObject({ kind: 'choose', candidates: [{ id: ids.clerk }] });
  });

  it('says UserCancelled when the person closes the view without a choice', async () => {
    const { agent } = await desktop();
    const error = await refusal(agent, 'ViewContact', contact({ id: { email: 'office@looms.example' } }));
    expect(error).toMatchObject({ message: ResolveError.UserCancelled, code: 'REQUEST_CANCELLED' });
  });

  it('offers to create a person nobody knows, and returns the new record', async () => {
    let created = '';
    const { agent, shown } = await desktop({
      person: ({ state }) => {
        if (state.kind !== 'none') return undefined;
        created = org.create('Contact', state.suggested);
        return { type: 'Contact', id: created };
      },
    });
    const result = await raise(
      agent,
      'ViewContact',
      contact({ name: 'Grace Hopper-Test', id: { email: 'grace@navy.example' } }),
    );
    expect(shown[0]?.state).toEqual({
      kind: 'none',
      type: 'Contact',
      query: 'Grace Hopper-Test',
      suggested: { FirstName: 'Grace', LastName: 'Hopper-Test', Email: 'grace@navy.example' },
    });
    expect(result).toMatchObject({
      name: 'Grace Hopper-Test',
      id: { email: 'grace@navy.example', SALESFORCE: created },
    });
  });

  it('suggests the account of the company named for a new contact', async () => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewContact', contact({ name: 'Mary Somerville-Test', company: 'Jacquard Looms' }));
    expect(shown[0]?.state).toMatchObject({
      kind: 'none',
      suggested: { LastName: 'Somerville-Test', AccountId: ids.looms },
    });
  });

  it.each(["x' OR Name LIKE '%", "O'Brien-Test\\", '%x%', '_____x'])('finds nobody by the name %p', async (name) => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewContact', contact({ name }));
    expect(shown[0]?.state.kind).toBe('none');
  });

  it('shows the known ones of a list to choose from', async () => {
    const { agent, shown } = await desktop({
      person: ({ state }) => (state.kind === 'choose' ? state.candidates.find(({ id }) => id === ids.ada) : undefined),
    });
    const list = {
      type: 'fdc3.contactList',
      name: 'Meeting at 10',
      contacts: [
        contact({ id: { email: 'ada@engines.example', FDS_ID: 'F-1' } }),
        contact({ name: 'Nobody Known-Test' }),
        contact({ name: 'Bob Clerk-Test' }),
      ],
    };
    const result = await raise(agent, 'ViewContact', list);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.state).toMatchObject({
      kind: 'choose',
      query: 'Meeting at 10',
      candidates: [{ id: ids.ada }, { id: ids.clerk }],
    });
    expect(result).toMatchObject({ type: 'fdc3.contact', id: { SALESFORCE: ids.ada, FDS_ID: 'F-1' } });
  });
});

describe('ViewProfile', () => {
  it('shows a contact or an account, by the context', async () => {
    const { agent, shown } = await desktop();
    await raise(agent, 'ViewProfile', contact({ id: { email: 'ada@engines.example' } }));
    await raise(agent, 'ViewProfile', organization({ id: { ticker: 'AENG' } }));
    expect(shown.map(({ state }) => state)).toEqual([
      { kind: 'record', type: 'Contact', id: ids.ada },
      { kind: 'record', type: 'Account', id: ids.engines },
    ]);
  });
});

describe('refusals', () => {
  it.each([
    ['ViewContact', { type: 'fdc3.instrument', id: { ticker: 'X' } }],
    ['ViewContact', contact({ id: { email: {} } })],
    ['ViewContact', { type: '__proto__' }],
    ['ViewAccount', organization({ id: { LEI: {} } })],
    ['ViewProfile', { type: 'fdc3.contactList', contacts: [contact({ name: 'A' })] }],
  ])('%s of %j is MalformedContext, and nobody is asked to sign in', async (intent, context) => {
    const { agent, connected } = await desktop();
    expect(await refusal(agent, intent, context)).toMatchObject({
      message: ResolveError.MalformedContext,
      code: 'INVALID_PARAMETER',
    });
    expect(connected).toEqual([]);
  });

  it.each([
    ['ViewContact', contact({})],
    ['ViewAccount', organization({ id: { PERMID: '' } })],
    ['ViewAccount', contact({})],
    ['ViewContact', { type: 'fdc3.contactList', contacts: [contact({})] }],
  ])(
    '%s of a context that identifies nothing is MalformedContext, and nobody is asked to sign in',
    async (intent, context) => {
      const { agent, shown, requested, connected } = await desktop();
      expect(await refusal(agent, intent, context)).toMatchObject({ message: ResolveError.MalformedContext });
      expect([...shown, ...requested, ...connected]).toEqual([]);
    },
  );

  it('an app that is not allowed gets no further', async () => {
    const { agent, connected } = await desktop({ authorize: failure('APP_NOT_ALLOWED', 'blotter may not') });
    expect(await refusal(agent, 'ViewContact', contact({ name: 'Ada' }))).toMatchObject({
      code: 'APP_NOT_ALLOWED',
      reason: 'blotter may not',
    });
    expect(connected).toEqual([]);
  });

  it('an allowed app is named to the desk', async () => {
    const { agent, connected } = await desktop();
    await raise(agent, 'ViewContact', contact({ id: { email: 'ada@engines.example' } }));
    expect(connected).toEqual([{ appId: 'blotter', instanceId: 'blotter-1' }]);
  });

  it('answers without a result where an agent would keep the rejection to itself, and tells the person all the same', async () => {
    const denied = await openDesktop(
      org,
      { authorize: failure('APP_NOT_ALLOWED', 'The app chat may not use it.') },
      { losesRejections: true },
    );
    expect(await raise(denied.agent, 'ViewContact', contact({ id: { SALESFORCE: ids.ada } }))).toBeUndefined();
    expect(denied.failed).toMatchObject([{ error: { code: 'APP_NOT_ALLOWED' } }]);
    const closed = await openDesktop(org, {}, { losesRejections: true });
    expect(await raise(closed.agent, 'ViewContact', contact({ name: 'Nobody Atall' }))).toBeUndefined();
    expect(closed.shown).toHaveLength(1);
    expect(closed.failed).toEqual([]);
  });

  it('a closed sign-in window is UserCancelled', async () => {
    const { agent } = await desktop({ connect: failure('SIGN_IN_WINDOW_CLOSED', 'closed') });
    expect(await refusal(agent, 'ViewContact', contact({ name: 'Ada' }))).toMatchObject({
      message: ResolveError.UserCancelled,
      code: 'SIGN_IN_WINDOW_CLOSED',
    });
  });
});

describe('registration', () => {
  it('is taken back as a whole', async () => {
    const { agent, registration } = await desktop();
    await registration.unsubscribe();
    for (const intent of ['ViewContact', 'ViewAccount', 'ViewProfile']) {
      await expect(agent.raiseIntent(intent, contact({ name: 'Ada' }))).rejects.toThrow(ResolveError.NoAppsFound);
    }
  });

  it('leaves nothing behind when the agent refuses one of the listeners', async () => {
    const agent = createInMemoryDesktopAgent();
    const add = agent.addIntentListener.bind(agent);
    agent.addIntentListener = async (intent, handler) => {
      if (intent === 'ViewProfile') throw new Error('refused');
      return add(intent, handler);
    };
    await expect(registerIntentHandlers(agent, {} as IntentServices)).rejects.toThrow('refused');
    await expect(agent.raiseIntent('ViewContact', contact({ name: 'Ada' }))).rejects.toThrow(ResolveError.NoAppsFound);
  });
});
