import { OpenError, ResolveError, ResultError } from '@finos/fdc3';
import { failure, failureCodes, type FailureCode } from '../../src/outcomes/failure.ts';
import { fdc3Errors, intentErrorOf } from '../../src/intents/intentError.ts';

describe('fdc3Errors', () => {
  it('are the strings of the standard', () => {
    expect(fdc3Errors).toEqual({
      userCancelled: ResolveError.UserCancelled,
      resolverTimeout: ResolveError.ResolverTimeout,
      targetUnavailable: ResolveError.TargetAppUnavailable,
      malformedContext: ResolveError.MalformedContext,
      handlerRejected: ResultError.IntentHandlerRejected,
      apiTimeout: ResultError.ApiTimeout,
      errorOnLaunch: OpenError.ErrorOnLaunch,
    });
  });
});

describe('intentErrorOf', () => {
  it.each([
    ['SIGN_IN_WINDOW_CLOSED', ResolveError.UserCancelled],
    ['SIGN_IN_TIMED_OUT', ResolveError.ResolverTimeout],
    ['ORG_UNREACHABLE', ResolveError.TargetAppUnavailable],
    ['APP_NOT_ALLOWED', ResultError.IntentHandlerRejected],
  ] as const)('tells %s as %s', (code, message) => {
    const { error } = failure(code, 'a sentence', { correlationId: 'c-1' });
    expect(intentErrorOf(error)).toMatchObject({ message, code, reason: 'a sentence', correlationId: 'c-1' });
  });

  it('has an FDC3 word for every failure', () => {
    const words: string[] = Object.values(fdc3Errors);
    for (const code of Object.keys(failureCodes) as FailureCode[]) {
      expect(words).toContain(intentErrorOf(failure(code, '').error).message);
    }
  });
});
