/**
 * Every way in which a call can fail, for both ends of the channel. The codes are stable: apps may switch on them. The
 * table in `docs/errors.md` is generated from this file.
 */
export const failureCodes = {
  INVALID_PARAMETER: 'ParameterError',
  PROVIDER_UNAVAILABLE: 'InitializationError',
  PROTOCOL_MISMATCH: 'InitializationError',
  ORG_UNREACHABLE: 'InitializationError',
  ORG_MISCONFIGURED: 'InitializationError',
  APP_NOT_ALLOWED: 'AuthorizationError',
  SIGN_IN_DENIED: 'AuthorizationError',
  SIGN_IN_CANCELLED: 'AuthorizationError',
  SIGN_IN_WINDOW_CLOSED: 'AuthorizationError',
  SIGN_IN_TIMED_OUT: 'AuthorizationError',
  SIGN_IN_REFUSED: 'AuthorizationError',
  SIGN_IN_BLOCKED: 'AuthorizationError',
  SIGN_IN_STATE_MISMATCH: 'AuthorizationError',
  TOKEN_EXCHANGE_FAILED: 'AuthorizationError',
  INTERACTION_REQUIRED: 'AuthorizationError',
  SIGN_IN_REQUIRED: 'AuthTokenExpiredError',
  SESSION_ENDED: 'AuthTokenExpiredError',
  REQUEST_FAILED: 'ApiRequestError',
  ENDPOINT_NOT_ALLOWED: 'ApiRequestError',
  NETWORK_FAILED: 'ApiRequestError',
  TEMPORARILY_UNAVAILABLE: 'ApiRequestError',
  REQUEST_TIMED_OUT: 'ApiRequestError',
  REQUEST_CANCELLED: 'ApiRequestError',
  TOO_MANY_REQUESTS: 'ApiRequestError',
  INTERNAL: 'ApiError',
} as const;

export type FailureCode = keyof typeof failureCodes;

/** The error class the client throws for a code. */
export type FailureName = (typeof failureCodes)[FailureCode];

/**
 * A failure as plain data, in which form it leaves the worker and crosses the channel. Never holds a token, code or
 * verifier.
 */
export interface Failure {
  code: FailureCode;
  name: FailureName;
  /** A sentence for a person. For HTTP errors: Salesforce's own first message, as `@openfin/salesforce` shows it. */
  message: string;
  /** HTTP status, where an answer came. */
  status?: number;
  /** The parsed error body (JSON), where there was one. */
  data?: unknown;
  /** Stable name of the row in `docs/outcomes.md` that says what exactly happened. */
  reason?: string;
  /** Joins this failure to the provider's audit record. */
  correlationId?: string;
}

export type Outcome<T> = { ok: true; data: T } | { ok: false; error: Failure };

/** Builds a successful outcome. */
export function success<T>(data: T): Outcome<T> {
  return { ok: true, data };
}

/** Builds a failed outcome; the error class name follows from the code. */
export function failure(
  code: FailureCode,
  message: string,
  details: Pick<Failure, 'status' | 'data' | 'correlationId' | 'reason'> = {},
): { ok: false; error: Failure } {
  return { ok: false, error: { code, name: failureCodes[code], message, ...details } };
}
