/** A record's page, as the embedded org lays it out for a person. */
import { ApiRequestError } from '../../src/client/errors.ts';
import { loadNewRecordForm } from '../../src/record-view/newRecord.ts';
import type { RecordApi } from '../../src/record-view/recordApi.ts';
import { loadRecordPage } from '../../src/record-view/recordPage.ts';
import { openEmbeddedOrg, orgUrl, type EmbeddedOrg } from '../intents/embeddedOrg.ts';

let org: EmbeddedOrg;
let api: RecordApi;
let contact: string;

beforeAll(async () => {
  org = await openEmbeddedOrg();
  api = {
    orgUrl,
    async executeApiRequest<T>(path: string, method?: string, data?: unknown) {
      const { status, body } = org.send(path, method as 'GET', data);
      if (status >= 400) throw new ApiRequestError(JSON.stringify(body), status, { data: body });
      return { status, data: body as T };
    },
  };
  const account = org.create('Account', { Name: 'Shown plc' });
  contact = org.create('Contact', { LastName: 'Shown', MobilePhone: '+44 7', Phone: '+44 20', AccountId: account });
});

afterEach(() => org.hide([]));

describe('a person who may not see some fields of a record', () => {
  it('is shown the record without them', async () => {
    const labels = async () => {
      const { sections } = await loadRecordPage(api, contact);
      return sections.flatMap(({ fields }) => fields.map(({ label }) => label));
    };
    const all = await labels();
    org.hide(['Contact.MobilePhone', 'Contact.AccountId', 'Contact.Birthdate']);
    const left = await labels();
    expect(all.filter((label) => !left.includes(label))).toHaveLength(3);
    const { name, ways } = await loadRecordPage(api, contact);
    expect(name).toBe('Shown');
    expect(ways.phones.map(({ value }) => value)).toEqual(['+44 20']);
  });

  it('is asked in a new one for what they may fill in', async () => {
    org.hide(['Contact.MobilePhone']);
    const { fields, moreFields } = await loadNewRecordForm(api, 'Contact', {});
    const names = [...fields, ...moreFields].map((field) => field.name);
    expect(names).toContain('HomePhone');
    expect(names).not.toContain('MobilePhone');
  });
});
