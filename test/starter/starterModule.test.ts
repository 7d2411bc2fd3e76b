/**
 * The module for platforms of the workspace-starter family, called as the platform of OpenFin's sample
 * (integrate-with-salesforce) calls it: one response for all modules, results of all of them in one list.
 */
import type {
  CLIFilter,
  HomeDispatchedSearchResult,
  HomeSearchListenerResponse,
  HomeSearchResult,
} from '@openfin/workspace';
import type { SalesforceConnection } from '../../src/client/connection.ts';
import { ApiRequestError } from '../../src/client/errors.ts';
import type { StateListener } from '../../src/client/stateListeners.ts';
import type { ClientDesk } from '../../src/starter/clientServices.ts';
import { createPlatformHome } from '../../src/starter/platformHome.ts';
import { createStarterModule } from '../../src/starter/starterModule.ts';
import { openEmbeddedOrg, orgUrl, type EmbeddedOrg } from '../intents/embeddedOrg.ts';

let org: EmbeddedOrg;
let ids: { ada: string };
beforeAll(async () => {
  org = await openEmbeddedOrg();
  ids = { ada: org.create('Contact', { FirstName: 'Ada', LastName: 'Zephyrine', Email: 'ada@zephyrine.example' }) };
});

/** What the sample's manifest says of the module, and what else stands there. */
const definition = {
  id: 'salesforce',
  icon: 'https://desk.example/salesforce.svg',
  title: 'Salesforce',
  url: 'https://desk.example/salesforce-search.js',
  enabled: true,
  data: {
    orgUrl,
    consumerKey: '3MVG9',
    enableLibLogging: true,
    preload: 'https://desk.example/preload.js',
    iconMap: { contact: 'https://desk.example/contact.svg' },
    mappings: [{ sourceType: 'Account' }, { sourceType: 'Contact' }],
  },
};

/** A platform of that family with this module and results of another, and the client of a provider. */
async function openPlatform({ isIn = true, data = definition.data as unknown, answersIntents = true } = {}) {
  const seen = {
    isIn,
    asked: [] as unknown[],
    done: [] as unknown[],
    errors: [] as unknown[],
    signedIn: [] as unknown[],
  };
  let tell: StateListener = () => undefined;
  const connection = {
    orgUrl,
    async executeApiRequest(path: string) {
      seen.asked.push(decodeURIComponent(path));
      const answer = org.request(path);
      if (answer.ok) return { status: 200, data: answer.data };
      throw new ApiRequestError(answer.error.message, answer.error.status, answer.error);
    },
  } as unknown as SalesforceConnection;
  const desk: ClientDesk = {
    getConnection: async () => (seen.isIn ? connection : null),
    connect: async (...given: unknown[]) => {
      seen.signedIn.push(given);
      seen.isIn = true;
      return connection;
    },
    onStateChange: (listener: StateListener) => {
      tell = listener;
      return () => (tell = () => undefined);
    },
    raiseIntent: async (intent) => {
      if (!answersIntents) throw new Error('NoAppsFound');
      seen.done.push(intent);
    },
    openUrl: async (url) => void seen.done.push(url),
  };
  const module = createStarterModule(desk);
  const logger = { info: () => undefined, error: (...told: unknown[]) => void seen.errors.push(...told) };
  await module.initialize({ ...definition, data }, () => logger, {
    launchView: async (view) => void seen.done.push(view),
  });
  const shown = new Map<string, HomeSearchResult>([
    ['other', { key: 'other', title: 'Of another' } as HomeSearchResult],
  ]);
  const response = {
    respond: (results: HomeSearchResult[]) => results.forEach((result) => shown.set(result.key, result)),
    revoke: (...keys: string[]) => keys.forEach((key) => shown.delete(key)),
    open: () => undefined,
    close: () => seen.errors.push('closed what others answer by'),
    updateContext: () => seen.errors.push("took away the others' filters"),
  } as unknown as HomeSearchListenerResponse;
  return {
    module,
    seen,
    shown,
    tell: (event: object) => tell(event as never),
    async type(query: string, filters?: CLIFilter[]) {
      const answer = await module.getSearchResults(query, filters, response, { queryMinLength: 3 });
      for (const result of answer.results) shown.set(result.key, result);
      return answer;
    },
    select: (key: string, name: string, trigger = 'user-action') =>
      module.itemSelection({ ...shown.get(key), action: { name, trigger } } as HomeDispatchedSearchResult, response),
  };
}

it('finds by the mappings of the manifest, once three characters are typed, beside what other modules find', async () => {
  const { type, seen, shown } = await openPlatform();
  expect((await type('ze')).results).toEqual([]);
  const { results, context } = await type('zephyrine');
  expect(results).toMatchObject([
    {
      key: ids.ada,
      title: 'Ada Zephyrine',
      label: 'Contact',
      icon: 'https://desk.example/contact.svg',
      actions: expect.arrayContaining([{ name: 'View', hotkey: 'enter' }]),
      data: { providerId: 'salesforce' },
    },
  ]);
  expect(context?.filters).toMatchObject([
    { id: 'salesforce-objects', options: [{ value: 'Contact', isSelected: true }] },
  ]);
  expect([...shown.keys()]).toContain('other');
  expect(seen.errors).toEqual([]);
});

it('handles its own results and leaves those of others alone', async () => {
  const { type, select, seen } = await openPlatform();
  await type('zephyrine');
  expect(await select('other', 'Open')).toBe(false);
  expect(await select(ids.ada, 'View', 'focus-change')).toBe(true);
  expect(seen.done).toEqual([]);
  expect(await select(ids.ada, 'View')).toBe(true);
  expect(await select(ids.ada, 'E-mail')).toBe(true);
  expect(seen.done).toEqual(['salesforce.ViewRecord', 'mailto:ada@zephyrine.example']);
});

it('opens the record as a view of the platform where no app answers the intent', async () => {
  const { type, select, seen } = await openPlatform({ answersIntents: false });
  await type('zephyrine');
  await select(ids.ada, 'View');
  expect(seen.done).toEqual([{ url: `${orgUrl}/lightning/r/Contact/${ids.ada}/view` }]);
});

it('asks nobody to sign in by itself, and shows what was typed after the sign-in that it offers', async () => {
  const { type, select, seen, shown } = await openPlatform({ isIn: false });
  await type('zephyrine');
  expect(seen.signedIn).toEqual([]);
  const [signIn] = [...shown.values()].filter(({ title }) => title === 'Sign in to Salesforce');
  await select(signIn!.key, 'Sign in');
  expect(seen.signedIn).toEqual([[orgUrl, '3MVG9']]);
  expect([...shown.keys()].toSorted()).toEqual([ids.ada, 'other'].toSorted());
});

it('uses the session of others once there is one, and forgets it when they sign out', async () => {
  const { type, seen, tell } = await openPlatform({ isIn: false });
  seen.isIn = true;
  tell({ state: 'signedIn' });
  await Promise.resolve();
  expect((await type('zephyrine')).results).toMatchObject([{ key: ids.ada }]);
  tell({ state: 'signedOut' });
  expect((await type('zephyrine')).results).toMatchObject([{ title: 'Sign in to Salesforce' }]);
});

it('names what is wrong in the manifest in the log of the platform, which goes on without it', async () => {
  const { type, seen } = await openPlatform({ data: { mappings: [{ sourceType: 'Quote__c' }] } });
  expect(seen.errors).toEqual(['data.mappings.0.fieldMappings: has no fields by default: name them']);
  expect((await type('zephyrine')).results).toEqual([]);
});

it('has a line of help, and ends with the platform', async () => {
  const { module, type } = await openPlatform();
  expect(await module.getHelpSearchEntries()).toMatchObject([{ title: 'Salesforce', label: 'Help' }]);
  await module.closedown();
  expect((await type('zephyrine')).results).toEqual([]);
});

it('is a provider for the Home of any Workspace platform too, which refuses settings that are wrong', async () => {
  const desk = { getConnection: async () => null, onStateChange: () => () => undefined } as unknown as ClientDesk;
  const provider = await createPlatformHome(desk, { icon: 'https://desk.example/salesforce.svg' });
  expect(provider).toMatchObject({ id: 'salesforce', dispatchFocusEvents: true });
  const wrong = createPlatformHome(desk, {
    icon: 'https://desk.example/x.svg',
    mappings: [{ sourceType: 'Quote__c' }],
  });
  await expect(wrong).rejects.toThrow('has no fields by default');
});
