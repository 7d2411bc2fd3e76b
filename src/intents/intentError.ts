import type { OpenError, ResolveError, ResultError } from '@finos/fdc3';
import type { Failure, FailureCode } from '../outcomes/failure.ts';

/**
 * FDC3's own error strings, kept here as plain text: importing the enums would pull the whole agent client into the
 * provider. A test compares them with the enums.
 */
export const fdc3Errors = {
  userCancelled: 'UserCancelledResolution' satisfies `${ResolveError.UserCancelled}`,
  resolverTimeout: 'ResolverTimeout' satisfies `${ResolveError.ResolverTimeout}`,
  targetUnavailable: 'TargetAppUnavailable' satisfies `${ResolveError.TargetAppUnavailable}`,
  malformedContext: 'MalformedContext' satisfies `${ResolveError.MalformedContext}`,
  handlerRejected: 'IntentHandlerRejected' satisfies `${ResultError.IntentHandlerRejected}`,
  apiTimeout: 'ApiTimeout' satisfies `${ResultError.ApiTimeout}`,
  errorOnLaunch: 'ErrorOnLaunch' satisfies `${OpenError.ErrorOnLaunch}`,
} as const;

export type Fdc3Error = (typeof fdc3Errors)[keyof typeof fdc3Errors];

const ERROR_OF_CODE: Partial<Record<FailureCode, Fdc3Error>> = {
  INVALID_PARAMETER: fdc3Errors.malformedContext,
  PROVIDER_UNAVAILABLE: fdc3Errors.targetUnavailable,
  ORG_UNREACHABLE: fdc3Errors.targetUnavailable,
  NETWORK_FAILED: fdc3Errors.targetUnavailable,
  TEMPORARILY_UNAVAILABLE: fdc3Errors.targetUnavailable,
  SIGN_IN_CANCELLED: fdc3Errors.userCancelled,
  SIGN_IN_WINDOW_CLOSED: fdc3Errors.userCancelled,
  SIGN_IN_DENIED: fdc3Errors.userCancelled,
  REQUEST_CANCELLED: fdc3Errors.userCancelled,
  SIGN_IN_TIMED_OUT: fdc3Errors.resolverTimeout,
  REQUEST_TIMED_OUT: fdc3Errors.apiTimeout,
};

/**
 * What an intent handler throws: `message` is one of FDC3's strings, because that is all most agents pass on; `code`
 * and `reason` say more to those that keep properties, and to the audit.
 */
export class IntentError extends Error {
  readonly code: FailureCode;
  /** A sentence for a person. */
  readonly reason: string;
  /** Joins this error to the provider's audit record. */
  readonly correlationId: string | undefined;

  constructor(message: Fdc3Error, code: FailureCode, reason: string, correlationId?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IntentError';
    this.code = code;
    this.reason = reason;
    this.correlationId = correlationId;
  }
}

/** The intent error that tells of a failure. Codes without a closer FDC3 word become `IntentHandlerRejected`. */
export function intentErrorOf(failure: Failure): IntentError {
  const message = ERROR_OF_CODE[failure.code] ?? fdc3Errors.handlerRejected;
  return new IntentError(message, failure.code, failure.message, failure.correlationId);
}

/** Failures that the person has caused by a decision of their own, and need not be told of. */
const PERSONS_OWN: readonly FailureCode[] = [
  'REQUEST_CANCELLED',
  'SIGN_IN_CANCELLED',
  'SIGN_IN_WINDOW_CLOSED',
  'SIGN_IN_DENIED',
];

/** Whether it failed because a person closed, cancelled or denied what it had brought up. */
export function isPersonsDecision({ code }: IntentError): boolean {
  return PERSONS_OWN.includes(code);
}

/** The error as an intent error. Anything else that was thrown is a defect, and is told to the raising app as one. */
export function asIntentError(error: unknown): IntentError {
  if (error instanceof IntentError) return error;
  return new IntentError(
    fdc3Errors.handlerRejected,
    'INTERNAL',
    'The Salesforce provider failed on this request.',
    undefined,
    { cause: error },
  );
}

/** The context given cannot be understood, or holds nothing to find a record by. */
export function malformedContext(reason: string): IntentError {
  return new IntentError(fdc3Errors.malformedContext, 'INVALID_PARAMETER', reason);
}
