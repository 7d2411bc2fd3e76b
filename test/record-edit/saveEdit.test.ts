/** Two people on one record, in the embedded org over HTTP. */
import { ApiRequestError } from '../../src/client/errors.ts';
import { saveEdit } from '../../src/record-edit/saveEdit.ts';
import { collisionForms } from '../../sandbox/org/rest/uiApi/collisionForms.ts';
import { contactFields, openEditedOrg, read, type EditedOrg } from './editedOrg.ts';

let org: EditedOrg;
let id: string;

async function start(options: Parameters<typeof openEditedOrg>[0] = {}): Promise<void> {
  org = await openEditedOrg(options);
  id = await org.create('Contact', { LastName: 'Edited-Test', Title: 'Before', Phone: '1' });
}
afterEach(() => org.close());

const valuesNow = async () => {
  const { fields } = await read(org, id);
  return { Title: fields['Title']?.value, Phone: fields['Phone']?.value };
};
const save = async (
  base: Awaited<ReturnType<typeof read>>,
  mine: Record<string, unknown>,
  options: { allowDuplicates?: boolean } = {},
) => saveEdit(org.me, { base, mine, fields: contactFields, clock: org.clock, ...options });
/** The other person has their time too. */
const later = () => org.clock.wait(3_000);

describe('two people who change different fields of one record', () => {
  it('both keep what they have written, and the second is told what the first has changed', async () => {
    await start();
    const base = await read(org, id);
    await org.change(org.other, id, { Phone: '2' });
    await later();
    const outcome = await save(base, { Title: 'Mine' });
    expect(outcome).toMatchObject({ kind: 'saved', alsoChanged: ['Phone'] });
    expect(await valuesNow()).toEqual({ Title: 'Mine', Phone: '2' });
  });
});

describe('two people who change the same field of one record', () => {
  it('the second has overwritten nothing, and gets the record as the first has left it', async () => {
    await start();
    const base = await read(org, id);
    await later();
    await org.change(org.other, id, { Title: 'Theirs', Phone: '2' });
    const outcome = await save(base, { Title: 'Mine' });
    expect(outcome).toMatchObject({
      kind: 'collision',
      theirs: { fields: { Title: { value: 'Theirs' }, Phone: { value: '2' }, LastModifiedBy: {} } },
    });
    expect(org.sent).not.toContain('PATCH');
    expect(await valuesNow()).toEqual({ Title: 'Theirs', Phone: '2' });
  });

  it('are no trouble to each other when both have written the same', async () => {
    await start();
    const base = await read(org, id);
    await later();
    await org.change(org.other, id, { Title: 'Agreed' });
    expect(await save(base, { Title: ' Agreed ' })).toMatchObject({ kind: 'saved', alsoChanged: [] });
  });

  it.each(collisionForms)('is noticed between the last look and the write, by the form %s', async (collisionForm) => {
    await start({ collisionForm });
    const base = await read(org, id);
    await later();
    org.before('PATCH', () => org.change(org.other, id, { Title: 'Theirs' }));
    expect(await save(base, { Title: 'Mine' })).toMatchObject({ kind: 'collision' });
    expect(await valuesNow()).toMatchObject({ Title: 'Theirs' });
  });

  it('is noticed within one and the same second, in which the header sees nothing', async () => {
    await start();
    const base = await read(org, id);
    await org.change(org.other, id, { Title: 'Theirs' });
    expect(await save(base, { Title: 'Mine' })).toMatchObject({ kind: 'collision' });
  });

  it('is noticed when somebody writes once more within the second of the change that was seen', async () => {
    await start();
    const base = await read(org, id);
    await later();
    await org.change(org.other, id, { Phone: '2' });
    // The save has seen the other's first change by now, and would write in the same second.
    org.before('PATCH', () => org.change(org.other, id, { Title: 'Theirs' }));
    expect(await save(base, { Title: 'Mine' })).toMatchObject({ kind: 'collision' });
    expect(await valuesNow()).toEqual({ Title: 'Theirs', Phone: '2' });
  });
});

describe('a save', () => {
  it('sends what was changed and no other field', async () => {
    await start();
    const base = await read(org, id);
    await later();
    org.before('PATCH', () => org.change(org.other, id, { Phone: '2' }));
    expect(await save(base, { Title: 'Mine' })).toMatchObject({ kind: 'saved', alsoChanged: ['Phone'] });
    expect(await valuesNow()).toEqual({ Title: 'Mine', Phone: '2' });
  });

  it('empties a field', async () => {
    await start();
    const base = await read(org, id);
    await later();
    expect(await save(base, { Title: null })).toMatchObject({ kind: 'saved' });
    expect(await valuesNow()).toEqual({ Title: null, Phone: '1' });
  });

  it('whose answer was lost can be repeated, and is no collision with itself', async () => {
    await start();
    const base = await read(org, id);
    await later();
    org.after('PATCH', () => {
      throw new ApiRequestError('The network failed', undefined, { code: 'NETWORK_FAILED' });
    });
    await expect(save(base, { Title: 'Mine' })).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
    expect(await save(base, { Title: 'Mine' })).toMatchObject({ kind: 'saved' });
    expect(await valuesNow()).toEqual({ Title: 'Mine', Phone: '1' });
  });

  it('of a record that was deleted meanwhile says so, before the write and during it', async () => {
    await start();
    const base = await read(org, id);
    await later();
    const remove = () =>
      org.other.executeApiRequest(`/services/data/vXX.X/ui-api/records/${id}`, 'DELETE').then(() => undefined);
    org.before('PATCH', remove);
    const reason = expect.stringMatching(/^deleted/);
    expect(await save(base, { Title: 'Mine' })).toEqual({ kind: 'gone', reason });
    expect(await save(base, { Title: 'Mine' })).toEqual({ kind: 'gone', reason });
  });

  it('of a record that the person may not see any more says so', async () => {
    await start();
    const base = await read(org, id, org.other);
    await later();
    await org.change(org.me, id, { OwnerId: org.rest.administrator.id });
    const request = { base, mine: { Title: 'Mine' }, fields: contactFields, clock: org.clock };
    const outcome = await saveEdit(org.other, request);
    expect(outcome).toEqual({ kind: 'gone', reason: 'deletedOrNoAccess' });
  });

  it('tells what Salesforce refuses, at its field', async () => {
    await start();
    const base = await read(org, id);
    await later();
    const outcome = await save(base, { Email: 'no address' });
    expect(outcome).toMatchObject({ kind: 'refused', errors: { fields: { Email: expect.stringContaining('email') } } });
  });

  it('tells what a duplicate rule has found, and saves all the same when that is allowed', async () => {
    await start({ duplicateRules: true });
    const twin = await org.create('Contact', { LastName: 'Twin-Test', Email: 'twin@test.example' });
    const base = await read(org, id);
    await later();
    expect(await save(base, { Email: 'twin@test.example' })).toMatchObject({
      kind: 'refused',
      errors: { duplicates: [{ type: 'Contact', label: 'Contacts', ids: [twin], allowSave: true }] },
    });
    const again = await save(base, { Email: 'twin@test.example' }, { allowDuplicates: true });
    expect(again).toMatchObject({ kind: 'saved' });
  });

  it('gives up, and says so, where the org says each time that somebody is faster', async () => {
    await start();
    const base = await read(org, id);
    await later();
    const api = {
      executeApiRequest: ((path: string, method?: 'GET' | 'PATCH', ...others: unknown[]) =>
        method === 'PATCH'
          ? Promise.reject(new ApiRequestError('refused', 412))
          : org.me.executeApiRequest(path, method, ...(others as []))) as EditedOrg['me']['executeApiRequest'],
    };
    const outcome = await saveEdit(api, { base, mine: { Title: 'Mine' }, fields: contactFields, clock: org.clock });
    expect(outcome).toMatchObject({ kind: 'refused', errors: { general: [expect.stringContaining('again')] } });
    expect(await valuesNow()).toMatchObject({ Title: 'Before' });
  });
});
