/** What the search bar makes of typing, answers, keys and people who leave. */
import type { SearchItem, SearchReply } from '../../../src/channel/searchMessages.ts';
import { createSearchBar, type SearchState } from '../../../sandbox/platform/searchBar.ts';
import { until } from '../../support/until.ts';

const record = (title: string, more: Partial<SearchItem> = {}): SearchItem => ({
  key: title,
  kind: 'record',
  title,
  label: 'Contact',
  fields: [],
  actions: [
    {
      name: 'View',
      hotkey: 'enter',
      does: { kind: 'intent', intent: 'salesforce.ViewRecord', context: { type: 'x' } },
    },
    { name: 'Call', hotkey: 'Alt+C', does: { kind: 'open', url: 'tel:+1' } },
  ],
  score: 0,
  ...more,
});
const reply = (...titles: string[]): SearchReply => ({
  items: titles.map((title) => record(title)),
  objects: ['Contact', 'Account'],
});

function openBar(answer: (query: string, only?: readonly string[]) => Promise<SearchReply>) {
  const seen = { shown: undefined as SearchState | undefined, done: [] as unknown[], asked: [] as unknown[] };
  const bar = createSearchBar({
    search(query, only) {
      seen.asked.push(only ? [query, only] : query);
      return answer(query, only);
    },
    raise: async (intent) => void seen.done.push(intent),
    open: (url) => void seen.done.push(url),
    signIn: async () => void seen.done.push('signIn'),
    draw: (state) => (seen.shown = state),
    tell: (error) => void seen.done.push(error),
  });
  return { bar, seen };
}

it('asks once for what is typed in one go, and shows no answer to what was typed before', async () => {
  const answers = new Map<string, (reply: SearchReply) => void>();
  const { bar, seen } = openBar((query) => new Promise((resolve) => answers.set(query, resolve)));
  bar.open();
  for (const query of ['t', 'ti', 'tim']) bar.type(query);
  await until(() => answers.has('tim'));
  bar.type('tim b');
  await until(() => answers.has('tim b'));
  answers.get('tim b')!(reply('Tim Barr'));
  await until(() => seen.shown?.items.length === 1);
  answers.get('tim')!(reply('Tim Other'));
  await Promise.resolve();
  expect(seen.shown).toMatchObject({
    answered: 'tim b',
    isBusy: false,
    active: 'Tim Barr',
    items: [{ title: 'Tim Barr' }],
  });
  expect(seen.asked).not.toContain('ti');
});

it('goes around the list by arrow keys, and does what the key of the action says', async () => {
  const { bar, seen } = openBar(async () => reply('Ada', 'Bob'));
  bar.open();
  await until(() => seen.shown?.items.length === 2);
  bar.move(-1);
  expect(seen.shown?.active).toBe('Bob');
  bar.move(1);
  expect(seen.shown?.active).toBe('Ada');
  expect(bar.press('Alt+Z')).toBe(false);
  expect(bar.press('Alt+C')).toBe(true);
  await until(() => seen.done.length === 1);
  expect([seen.done, seen.shown]).toEqual([['tel:+1'], undefined]);
});

it('keeps the kinds of objects to choose from while one is chosen, and searches that one', async () => {
  const { bar, seen } = openBar(async (_query, only) => ({
    ...reply('Ada'),
    objects: only ? [...only] : ['Contact', 'Account'],
  }));
  bar.open();
  await until(() => seen.shown?.objects.length === 2);
  bar.toggle('Account');
  await until(() => seen.asked.length === 2 && seen.shown?.isBusy === false);
  expect(seen.asked[1]).toEqual(['', ['Account']]);
  expect(seen.shown).toMatchObject({ only: ['Account'], objects: ['Contact', 'Account'] });
});

it('leads through the sign-in, and then finds what was typed before', async () => {
  let isIn = false;
  const signIn = record('Sign in', {
    kind: 'signIn',
    actions: [{ name: 'Sign in', hotkey: 'enter', does: { kind: 'signIn' } }],
  });
  const { bar, seen } = openBar(async () => (isIn ? reply('Ada') : { items: [signIn], objects: [] }));
  bar.open();
  bar.type('ada');
  await until(() => seen.shown?.items.length === 1);
  isIn = true;
  bar.press('enter');
  await until(() => seen.shown?.items[0]?.title === 'Ada');
  expect(seen.shown?.query).toBe('ada');
});

it('says what has happened when the provider does not answer, and asks again', async () => {
  let isThere = false;
  const { bar, seen } = openBar(async () => {
    if (!isThere) throw new Error('The Salesforce provider went away.');
    return reply('Ada');
  });
  bar.open();
  await until(() => seen.shown?.items.length === 1);
  expect(seen.shown?.items).toMatchObject([{ kind: 'failure', subtitle: 'The Salesforce provider went away.' }]);
  isThere = true;
  bar.press('enter');
  await until(() => seen.shown?.items[0]?.title === 'Ada');
});

it('shows nothing of a person who has left, and no answer that was for them', async () => {
  let answer: (reply: SearchReply) => void = () => undefined;
  const { bar, seen } = openBar(() => new Promise((resolve) => (answer = resolve)));
  bar.open();
  await until(() => seen.asked.length === 1);
  bar.personLeft();
  answer(reply('Ada'));
  await Promise.resolve();
  expect(seen.shown).toBeUndefined();
  bar.open();
  expect(seen.shown).toMatchObject({ query: '', items: [] });
});
