/** A record that is shown while it changes, with what Salesforce answers scripted. */
import { ApiRequestError } from '../../src/client/errors.ts';
import type { LiveEvent, Subscription } from '../../src/client/subscription.ts';
import type { RecordApi } from '../../src/record-view/recordApi.ts';
import { ShownRecord, type Watch } from '../../src/record-view/shownRecord.ts';
import { until } from '../support/until.ts';

const id = '003000000000001AAA';
type Screen = Parameters<ConstructorParameters<typeof ShownRecord>[0]['onChange']>[0];

const info = (apiName: string) => ({ apiName, label: apiName, dataType: 'String' });
const item = (apiName: string) => ({ layoutComponents: [{ apiName, componentType: 'Field' }] });
const layout = { sections: [{ layoutRows: [{ layoutItems: ['Title', 'Phone'].map(item) }] }] };
const objectInfo = {
  apiName: 'Contact',
  label: 'Contact',
  labelPlural: 'Contacts',
  fields: {
    Title: info('Title'),
    Phone: info('Phone'),
    AccountId: { ...info('AccountId'), dataType: 'Reference', relationshipName: 'Account' },
    OwnerId: { ...info('OwnerId'), dataType: 'Reference', relationshipName: 'Owner' },
  },
};

/** An answer of the User Interface API with two fields of the layout. */
const pageOf = (fields: Record<string, string>, systemModstamp: string, account = 'Acme') => ({
  apiName: 'Contact',
  id,
  systemModstamp,
  fields: {
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])),
    Account: { value: { apiName: 'Account', id: '001000000000001AAA', fields: { Name: { value: account } } } },
    Owner: { value: null },
  },
});

const first = '2026-11-26T10:00:00.000Z';
const second = '2026-11-26T10:00:05.000Z';

const running: AbortController[] = [];
afterEach(() => running.splice(0).forEach((controller) => controller.abort()));

async function shown(isAnew?: boolean) {
  const answers = { page: pageOf({ Name: 'Ada', Title: 'Countess', Phone: '1' }, first), cases: [] as object[] };
  const asked: { path: string; maxAge: number | undefined }[] = [];
  const api = {
    orgUrl: 'https://acme.my.salesforce.com',
    executeApiRequest: async (path: string, ...others: unknown[]) => {
      asked.push({ path, maxAge: (others.at(-1) as { maxAge?: number }).maxAge });
      if (path.includes('/ui-api/records/')) return { data: answers.page };
      if (path.includes('/ui-api/')) return { data: path.includes('/object-info/') ? objectInfo : layout };
      const records = path.includes('Case') ? answers.cases : [];
      return { data: { totalSize: records.length, records } };
    },
  } as unknown as RecordApi;
  const listeners: ((event: LiveEvent<{ Id: string }>) => void)[] = [];
  const ended: number[] = [];
  const targets: Parameters<Watch>[0][] = [];
  const watch: Watch = (what, listener) => {
    targets.push(what);
    const index = listeners.push(listener) - 1;
    return { state: 'live', asOf: new Date(), end: () => ended.push(index) } as unknown as Subscription<{ Id: string }>;
  };
  const screens: Screen[] = [];
  const failures: unknown[] = [];
  const controller = new AbortController();
  running.push(controller);
  await new ShownRecord({
    api,
    watch,
    id,
    isAnew,
    signal: controller.signal,
    onChange: (screen) => screens.push(screen),
    onFailure: (error) => failures.push(error),
  }).open();
  // The record, and each of a contact's related lists.
  await until(() => listeners.length === 5);
  const record = (SystemModstamp: string, Name = 'Acme') => ({ Id: id, SystemModstamp, Account: { Name } });
  const pages = () => asked.filter(({ path }) => path.includes('/ui-api/records/'));
  return { answers, asked, pages, listeners, targets, ended, screens, failures, controller, record };
}

const asOf = new Date();

it('is not read again when the org says that it is as it is shown', async () => {
  const { listeners, pages, record } = await shown();
  listeners[0]!({ kind: 'data', records: [record('2026-11-26T10:00:00.000+0000')], asOf });
  listeners[0]!({ kind: 'state', state: 'live', asOf });
  expect(pages()).toHaveLength(1);
});

it('is read again from the org, and not from a copy, when it has changed; what differs is marked', async () => {
  const { answers, listeners, pages, record, screens } = await shown();
  answers.page = pageOf({ Name: 'Ada', Title: 'Programmer', Phone: '1' }, second);
  const changed = record(second);
  listeners[0]!({ kind: 'updated', record: changed, changed: ['SystemModstamp'], records: [changed], asOf });
  await until(() => screens.at(-1)!.isMarked('\nTitle'));
  expect(pages().map(({ maxAge }) => maxAge)).toEqual([60_000, 0]);
  expect(screens.at(-1)!.isMarked('\nPhone')).toBe(false);
});

it('is read again when it has changed between its being read and being watched', async () => {
  const { listeners, pages, record } = await shown();
  listeners[0]!({ kind: 'data', records: [record(second)], asOf });
  await until(() => pages().length === 2);
});

it('is read again when a record that it refers to has another name, which it shows', async () => {
  const { answers, listeners, targets, pages, record, screens } = await shown();
  expect(targets[0]).toEqual({ type: 'Contact', id, fields: ['SystemModstamp', 'Account.Name'] });
  listeners[0]!({ kind: 'data', records: [record(first, 'Renamed before')], asOf });
  await until(() => pages().length === 2);
  answers.page = pageOf({ Name: 'Ada', Title: 'Countess', Phone: '1' }, first, 'Renamed');
  const changed = record(first, 'Renamed');
  listeners[0]!({ kind: 'updated', record: changed, changed: ['Account.Name'], records: [changed], asOf });
  await until(() => pages().length === 3 && screens.at(-1)!.page.parentNames.get('Account.Name') === 'Renamed');
});

it('reads its related lists again when one of them has changed, and marks the row', async () => {
  const { asked, listeners, screens } = await shown();
  const row = { Id: '500000000000001AAA' };
  const queries = () => asked.filter(({ path }) => path.includes('/query')).length;
  const before = queries();
  listeners[2]!({ kind: 'created', record: row, records: [row], asOf });
  await until(() => queries() === before + 4);
  expect(screens.at(-1)!.isMarked(row.Id)).toBe(true);
});

it('begins with what the desktop has read within a minute, unless the person wants it as it is now', async () => {
  const ages = ({ asked }: Awaited<ReturnType<typeof shown>>) => [...new Set(asked.map(({ maxAge }) => maxAge))];
  // How records are shown is kept for as long as the provider keeps it.
  expect(ages(await shown())).toEqual([60_000, undefined]);
  expect(ages(await shown(true))).toEqual([0]);
});

it('asks for its related lists in the same moment as for itself', async () => {
  const { asked } = await shown();
  expect(asked.slice(0, 5).filter(({ path }) => path.includes('/query'))).toHaveLength(4);
});

it('shows the rows of a list as the org has them, where they were read before, and marks what is new', async () => {
  const { answers, asked, listeners, screens } = await shown();
  const queries = () => asked.filter(({ path }) => path.includes('/query')).length;
  const before = queries();
  listeners[2]!({ kind: 'data', records: [], asOf });
  expect(queries()).toBe(before);
  const added = { Id: '500000000000001AAA', Subject: 'New elsewhere' };
  answers.cases = [added];
  listeners[2]!({ kind: 'data', records: [added], asOf });
  const cases = () => {
    const { related } = screens.at(-1)!;
    return related.kind === 'loaded' ? related.lists.find(({ label }) => label === 'Cases') : undefined;
  };
  await until(() => cases()?.rows[0]?.title === 'New elsewhere');
  expect(screens.at(-1)!.isMarked(added.Id)).toBe(true);
});

it('is read from the org where nothing will tell of changes, as where live data is switched off', async () => {
  const { answers, listeners, pages, screens } = await shown();
  answers.page = pageOf({ Name: 'Ada', Title: 'Programmer', Phone: '1' }, second);
  const error = new ApiRequestError('Live data is switched off on this desktop.');
  for (const listener of listeners) listener({ kind: 'end', error, asOf: undefined });
  await until(() => screens.at(-1)!.isMarked('\nTitle'));
  expect(pages().map(({ maxAge }) => maxAge)).toEqual([60_000, 0]);
});

it('is gone where the org says so when it is asked, though it was read a moment ago', async () => {
  const { listeners, failures } = await shown();
  listeners[0]!({ kind: 'data', records: [], asOf });
  expect(failures).toMatchObject([{ name: 'RecordGoneError' }]);
});

it('says so when it is gone, and is watched no more when something else is shown', async () => {
  const { listeners, failures, controller, ended } = await shown();
  listeners[0]!({ kind: 'deleted', id, records: [], asOf });
  expect(failures).toMatchObject([{ name: 'RecordGoneError' }]);
  controller.abort();
  expect(ended).toEqual([0, 1, 2, 3, 4]);
});
