import {
  ApiError,
  ApiRequestError,
  AuthorizationError,
  AuthTokenExpiredError,
  InitializationError,
  ParameterError,
} from './errors.ts';

export type Members = Record<string, unknown>;

/** Whether a value has members that can be read; true for arrays too. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

/**
 * Opens the envelope that every reply of the provider comes in.
 *
 * @returns the data of a successful outcome
 * @throws the error class that belongs to the failure's code; {@link ApiError} `INTERNAL` when it is no outcome at all
 */
export function unwrapReply(action: string, reply: unknown): unknown {
  if (isObject(reply)) {
    if (reply.ok === true) return reply.data;
    if (reply.ok === false && isObject(reply.error)) throw errorFromFailure(reply.error);
  }
  throw unreadableReply(action);
}

/** The provider answered `action`, but not in the words of the protocol. */
export function unreadableReply(action: string): ApiError {
  return new ApiError(`The Salesforce provider's answer to "${action}" could not be read.`);
}

/** Turns a failure, as it came, into the error that the caller gets, of the class that the provider names. */
export function errorFromFailure(failure: Members): ApiError {
  const message = text(failure.message);
  const status = typeof failure.status === 'number' ? failure.status : undefined;
  const details = {
    code: text(failure.code),
    correlationId: text(failure.correlationId),
    reason: text(failure.reason),
    data: failure.data,
  };
  switch (failure.name) {
    case 'ApiRequestError':
      return new ApiRequestError(message, status, details);
    case 'AuthorizationError':
      return new AuthorizationError(message, details);
    case 'AuthTokenExpiredError':
      return new AuthTokenExpiredError(message, details);
    case 'InitializationError':
      return new InitializationError(message, details);
    case 'ParameterError':
      return new ParameterError(message, details);
    default:
      return new ApiError(message, details);
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
