import { failure, success } from '../../src/outcomes/failure.ts';
import { openEmbeddedOrg, orgUrl, type EmbeddedOrg } from '../intents/embeddedOrg.ts';
import { homeSession, openHomeDesk, searchFor } from './homeDesk.ts';

let org: EmbeddedOrg;
const ids: Record<string, string> = {};

beforeAll(async () => {
  org = await openEmbeddedOrg();
  ids['engines'] = org.create('Account', {
    Name: 'Zephyrine Engines',
    Industry: 'Technology',
    Phone: '+44 20 7946 0000',
    Website: 'www.zephyrine.example',
  });
  ids['ada'] = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Zephyrine',
    Title: 'Countess',
    Email: 'ada@zephyrine.example',
    Phone: '+44 20 7946 0001 x5',
    AccountId: ids['engines'],
  });
  ids['other'] = org.create('Contact', { FirstName: 'Bob', LastName: 'Zephyrineson', AccountId: ids['engines'] });
  ids['deal'] = org.create('Opportunity', {
    Name: 'Looms for Zephyrine',
    StageName: 'Prospecting',
    CloseDate: '2026-12-24',
    AccountId: ids['engines'],
  });
  ids['case'] = org.create('Case', { Subject: 'Zephyrine loom jams', Status: 'New', ContactId: ids['ada'] });
  ids['task'] = org.create('Task', { Subject: 'Call Zephyrine back', Status: 'Not Started', WhoId: ids['ada'] });
  ids['post'] = org.create('FeedItem', { ParentId: ids['engines'], Body: 'Zephyrine has signed' });
});
beforeEach(() => org.hide([]));

describe('what a person types', () => {
  it('finds accounts, contacts, opportunities, cases, tasks and posts by one search and one look at Chatter', async () => {
    const desk = openHomeDesk(org);
    const { items, objects } = await searchFor(desk, 'zephyrine');
    expect(items.map(({ label, title }) => `${label}: ${title}`).toSorted()).toEqual([
      'Account: Zephyrine Engines',
      'Case: Zephyrine loom jams',
      expect.stringMatching(/^Chatter: /),
      'Contact: Ada Zephyrine',
      'Contact: Bob Zephyrineson',
      'Opportunity: Looms for Zephyrine',
      'Task: Call Zephyrine back',
    ]);
    expect(objects).toEqual(['Account', 'Contact', 'Opportunity', 'Case', 'Task', 'Chatter']);
    expect(desk.requested.filter((path) => path.includes('FIND {'))).toHaveLength(1);
  });

  it('finds by the beginning of a word, and the best comes first', async () => {
    const { items } = await searchFor(openHomeDesk(org), 'Ada Zeph', { only: ['Contact', 'Account'] });
    expect(items.map(({ title }) => title)).toEqual(['Ada Zephyrine']);
    const ranked = await searchFor(openHomeDesk(org), 'zephyrine');
    expect(ranked.items[0]).toMatchObject({ title: 'Zephyrine Engines' });
    expect(ranked.items.at(-1)).toMatchObject({ label: 'Chatter' });
  });

  it.each(['O\'Brien & "Sons" {x} (y)', 'a*b?c', 'this AND that OR NOT', "Robert'); DROP", '\\', '~^', '\u0000zz'])(
    'is searched for as it stands, whatever it holds: %s',
    async (query) => {
      const { items } = await searchFor(openHomeDesk(org), query);
      expect(items.filter(({ kind }) => kind === 'failure')).toEqual([]);
    },
  );

  it('is not searched for while it is a single letter', async () => {
    const desk = openHomeDesk(org);
    expect(await searchFor(desk, ' z ')).toEqual({ items: [], objects: [] });
    expect(desk.requested).toEqual([]);
  });

  it('is searched for in the chosen objects only', async () => {
    const { items } = await searchFor(openHomeDesk(org), 'zephyrine', { only: ['Case'] });
    expect(items.map(({ key }) => key)).toEqual([ids['case']]);
  });
});

describe('a card', () => {
  const cardOf = async (name: string) => {
    const { items } = await searchFor(openHomeDesk(org), 'zephyrine');
    return items.find(({ key }) => key === ids[name]);
  };

  it('shows a contact with company, initials and links', async () => {
    expect(await cardOf('ada')).toMatchObject({
      title: 'Ada Zephyrine',
      subtitle: 'Countess',
      initials: 'AZ',
      fields: expect.arrayContaining([
        { label: 'Company', value: 'Zephyrine Engines', form: 'text' },
        { label: 'E-mail', value: 'ada@zephyrine.example', form: 'link', url: 'mailto:ada@zephyrine.example' },
      ]),
    });
  });

  it('offers what a person does next, by keys too', async () => {
    const { actions } = (await cardOf('ada'))!;
    expect(actions.map(({ name, hotkey }) => [name, hotkey])).toEqual([
      ['View', 'enter'],
      ['Call', 'Alt+C'],
      ['E-mail', 'Alt+M'],
      ['Log a call', 'Alt+L'],
      ['Open in Salesforce', 'Alt+O'],
    ]);
    expect(actions.map(({ does }) => does)).toMatchObject([
      { intent: 'salesforce.ViewRecord', context: { type: 'salesforce.record', id: { SALESFORCE_ID: ids['ada'] } } },
      { url: 'tel:+442079460001;ext=5' },
      { url: 'mailto:ada@zephyrine.example' },
      { intent: 'CreateInteraction', context: { type: 'fdc3.interaction', interactionType: 'Call' } },
      { url: `${orgUrl}/lightning/r/Contact/${ids['ada']}/view` },
    ]);
  });

  it('names who has made a task, whom the row knows by an id only', async () => {
    expect((await cardOf('task'))!.fields).toContainEqual({ label: 'Created by', value: 'Morgan Reed', form: 'text' });
  });

  it('shows a day as that day, and a site without a scheme as https', async () => {
    const day = new Date('2026-12-24T00:00:00Z').toLocaleDateString(undefined, { timeZone: 'UTC' });
    expect((await cardOf('deal'))!.fields).toContainEqual({ label: 'Close date', value: day, form: 'text' });
    expect((await cardOf('engines'))!.fields).toContainEqual({
      label: 'Website',
      value: 'www.zephyrine.example',
      form: 'link',
      url: 'https://www.zephyrine.example',
    });
  });

  it('leaves out what this person may not see, and the rest stays', async () => {
    org.hide(['Contact.Email', 'Contact.Title', 'Account.Industry', 'Account.Website']);
    const desk = openHomeDesk(org);
    const { items } = await searchFor(desk, 'zephyrine');
    const ada = items.find(({ key }) => key === ids['ada'])!;
    expect(ada.title).toBe('Ada Zephyrine');
    expect(JSON.stringify(items)).not.toMatch(/Countess|Technology|@zephyrine/);
    const first = desk.requested.length;
    await searchFor(desk, 'zephyrine');
    expect(desk.requested.length - first).toBeLessThan(first);
  });
});

describe('nothing typed', () => {
  it('shows what the person has viewed of late, the latest first', async () => {
    org.request(`/services/data/vXX.X/ui-api/records/${ids['ada']}?fields=Contact.Id`);
    const viewed = (key: string, type: string) => ({ Id: ids[key], attributes: { type } });
    const desk = openHomeDesk(org, {
      answer: (path) =>
        path.includes('/recent')
          ? Promise.resolve(
              success([
                viewed('deal', 'Opportunity'),
                { Id: '00Qxx0000000001', attributes: { type: 'Lead' } },
                viewed('ada', 'Contact'),
              ]),
            )
          : undefined,
    });
    const { items } = await searchFor(desk, '');
    expect(items.map(({ title }) => title)).toEqual(['Looms for Zephyrine', 'Ada Zephyrine']);
  });

  it('is nothing for somebody who has viewed nothing', async () => {
    const desk = openHomeDesk(org, {
      answer: (path) => (path.includes('/recent') ? Promise.resolve(success([])) : undefined),
    });
    expect(await searchFor(desk, '')).toEqual({ items: [], objects: [] });
  });
});

describe('what stands in the way', () => {
  it.each([
    ['nobody has signed in', success(undefined)],
    ['the session has ended', failure('SESSION_ENDED', 'The session has ended.')],
  ])('is a result that leads to the sign-in where %s', async (_what, session) => {
    const desk = openHomeDesk(org, { session: () => session });
    const { items } = await searchFor(desk, 'zephyrine');
    expect(items).toMatchObject([
      { kind: 'signIn', actions: [{ name: 'Sign in', hotkey: 'enter', does: { kind: 'signIn' } }] },
    ]);
    expect(desk.requested).toEqual([]);
  });

  it('is a result that says what has happened and offers to search again', async () => {
    const desk = openHomeDesk(org, {
      answer: () => Promise.resolve(failure('NETWORK_FAILED', 'Salesforce cannot be reached from this machine.')),
    });
    const { items } = await searchFor(desk, 'zephyrine');
    expect(items).toMatchObject([
      {
        kind: 'failure',
        subtitle: 'Salesforce cannot be reached from this machine.',
        actions: [{ does: { kind: 'again' } }],
      },
    ]);
  });

  it('is not Chatter in an org that has none', async () => {
    const desk = openHomeDesk(org, {
      answer: (path) =>
        path.includes('/chatter/')
          ? Promise.resolve(failure('REQUEST_FAILED', 'Chatter is off.', { status: 403 }))
          : undefined,
    });
    const { items } = await searchFor(desk, 'zephyrine');
    expect(items.some(({ key }) => key === ids['ada'])).toBe(true);
    expect(items.some(({ kind }) => kind === 'failure')).toBe(false);
  });

  it('is not an object that this person has no access to', async () => {
    const desk = openHomeDesk(org, {
      given: [{ sourceType: 'Account' }, { sourceType: 'Quote__c', fieldMappings: [{ field: 'Name' }] }],
    });
    const { items } = await searchFor(desk, 'zephyrine');
    expect(items.map(({ key }) => key)).toEqual([ids['engines']]);
  });

  it('ends with the search that is called off', async () => {
    const ending = new AbortController();
    const desk = openHomeDesk(org, {
      answer: async () => {
        ending.abort();
        return undefined as never;
      },
    });
    expect(await searchFor(desk, 'zephyrine', { signal: ending.signal })).toEqual({ items: [], objects: [] });
    expect(homeSession.sessionId).toBe('s-1');
  });
});
