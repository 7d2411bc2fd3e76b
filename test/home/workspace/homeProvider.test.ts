/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
/** The search in Workspace Home: registered by the package itself, used by a stand-in for Home's side. */
import { TextDecoder, TextEncoder } from 'node:util';
import { failure, success } from '../../../src/outcomes/failure.ts';
import { createHomeProvider } from '../../../src/home/workspace/homeProvider.ts';
import type { EmbeddedOrg } from '../../intents/embeddedOrg.ts';
import { until } from '../../support/until.ts';
import type { HomeStandIn } from './homeStandIn.ts';

// The org runs in Node.js, which has these; jsdom has not.
Object.assign(globalThis, { TextDecoder, TextEncoder });
const { openEmbeddedOrg } = await import('../../intents/embeddedOrg.ts');
const { homeSession, openHomeDesk } = await import('../homeDesk.ts');
const { openHome } = await import('./homeStandIn.ts');

let org: EmbeddedOrg;
let ids: { ada: string; engines: string };
let home: HomeStandIn;

beforeAll(async () => {
  org = await openEmbeddedOrg();
  const engines = org.create('Account', { Name: 'Zephyrine Engines', Website: 'www.zephyrine.example' });
  ids = {
    engines,
    ada: org.create('Contact', {
      FirstName: 'Ada',
      LastName: 'Zephyrine',
      Email: 'ada@zephyrine.example',
      AccountId: engines,
    }),
  };
  home = await openHome();
});
afterEach(() => home.deregister('salesforce'));

type Answer = NonNullable<Parameters<typeof openHomeDesk>[1]>['answer'];

async function open({ answer }: { answer?: Answer } = {}) {
  const seen = { isIn: true, done: [] as unknown[], ended: 0 };
  const desk = openHomeDesk(org, {
    session: () => success(seen.isIn ? homeSession : undefined),
    ...(answer && { answer }),
  });
  const provider = createHomeProvider({
    home: desk.home,
    providerId: 'salesforce',
    icon: 'https://desk.example/salesforce.svg',
    typingPauseMs: 20,
    deeds: {
      signIn: async () => {
        seen.isIn = true;
      },
      raise: async (intent, context) => void seen.done.push([intent, context.type]),
      open: async (url) => void seen.done.push(url),
    },
  });
  await home.register(provider);
  return { seen, requested: desk.requested };
}

it('is a provider of Home that hears where the focus is', async () => {
  await open();
  expect(home.provider()).toMatchObject({
    id: 'salesforce',
    title: 'Salesforce',
    icon: 'https://desk.example/salesforce.svg',
    dispatchFocusEvents: true,
    scoreOrder: 'ascending',
  });
});

it('shows what is found, best first, with a card and the actions by their keys', async () => {
  await open();
  await home.type('zephyrine');
  const [best, ...others] = home.results();
  expect(best).toMatchObject({
    key: ids.engines,
    title: 'Zephyrine Engines',
    label: 'Account',
    template: 'Custom',
    actions: [
      { name: 'View', hotkey: 'enter' },
      { name: 'Open in Salesforce', hotkey: 'Alt+O' },
    ],
  });
  expect(others.map(({ key }) => key)).toContain(ids.ada);
  expect(home.filters()).toMatchObject([
    {
      id: 'salesforce-objects',
      type: 'MultiSelect',
      options: [{ value: 'Account', isSelected: true }, { value: 'Contact' }],
    },
  ]);
});

/** Data keys that the fragments of a card name, at any depth. */
const keysIn = (fragment: { dataKey?: string; children?: object[] }): string[] => [
  ...(fragment.dataKey === undefined ? [] : [fragment.dataKey]),
  ...(fragment.children ?? []).flatMap((child) => keysIn(child)),
];

it('has data for every part of its cards, without which Home shows none of them', async () => {
  await open();
  await home.type('zephyrine');
  for (const result of home.results()) {
    const { layout, data } = result.templateContent as { layout: object; data: object };
    expect(keysIn(layout).filter((key) => !(key in data))).toEqual([]);
  }
});

it('does what is chosen, follows links on cards, and nothing while the focus moves', async () => {
  const { seen } = await open();
  await home.type('zephyrine');
  await home.focus(ids.ada);
  expect(seen.done).toEqual([]);
  await home.choose(ids.ada, 'View');
  await home.choose(ids.ada, 'E-mail');
  const website = home.results().find(({ key }) => key === ids.engines)!;
  const link = Object.keys((website.data as { deeds: object }).deeds).find((name) => name.startsWith('Open link'))!;
  await home.choose(ids.engines, link);
  expect(seen.done).toEqual([
    ['salesforce.ViewRecord', 'salesforce.record'],
    'mailto:ada@zephyrine.example',
    'https://www.zephyrine.example',
  ]);
});

it('searches in the objects of the filter, and keeps the others to choose from', async () => {
  await open();
  await home.type('zephyrine');
  await home.filter('zephyrine', ['Contact']);
  expect(home.results().map(({ key }) => key)).toEqual([ids.ada]);
  expect(home.filters()).toMatchObject([
    {
      options: [
        { value: 'Account', isSelected: false },
        { value: 'Contact', isSelected: true },
      ],
    },
  ]);
});

it('asks once for what is typed in one go', async () => {
  const { requested } = await open();
  const typed = ['zep', 'zeph', 'zephyrine'].map((query) => home.type(query));
  await Promise.all(typed);
  expect(requested.filter((path) => path.includes('FIND {'))).toHaveLength(1);
});

it('calls off what is not wanted any more', async () => {
  let signal: AbortSignal | undefined;
  await open({
    answer: (_path, given) => {
      signal = given;
      return new Promise(() => undefined);
    },
  });
  void home.type('zephyrine').catch(() => undefined);
  await until(() => signal !== undefined);
  await home.callOff();
  expect(signal!.aborted).toBe(true);
});

it('offers the sign-in, and after it shows in its place what was typed before', async () => {
  const { seen } = await open();
  seen.isIn = false;
  await home.type('zephyrine');
  expect(home.results()).toMatchObject([
    { title: 'Sign in to Salesforce', template: 'SimpleText', actions: [{ hotkey: 'enter' }] },
  ]);
  await home.choose(home.results()[0]!.key, 'Sign in');
  await until(() => home.results().some(({ key }) => key === ids.ada));
  expect(home.results().some(({ title }) => title === 'Sign in to Salesforce')).toBe(false);
});

it('says what has failed, and loads again', async () => {
  let isDown = true;
  await open({
    answer: () => (isDown ? Promise.resolve(failure('NETWORK_FAILED', 'Salesforce cannot be reached.')) : undefined),
  });
  await home.type('zephyrine');
  expect(home.results()).toMatchObject([{ template: 'Error', templateContent: 'Salesforce cannot be reached.' }]);
  isDown = false;
  await home.reload(home.results()[0]!.key);
  await until(() => home.results().some(({ key }) => key === ids.ada));
  expect(home.results().some(({ template }) => template === 'Error')).toBe(false);
});
