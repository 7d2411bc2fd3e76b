/** Records that a lookup field may refer to. */
import { openEmbeddedOrg, type EmbeddedOrg } from '../../../../intents/embeddedOrg.ts';

let org: EmbeddedOrg;
const ids: string[] = [];

beforeAll(async () => {
  org = await openEmbeddedOrg();
  for (const [Name, Site] of [
    ['Zephyr Lookup Bank', 'Leeds'],
    ['Zephyr Lookup Bank', 'York'],
    ['Bank of Zephyrs', null],
  ])
    ids.push(org.create('Account', { Name, Site, Phone: '+44 20 7946 0000' }));
});

interface Collection {
  count: number;
  nextPageToken: string | null;
  nextPageUrl: string | null;
  records: { id: string; apiName: string; fields: Record<string, { value: unknown }> }[];
}

const body = { sourceRecord: { fields: { Id: null } } };
const ask = (path: string, sent: unknown = body) =>
  org.send(`/services/data/v66.0/ui-api/lookups/${path}`, 'POST', sent);
function find(path: string, sent?: unknown): Record<string, Collection> {
  const { status, body: answer } = ask(path, sent);
  expect(status).toBe(200);
  return (answer as { lookupResults: Record<string, Collection> }).lookupResults;
}
const namesIn = ({ records }: Collection) => records.map(({ fields }) => fields['Name']?.value);

it('are those that the person has used last, where nothing is sought', () => {
  const { Account } = find('Contact/AccountId?pageSize=3');
  expect(Account!.records.map(({ id }) => id)).toEqual(ids.toReversed());
});

it('are found by any searchable field, or by how the name begins', () => {
  expect(namesIn(find('Contact/AccountId?searchType=Search&q=zephyr').Account!).sort()).toEqual([
    'Bank of Zephyrs',
    'Zephyr Lookup Bank',
    'Zephyr Lookup Bank',
  ]);
  expect(find('Contact/AccountId?searchType=Search&q=7946').Account!.count).toBe(3);
  expect(find('Contact/AccountId?searchType=TypeAhead&q=zephyr').Account!.count).toBe(2);
  expect(find('Contact/AccountId?searchType=TypeAhead&q=nobody').Account).toMatchObject({ count: 0, records: [] });
});

it('say by what they are told from others of their name', () => {
  const { Account } = find('Contact/AccountId?searchType=TypeAhead&q=zephyr');
  const sites = Account!.records.map(({ fields }) => fields['DisambiguationField']?.value);
  expect(sites.sort()).toEqual(['Leeds', 'York']);
});

it('come in pages, and in the order that is asked for', () => {
  const orderBy = [{ fieldApiName: 'Site', isAscending: false }];
  const first = find('Contact/AccountId?searchType=TypeAhead&q=zephyr&pageSize=1', { ...body, orderBy }).Account!;
  expect(first.records[0]!.fields['Site']?.value).toBe('York');
  const { nextPageUrl } = first;
  const next = org.send(nextPageUrl!, 'POST', { ...body, orderBy }).body as { lookupResults: { Account: Collection } };
  expect(next.lookupResults.Account.records[0]!.fields['Site']?.value).toBe('Leeds');
  expect(next.lookupResults.Account.nextPageUrl).toBeNull();
});

it('are of each object that the field may refer to, or of the one that is asked for', () => {
  org.create('Lead', { LastName: 'Zephyrine', Company: 'Wind' });
  org.create('Contact', { LastName: 'Zephyrine' });
  expect(Object.keys(find('Task/WhoId?searchType=Search&q=zephyrine')).sort()).toEqual(['Contact', 'Lead']);
  expect(Object.keys(find('Task/WhoId?searchType=Search&q=zephyrine&targetApiName=Lead'))).toEqual(['Lead']);
});

it('are refused for a field that is no lookup, another object, and a term that is too short', () => {
  for (const path of [
    'Contact/LastName',
    'Contact/AccountId?targetApiName=Lead',
    'Contact/AccountId?searchType=Search&q=z',
    'Contact/AccountId?searchType=TypeAhead&q=ze',
    'Contact/AccountId?searchType=Guess&q=zephyr',
    'Contact/AccountId?page=0',
  ])
    expect([path, ask(path).status]).toEqual([path, 400]);
  expect(ask('Contact/AccountId', {}).status).toBe(400);
  expect(org.send('/services/data/v66.0/ui-api/lookups/Contact/AccountId').status).toBe(405);
});

it('are not asked for through a field that is hidden from the person', () => {
  org.hide(['Contact.AccountId']);
  expect(ask('Contact/AccountId').status).toBe(400);
  org.hide([]);
});
