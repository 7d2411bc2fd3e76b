import { apexRest, ParameterError } from '../../src/client/index.ts';
import { connectApp, rejection } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 20 });

describe('apexRest', () => {
  it('asks a service that the org has written', async () => {
    const { salesforce, sent } = await connectApp(org.url);
    const body = JSON.stringify({ covered: true });
    await org.control.answerWith({ path: '/services/apexrest/coverage/v1/', status: 200, body });
    const { data } = await apexRest<{ covered: boolean }>(salesforce, '/coverage/v1/001', {
      method: 'POST',
      body: { a: 1 },
    });
    expect(data).toEqual({ covered: true });
    expect(sent.at(-1)).toBe('POST /services/apexrest/coverage/v1/001');
  });

  it('rejects with what the org says of one that it does not have', async () => {
    const { salesforce } = await connectApp(org.url);
    expect(await rejection(apexRest(salesforce, '/nothing'))).toMatchObject({
      status: 404,
      errors: [{ errorCode: 'NOT_FOUND', message: 'Could not find a match for URL' }],
    });
  });

  it.each(['coverage', '//evil.example/x', '/', '', 5])('refuses %p, which is no path', async (path) => {
    const nobody = { executeApiRequest: () => Promise.reject(new Error('sent')) };
    expect(await rejection(apexRest(nobody, path as string))).toBeInstanceOf(ParameterError);
  });
});
