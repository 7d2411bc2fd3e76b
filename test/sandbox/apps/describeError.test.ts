import { describeError } from '../../../sandbox/apps/salesforceAccess.ts';
import { ApiRequestError, InitializationError } from '../../../src/client/index.ts';
import { failureCodes, type FailureCode } from '../../../src/outcomes/failure.ts';

describe('what a sample app says of a failure', () => {
  const said = (code: FailureCode, message: string): string => {
    const error = new ApiRequestError(message, 500);
    Object.defineProperty(error, 'code', { value: code });
    return describeError(error);
  };

  it.each([
    ['REQUEST_TIMED_OUT', 'The request took longer than its timeout of 30000 ms.'],
    ['NETWORK_FAILED', 'Add the origin under Setup > CORS.'],
    ['ORG_MISCONFIGURED', 'List custom domains under extraOrgOrigins.'],
    ['APP_NOT_ALLOWED', 'Have it listed under allowedApps.'],
  ] as const)('is nothing of what only administrators know: %s', (code, message) => {
    expect(said(code, message)).not.toMatch(/\d ms|Setup|CORS|extraOrgOrigins|allowedApps/);
  });

  it("is Salesforce's own sentence where it has refused something", () => {
    expect(said('REQUEST_FAILED', 'LastName: Required fields are missing')).toBe(
      'LastName: Required fields are missing',
    );
  });

  it('is a sentence for every failure', () => {
    for (const code of Object.keys(failureCodes) as FailureCode[])
      expect(said(code, 'A sentence.')).toMatch(/^[A-Z].*\.$/);
    expect(describeError(new InitializationError('No desktop.'))).toMatch(/\.$/);
    expect(describeError('nothing')).toBe('Something unexpected happened.');
  });
});
