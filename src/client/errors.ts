import type { FailureCode } from '../outcomes/failure.ts';

/** A code of the closed list, or one that a newer provider has added. */
export type ErrorCode = FailureCode | (string & {});

/** What every error of this module may carry besides its message. */
export interface ErrorDetails {
  code?: ErrorCode | undefined;
  correlationId?: string | undefined;
  /** The row of `docs/outcomes.md` in the provider's repository that says exactly what happened. */
  reason?: string | undefined;
  /** Parsed body of Salesforce's error answer, where there was one. */
  data?: unknown;
}

/**
 * Base class of everything this module rejects with, apart from the reason of the caller's own `AbortSignal`.
 * Thrown itself with code `INTERNAL` when the provider failed in a way that no narrower class describes.
 */
export class ApiError extends Error {
  // On the prototype, and not on each error, so that stack traces begin with it.
  static {
    this.prototype.name = 'ApiError';
  }

  /** Stable name of the failure; apps may switch on it. A code unknown to this client is kept as it came. */
  readonly code: ErrorCode;
  /** Joins the error to the provider's audit record. Present when the provider reported the failure. */
  declare readonly correlationId?: string;
  /** Stable name of what exactly happened, finer than `code`: a row of `docs/outcomes.md`. */
  declare readonly reason?: string;

  constructor(
    message = 'An unexpected error has occurred',
    details: ErrorDetails = {},
    fallbackCode: FailureCode = 'INTERNAL',
  ) {
    super(message);
    this.code = details.code ?? fallbackCode;
    if (details.correlationId !== undefined) this.correlationId = details.correlationId;
    if (details.reason !== undefined) this.reason = details.reason;
  }
}

/** A record that a duplicate rule found to be the same (SOAP API Developer Guide, "DuplicateResult"). */
export interface DuplicateResult {
  allowSave?: boolean;
  duplicateRule?: string;
  duplicateRuleEntityType?: string;
  errorMessage?: string | null;
  matchResults?: readonly {
    entityType?: string;
    matchEngine?: string;
    rule?: string;
    matchRecords?: readonly {
      matchConfidence?: number;
      record?: { Id?: string; attributes?: { type?: string } } & Record<string, unknown>;
    }[];
  }[];
}

/** One fault of the User Interface API (User Interface API Developer Guide, "Record Exception Output"). */
export interface UiApiFault {
  errorCode?: string;
  field?: string | null;
  fieldLabel?: string | null;
  message?: string;
}

/**
 * One entry of an error answer, as Salesforce wrote it: whether a member is there hangs on the API.
 *
 * @see REST API Developer Guide, "Status Codes and Error Responses"
 */
export interface SalesforceFault {
  errorCode?: string;
  message?: string;
  /** Fields that are at fault. */
  fields?: readonly string[];
  /** Of the User Interface API: the faults by field, and those of the whole record. */
  output?: { errors?: readonly UiApiFault[]; fieldErrors?: Readonly<Record<string, readonly UiApiFault[]>> };
  /** With `DUPLICATES_DETECTED`: which records a duplicate rule found. */
  duplicateResult?: DuplicateResult;
}

/** A request failed: Salesforce answered with an error status, the network failed, or the request was not allowed. */
export class ApiRequestError extends ApiError {
  static {
    this.prototype.name = 'ApiRequestError';
  }

  /** HTTP status, where Salesforce answered. */
  declare readonly status?: number;
  /** Salesforce's error body (JSON), where there was one. */
  declare readonly data?: unknown;

  constructor(
    message = 'An error occurred when executing the API request',
    status?: number,
    details: ErrorDetails = {},
  ) {
    super(message, details, 'REQUEST_FAILED');
    if (status !== undefined) this.status = status;
    if (details.data !== undefined) this.data = details.data;
  }

  /** The entries of Salesforce's error answer; none where it did not answer, or not in this form. */
  get errors(): readonly SalesforceFault[] {
    return [this.data].flat().filter((fault): fault is SalesforceFault => typeof fault === 'object' && fault !== null);
  }
}

/** The session is over and the person must sign in again: call `connect()`. */
export class AuthTokenExpiredError extends ApiError {
  static {
    this.prototype.name = 'AuthTokenExpiredError';
  }

  declare readonly data?: unknown;

  constructor(message = 'The API request failed as the authorization tokens have expired', details: ErrorDetails = {}) {
    super(message, details, 'SESSION_ENDED');
    if (details.data !== undefined) this.data = details.data;
  }
}

/** Signing in did not succeed, or this app may not use the connection. */
export class AuthorizationError extends ApiError {
  static {
    this.prototype.name = 'AuthorizationError';
  }

  declare readonly data?: unknown;

  constructor(message = 'An authorization error occurred', details: ErrorDetails = {}) {
    super(message, details, 'SIGN_IN_REFUSED');
    if (details.data !== undefined) this.data = details.data;
  }
}

/** The provider or the org could not be reached, or provider and client do not understand each other. */
export class InitializationError extends ApiError {
  static {
    this.prototype.name = 'InitializationError';
  }

  constructor(message = 'An initialization error occurred', details: ErrorDetails = {}) {
    super(message, details, 'PROVIDER_UNAVAILABLE');
  }
}

/** An argument is not acceptable. */
export class ParameterError extends ApiError {
  static {
    this.prototype.name = 'ParameterError';
  }

  constructor(message = 'Invalid parameter detected', details: ErrorDetails = {}) {
    super(message, details, 'INVALID_PARAMETER');
  }
}
