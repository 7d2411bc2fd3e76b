import { ParameterError, record, type ApiRequestError } from '../../src/client/index.ts';
import { connectApp, rejection } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 20 });
const someId = '003000000000001AAA';
const nobody = { executeApiRequest: () => Promise.reject(new Error('sent')) };

describe('record', () => {
  it('is made, read, changed and deleted', async () => {
    const { salesforce } = await connectApp(org.url);
    const id = await record(salesforce, 'Contact').create({ LastName: 'Lovelace', Email: 'ada@engines.example' });
    const ada = record(salesforce, 'Contact', id);
    expect(await ada.read(['LastName', 'Email', 'Owner.Name'])).toEqual({
      attributes: expect.objectContaining({ type: 'Contact' }),
      Id: id,
      LastName: 'Lovelace',
      Email: 'ada@engines.example',
      Owner: expect.objectContaining({ Name: 'Morgan Reed' }),
    });
    await ada.update({ Email: null, Birthdate: '1815-12-10', Title: 'Countess' });
    expect(await ada.read(['Email', 'Birthdate'])).toMatchObject({ Email: null, Birthdate: '1815-12-10' });
    await ada.delete();
    expect(await rejection(ada.read(['Email']))).toMatchObject({ status: 404, errors: [{ errorCode: 'NOT_FOUND' }] });
  });

  it('is changed or made by the value of an external id, whatever that value is', async () => {
    const { salesforce } = await connectApp(org.url);
    const accounts = record(salesforce, 'Account');
    for (const lei of ['549300MLUDYVRQOOXS22', 'a b+c', 'ä&?=#', "o'neil", 7]) {
      const made = await accounts.upsert('LEI__c', lei, { Name: `First ${lei}` });
      expect([lei, made]).toEqual([lei, { id: expect.stringMatching(/^001/), created: true }]);
      expect(await accounts.upsert('LEI__c', lei, { Name: `Second ${lei}` })).toEqual({ id: made.id, created: false });
      expect(await record(salesforce, 'Account', made.id).read(['Name', 'LEI__c'])).toMatchObject({
        Name: `Second ${lei}`,
        LEI__c: String(lei),
      });
    }
  });

  it('is changed by an external id also where the answer to the first attempt is lost, if the app says that it may be', async () => {
    const { salesforce } = await connectApp(org.url);
    const accounts = record(salesforce, 'Account');
    const lose = () =>
      org.control.injectFault({ kind: 'drop', afterWork: true }, { path: '/LEI__c/', method: 'PATCH' });
    await lose();
    const lost = await rejection(accounts.upsert('LEI__c', 'lost-1', { Name: 'Lost once' }));
    expect(lost).toMatchObject({ name: 'ApiRequestError' });
    await lose();
    const { id } = await accounts.upsert('LEI__c', 'lost-2', { Name: 'Lost twice' }, { isIdempotent: true });
    expect(await record(salesforce, 'Account', id).read(['Name'])).toMatchObject({ Name: 'Lost twice' });
  });

  it('is not overwritten where somebody else was faster', async () => {
    const { salesforce } = await connectApp(org.url);
    const id = await record(salesforce, 'Account').create({ Name: 'Raced' });
    const failed = await rejection(
      record(salesforce, 'Account', id).update({ Name: 'Late' }, { ifUnmodifiedSince: new Date('2020-01-01') }),
    );
    expect(failed).toMatchObject({ status: 412 });
    expect(await record(salesforce, 'Account', id).read(['Name'])).toMatchObject({ Name: 'Raced' });
  });

  it('says which field was refused', async () => {
    const { salesforce } = await connectApp(org.url);
    const failed = (await rejection(record(salesforce, 'Contact').create({ FirstName: 'Ada' }))) as ApiRequestError;
    expect(failed.errors).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }]);
    expect(failed.message).toContain('LastName');
  });

  it.each<[string, () => unknown]>([
    ['no API name of an object', () => record(nobody, 'Contact/../Account' as never)],
    ['no API name of an object', () => record(nobody, undefined as never)],
    ['no record id', () => record(nobody, 'Contact', 'latest')],
    ['no record id', () => record(nobody, 'Contact', undefined as never)],
    ['connection', () => record(null as never, 'Contact')],
  ])('refuses at once: %s', (why, make) => {
    expect(make).toThrow(ParameterError);
    expect(make).toThrow(why);
  });

  const contact = record(nobody, 'Contact', someId);
  const contacts = record(nobody, 'Contact');
  it.each<[string, () => Promise<unknown>]>([
    ['list of names', () => contact.read([])],
    ['list of names', () => contact.read('Name' as never)],
    ['no API name of a field', () => contact.read(['Name&x=1' as never])],
    ['no API name of a field', () => contact.read(['Owner..Name'])],
    ['"fields"', () => contact.read(['Name'], { fields: 'x' } as never)],
    ['object of fields', () => contact.update(null as never)],
    ['object of fields', () => contact.update([] as never)],
    ['object of fields', () => contact.update(new Date() as never)],
    ['Description is NaN', () => contact.update({ Description: Number.NaN as never })],
    ['Birthdate is a Date that is none', () => contact.update({ Birthdate: new Date('x') })],
    ['bigint', () => contact.update({ Amount__c: 5n })],
    ['Account.Size__c is Infinity', () => contact.update({ Account: { Size__c: Infinity } })],
    ['no API name of a field', () => contact.update({ 'Last Name': 'x' } as never)],
    ['Id is not among', () => contact.update({ Id: someId } as never)],
    ['ifUnmodifiedSince', () => contact.update({}, { ifUnmodifiedSince: 'yesterday' as never })],
    ['isIdempotent', () => contacts.upsert('Key__c', 'a', {}, { isIdempotent: 1 as never })],
    ['"isIdempotent"', () => contacts.create({ LastName: 'x' }, { isIdempotent: true } as never)],
    ['"ifUnmodifiedSince"', () => contacts.create({ LastName: 'x' }, { ifUnmodifiedSince: new Date() } as never)],
    ['allowDuplicates', () => contacts.create({ LastName: 'x' }, { allowDuplicates: 1 as never })],
    ['not empty', () => contacts.upsert('Key__c', '', {})],
    ['not empty', () => contacts.upsert('Key__c', '  ', {})],
    ['not empty', () => contacts.upsert('Key__c', undefined as never, {})],
    ['not empty', () => contacts.upsert('Key__c', Number.NaN, {})],
    ['cannot stand in a path', () => contacts.upsert('Key__c', '..', {})],
    ['cannot stand in a path', () => contacts.upsert('Key__c', '.', {})],
    ['among the values too', () => contacts.upsert('Key__c', 'a', { Key__c: 'a' })],
    ['no API name of a field', () => contacts.upsert('Key__c/x', 'a', {})],
  ])('refuses before anything is sent: %s', async (why, call) => {
    const failed = await rejection(call());
    expect(failed).toBeInstanceOf(ParameterError);
    expect((failed as Error).message).toContain(why);
  });
});
