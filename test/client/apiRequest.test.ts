import { ApiRequestError, ParameterError, request, type ApiRequestOptions } from '../../src/client/index.ts';
import { connectApp, rejection } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 20 });
const accounts = '/services/data/vXX.X/sobjects/Account';

describe('request', () => {
  it('reads without options, and writes with all of them in one object', async () => {
    const { salesforce } = await connectApp(org.url);
    const created = await request<{ id: string }>(salesforce, accounts, {
      method: 'POST',
      body: { Name: 'One object' },
      headers: { 'Sforce-Auto-Assign': 'FALSE' },
      timeout: 30_000,
    });
    expect(created.status).toBe(201);
    const { data } = await request<{ Name: string }>(salesforce, `${accounts}/${created.data!.id}`);
    expect(data?.Name).toBe('One object');
    const bytes = await request<ArrayBuffer>(salesforce, `${accounts}/${created.data!.id}`, { answerAs: 'bytes' });
    expect(new TextDecoder().decode(bytes.data)).toContain('One object');
  });

  it('takes an answer that is young enough, and asks the org for one that is not', async () => {
    const { salesforce } = await connectApp(org.url);
    const { data } = await request<{ id: string }>(salesforce, accounts, { method: 'POST', body: { Name: 'Fresh' } });
    const path = `${accounts}/${data!.id}`;
    const readings = async () =>
      Object.entries((await org.control.counts()).requests)
        .filter(([line]) => line.includes(data!.id) || line.endsWith('/composite'))
        .reduce((sum, [, count]) => sum + count, 0);
    await request(salesforce, path);
    const before = await readings();
    await request(salesforce, path, { maxAge: 600_000, priority: 'background' });
    expect(await readings()).toBe(before);
    await request(salesforce, path, { maxAge: 0 });
    expect(await readings()).toBe(before + 1);
  });

  it('gives each fault of the answer with its code and its fields', async () => {
    const { salesforce } = await connectApp(org.url);
    const failed = await rejection(request(salesforce, accounts, { method: 'POST', body: {} }));
    expect(failed).toBeInstanceOf(ApiRequestError);
    expect(failed).toMatchObject({
      status: 400,
      code: 'REQUEST_FAILED',
      message: 'Required fields are missing: [Name]',
      errors: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }],
    });
  });

  it('names the field where Salesforce names its label only', async () => {
    const { salesforce } = await connectApp(org.url);
    const body = { Name: 'x'.repeat(300), BillingPostalCode: '1'.repeat(50) };
    const failed = (await rejection(request(salesforce, accounts, { method: 'POST', body }))) as ApiRequestError;
    const [fault] = failed.errors;
    expect(fault!.fields).toHaveLength(1);
    expect(failed.message).toContain(fault!.message!);
    expect(failed.message).toContain(fault!.fields![0]!);
  });

  it('says what is wrong with each field where the User Interface API says only that something is', async () => {
    const { salesforce } = await connectApp(org.url);
    const body = { apiName: 'Contact', fields: { Email: 'nobody', LastName: 'x' } };
    const failed = (await rejection(
      request(salesforce, '/services/data/vXX.X/ui-api/records', { method: 'POST', body }),
    )) as ApiRequestError;
    const [fault] = failed.errors;
    expect(fault!.output?.fieldErrors).toMatchObject({ Email: [{ errorCode: 'INVALID_EMAIL_ADDRESS' }] });
    expect(failed.message).toMatch(/^An error occurred while trying to create the record\..* Email: .*nobody/);
  });

  it('has no faults where nobody answered', () => {
    expect(new ApiRequestError('offline').errors).toEqual([]);
    expect(new ApiRequestError('odd', 500, { data: ['text', null, { errorCode: 'X' }] }).errors).toEqual([
      { errorCode: 'X' },
    ]);
  });

  it.each<[string, unknown, unknown]>([
    ['connection', {}, {}],
    ['connection', undefined, {}],
    ['"methode"', undefined, { methode: 'POST' }],
    ['answerAs', undefined, { answerAs: 'text' }],
    ['maxAge', undefined, { maxAge: -1 }],
    ['maxAge', undefined, { maxAge: '5' }],
    ['priority', undefined, { priority: 'high' }],
    ['object', undefined, 'POST'],
  ])('refuses what makes no request, before anything is sent: %s', async (why, connection, options) => {
    const nobody = { executeApiRequest: () => Promise.reject(new Error('sent')) };
    const by = why === 'connection' ? connection : nobody;
    const failed = await rejection(request(by as never, accounts, options as ApiRequestOptions));
    expect(failed).toBeInstanceOf(ParameterError);
    expect((failed as Error).message).toContain(why);
  });
});
