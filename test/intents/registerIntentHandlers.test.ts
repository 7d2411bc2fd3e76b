import { ResolveError, ResultError, type Context, type DesktopAgent } from '@finos/fdc3';
import { failure, success, type Outcome } from '../../src/outcomes/failure.ts';
import type {
  FailedIntent,
  IntentServices,
  IntentSession,
  RecordChoice,
  RecordViewRequest,
} from '../../src/intents/intentServices.ts';
import { registerIntentHandlers, type IntentOptions } from '../../src/intents/registerIntentHandlers.ts';
import { openEmbeddedOrg, orgUrl, type EmbeddedOrg } from './embeddedOrg.ts';
import { createInMemoryDesktopAgent } from './inMemoryDesktopAgent.ts';

let org: EmbeddedOrg;
const ids: Record<string, string> = {};

beforeAll(async () => {
  org = await openEmbeddedOrg();
  ids['engines'] = org.create('Account', {
    Name: 'Analytical Engines, Inc.',
    LEI__c: '5493001KJTIIGC8Y1R12',
    Ticker__c: 'AENG',
    Industry: 'Technology',
  });
  ids['looms'] = org.create('Account', { Name: 'Jacquard Looms' });
  ids['ada'] = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace-Test',
    Email: 'ada@engines.example',
    Phone: '+44 1',
    Title: 'Countess',
    AccountId: ids['engines'],
  });
  ids['adaToo'] = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace-Test',
    Email: 'office@looms.example',
    AccountId: ids['looms'],
  });
  ids['clerk'] = org.create('Contact', {
    FirstName: 'Bob',
    LastName: 'Clerk-Test',
    Email: 'office@looms.example',
    AccountId: ids['looms'],
  });
});

/** What the person at the desk does with a view that asks for a choice. */
type Person = (request: RecordViewRequest) => RecordChoice | undefined;
const closesIt: Person = () => undefined;

interface DeskOptions {
  person?: Person;
  authorize?: Outcome<never>;
  connect?: Outcome<IntentSession>;
}

async function desktop({ person = closesIt, authorize, connect }: DeskOptions = {}, options: IntentOptions = {}) {
  const shown: RecordViewRequest[] = [];
  const connected: unknown[] = [];
  const requested: string[] = [];
  const failed: FailedIntent[] = [];
  const ended: unknown[] = [];
  const desk: IntentServices = {
    authorize: (caller) => authorize ?? success({ caller, end: () => ended.push(caller) }),
    connect: async ({ caller }) => {
      connected.push(caller);
      return connect ?? success({ sessionId: 's-1', orgUrl });
    },
    request: async (_sessionId, path, { method, body } = {}) => {
      requested.push(path);
      return org.request(path, method, body);
    },
    showRecord: async (request) => {
      shown.push(request);
      return success({ chosen: Promise.resolve(person(request)) });
    },
    failed: (intent) => failed.push(intent),
  };
  const agent = createInMemoryDesktopAgent();
  const registration = await registerIntentHandlers(agent, desk, options);
  return { agent, registration, shown, connected, requested, failed, ended };
}

async function raise(agent: DesktopAgent, intent: string, context: Context): Promise<Context> {
  return (await (await agent.raiseIntent(intent, context)).getResult()) as Context;
}

/** The error the handler threw, which most agents replace by their own. */
async function refusal(agent: DesktopAgent, intent: string, context: Context): Promise<unknown> {
  const error: unknown = await raise(agent, intent, context).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ message: ResultError.IntentHandlerRejected });
  return (error as Error).cause;
}

const contact = (members: object): Context => ({ type: 'fdc3.contact', id: {}, ...members });
const organization = (members: object): Context => ({ type: 'fdc3.organization', id: {}, ...members });

describe('ViewContact', () => {
  it.each([
    ['its 18-character id', () => ({ id: { SALESFORCE: ids['ada'] } })],
    ['its 15-character id', () => ({ id: { SALESFORCE: ids['ada']?.slice(0, 15) } })],
    ["an id as the vendor's samples write it", () => ({ id: { salesforce: ids['ada'] } })],
    ['an id that lost its case', () => ({ id: { salesforceId: ids['ada']?.toLowerCase() } })],
    ['a Lightning link', () => ({ id: { URI: `${orgUrl}/lightning/r/Contact/${ids['ada']}/view` } })],
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
      { state: { kind: 'record', type: 'Contact', id: ids['ada'] }, title: 'Ada Lovelace-Test' },
    ]);
    expect(result).toMatchObject({
      type: 'fdc3.contact',
      name: 'Ada Lovelace-Test',
      id: { email: 'ada@engines.example', SALESFORCE: ids['ada'] },
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
        SALESFORCE: ids['ada'],
        URI: `${orgUrl}/lightning/r/Contact/${ids['ada']}/view`,
      },
      phone: '+44 1',
      title: 'Countess',
      company: { name: 'Analytical Engines, Inc.', id: { SALESFORCE: ids['engines'] } },
      link: `${orgUrl}/lightning/r/Contact/${ids['ada']}/view`,
    });
  });

  it('tells two people with one e-mail apart by name', async () => {
    const { agent, shown } = await desktop();
    await raise(agent, 'ViewContact', contact({ name: 'Bob Clerk-Test', id: { email: 'office@looms.example' } }));
    expect(shown[0]?.state).toEqual({ kind: 'record', type: 'Contact', id: ids['clerk'] });
  });

  it('lets the person choose among several and returns the one chosen', async () => {
    const { agent, shown } = await desktop({
      person: ({ state }) => (state.kind === 'choose' ? state.candidates[1] : undefined),
    });
    const result = await raise(agent, 'ViewContact', contact({ id: { email: 'office@looms.example' } }));
    const [view] = shown;
    expect(view?.state).toMatchObject({ kind: 'choose', type: 'Contact', query: 'office@looms.example' });
    const candidates = view?.state.kind === 'choose' ? view.state.candidates : [];
    expect(candidates.map(({ id }) => id)).toEqual([ids['adaToo'], ids['clerk']]);
    expect(candidates[0]?.details).toContainEqual({ label: 'Company', value: 'Jacquard Looms' });
    expect(result.id).toMatchObject({ SALESFORCE: ids['clerk'] });
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
    expect(shown[0]?.state).toMatchObject({ kind: 'choose', candidates: [{ id: ids['clerk'] }] });
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
      suggested: { LastName: 'Somerville-Test', AccountId: ids['looms'] },
    });
  });

  it.each(["x' OR Name LIKE '%", "O'Brien\\", '%', '_____'])('finds nobody by the name %p', async (name) => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewContact', contact({ name }));
    expect(shown[0]?.state.kind).toBe('none');
  });

  it('shows the known ones of a list to choose from', async () => {
    const { agent, shown } = await desktop({
      person: ({ state }) =>
        state.kind === 'choose' ? state.candidates.find(({ id }) => id === ids['ada']) : undefined,
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
      candidates: [{ id: ids['ada'] }, { id: ids['clerk'] }],
    });
    expect(result).toMatchObject({ type: 'fdc3.contact', id: { SALESFORCE: ids['ada'], FDS_ID: 'F-1' } });
  });
});

describe('ViewAccount', () => {
  it.each([
    ['its id', () => organization({ id: { SALESFORCE: ids['engines'] } })],
    ["its id as the vendor's samples write it", () => organization({ id: { salesforce: ids['engines'] } })],
    ['LEI', () => organization({ id: { LEI: '5493001KJTIIGC8Y1R12' } })],
    ['ticker', () => organization({ id: { ticker: 'AENG' } })],
    ['name', () => organization({ name: 'analytical engines, inc.' })],
    ['name with another legal form', () => organization({ name: 'Analytical Engines Ltd' })],
    ['a contact of it', () => contact({ id: { email: 'ada@engines.example' } })],
    [
      'the company an earlier result named',
      () => contact({ name: 'Somebody New', company: { name: 'x', id: { SALESFORCE: ids['engines'] } } }),
    ],
    [
      "the company's id as the vendor's samples write it",
      () => contact({ name: 'Somebody New', company: { id: { salesforce: ids['engines'] } } }),
    ],
    [
      'the company of an unknown contact',
      () => contact({ name: 'Somebody New', company: { name: 'Analytical Engines' } }),
    ],
  ])('opens the account found by %s', async (_how, context) => {
    const { agent, shown } = await desktop();
    const result = await raise(agent, 'ViewAccount', context());
    expect(shown[0]?.state).toEqual({ kind: 'record', type: 'Account', id: ids['engines'] });
    expect(result).toMatchObject({
      type: 'fdc3.organization',
      name: 'Analytical Engines, Inc.',
      id: { SALESFORCE: ids['engines'] },
    });
  });

  it('looks in the fields configured, and passes over those the org lacks', async () => {
    const externalIdFields = { Account: { LEI: ['Missing_Field__c', 'LEI__c'] } };
    const { agent, shown } = await desktop({}, { externalIdFields });
    await raise(agent, 'ViewAccount', organization({ id: { LEI: '5493001KJTIIGC8Y1R12' } }));
    expect(shown[0]?.state).toMatchObject({ kind: 'record', id: ids['engines'] });
  });

  it('asks when the name only begins alike', async () => {
    const { agent, shown } = await desktop();
    await refusal(agent, 'ViewAccount', organization({ name: 'Jacquard' }));
    expect(shown[0]?.state).toMatchObject({
      kind: 'choose',
      candidates: [{ id: ids['looms'], name: 'Jacquard Looms' }],
    });
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

describe('ViewProfile', () => {
  it('shows a contact or an account, by the context', async () => {
    const { agent, shown } = await desktop();
    await raise(agent, 'ViewProfile', contact({ id: { email: 'ada@engines.example' } }));
    await raise(agent, 'ViewProfile', organization({ id: { ticker: 'AENG' } }));
    expect(shown.map(({ state }) => state)).toEqual([
      { kind: 'record', type: 'Contact', id: ids['ada'] },
      { kind: 'record', type: 'Account', id: ids['engines'] },
    ]);
  });
});

describe('refusals', () => {
  it.each([
    ['ViewContact', { type: 'fdc3.instrument', id: { ticker: 'X' } }],
    ['ViewContact', contact({ id: { email: 7 } })],
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
    ['ViewAccount', organization({ id: { PERMID: '1' } })],
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
