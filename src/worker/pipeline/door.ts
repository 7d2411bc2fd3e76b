import { createCallsUnderWay, type CallUnderWay } from '../../calls/callsUnderWay.ts';
import { executeRequest, type ExecuteReply, type Priority, type Served } from '../../channel/orgRequests.ts';
import { failure, success, type Outcome } from '../../outcomes/failure.ts';
import { sessionEnded } from '../../outcomes/sessionEnded.ts';
import { fillApiVersion, fillApiVersionInBody } from '../../salesforce/apiVersionPlaceholder.ts';
import { tellableEndpoint } from '../../salesforce/endpointText.ts';
import type { z } from '../../zod.ts';
import type { ApiRequest } from './apiRequest.ts';
import { isIdempotentWrite } from './requestKind.ts';

/** A caller that the provider has admitted: a page of an app, an intent of one, or a page of the provider. */
export interface DoorCaller {
  /** No other caller has it. */
  readonly id: string;
  /** Name of the app in the configuration. */
  readonly app: string;
  /** True for pages in which a person looks at records: they do not wait for apps. */
  readonly isPersons: boolean;
}

/** A request of a caller, as the steps after the door get it. */
export interface AskedRequest {
  readonly caller: DoorCaller;
  readonly sessionId: string;
  readonly request: ApiRequest;
  /** Milliseconds that the caller gives it. */
  readonly timeoutMs: number;
  /** How old a copy of the answer may be; undefined: as the configuration says. */
  readonly maxAgeMs: number | undefined;
  readonly priority: Priority;
  /** Whether a repetition of this write changes nothing that the first time did not. */
  readonly isRepeatable: boolean;
  readonly call: CallUnderWay;
}

/** What the audit line of a call holds: never a query, a fragment, a body or a secret. */
export interface CallLine {
  app: string;
  /** The HTTP method. */
  action: string;
  /** The path, without its query. */
  target?: string;
  /** User name of the Salesforce user whose session was used. */
  user?: string;
  /** Where the answer came from. */
  served?: Served;
}

/** An answer, with what the audit line of its call has to say. */
export interface AnsweredCall {
  outcome: Outcome<ExecuteReply>;
  line: CallLine;
}

/** A call that did not come through the provider, for the provider's audit trail. */
export interface CallRecord extends CallLine {
  /** The failure that the caller got has the same id. */
  correlationId: string;
  /** `ok`, or the code of the failure. */
  outcome: string;
}

interface DoorOptions {
  /** Puts it where an endpoint says `vXX.X`. */
  apiVersion: string;
  requestTimeoutMs: number;
  longestRequestMs: number;
  /** Carries out what the door let in. */
  ask: (asked: AskedRequest) => Promise<{ outcome: Outcome<ExecuteReply>; served: Served }>;
  /** Told of each call that did not come through the provider. */
  onCall: (record: CallRecord, cause?: unknown) => void;
}

/**
 * The one door to the orgs, for channel, intents and lanes alike: parses what is asked, lets a caller into the sessions
 * that the provider has granted it and into no other, and keeps the book of calls under way.
 */
export function createDoor({ apiVersion, requestTimeoutMs, longestRequestMs, ask, onCall }: DoorOptions) {
  const calls = createCallsUnderWay();
  /** By session, the callers that use it, with the user's name for the audit trail. */
  const granted = new Map<string, Map<string, { user: string | undefined }>>();

  function run(
    caller: DoorCaller,
    request: z.output<typeof executeRequest>,
    endpoint: string,
    line: CallLine,
  ): Promise<Outcome<ExecuteReply>> {
    const { sessionId, method, headers, includeAuthorization, answerAs, body, timeoutMs, maxAgeMs, priority } = request;
    const { isIdempotent: isRepeatable = false } = request;
    if (isRepeatable && !isIdempotentWrite(endpoint, method, headers))
      return Promise.resolve(
        failure(
          'INVALID_PARAMETER',
          'isIdempotent: only a PATCH of a record by an external id, or one with If-Unmodified-Since, can be sent twice without harm.',
        ),
      );
    return calls.run(caller, request, async (call) => {
      const filled =
        body?.kind === 'json' ? { ...body, value: fillApiVersionInBody(endpoint, body.value, apiVersion) } : body;
      const { outcome, served } = await ask({
        caller,
        sessionId,
        request: { endpoint, method, headers, body: filled, includeAuthorization, answerAs },
        timeoutMs: Math.min(timeoutMs ?? requestTimeoutMs, longestRequestMs),
        maxAgeMs,
        priority: priority ?? 'user',
        isRepeatable,
        call,
      });
      line.served = served;
      return outcome.ok ? success({ ...outcome.data, served }) : outcome;
    });
  }

  /**
   * A request of a caller to an org.
   *
   * @param asked as it came: parsed here
   * @returns the answer; a failure `INVALID_PARAMETER` for what is malformed, `SESSION_ENDED` for a session that the
   *   caller does not use or that has ended meanwhile, whatever the answer
   */
  async function execute(caller: DoorCaller, asked: unknown): Promise<AnsweredCall> {
    const parsed = executeRequest.safeParse(asked);
    if (!parsed.success) {
      const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(payload)'}: ${message}`);
      return {
        outcome: failure('INVALID_PARAMETER', `The message execute is malformed: ${issues.join('; ')}`),
        line: { app: caller.app, action: 'execute' },
      };
    }
    const request = parsed.data;
    const endpoint = fillApiVersion(request.endpoint, apiVersion);
    const line: CallLine = { app: caller.app, action: request.method, target: tellableEndpoint(endpoint) };
    const grant = granted.get(request.sessionId)?.get(caller.id);
    if (!grant) return { outcome: sessionEnded, line };
    if (grant.user !== undefined) line.user = grant.user;
    return { outcome: await run(caller, request, endpoint, line), line };
  }

  return {
    /** Lets a caller use a session. */
    grant(caller: Pick<DoorCaller, 'id'>, sessionId: string, user?: string): void {
      const users = granted.get(sessionId) ?? new Map<string, { user: string | undefined }>();
      granted.set(sessionId, users.set(caller.id, { user }));
    },

    /** The caller does not use the session any more. What it has asked for goes on. */
    withdraw(callerId: string, sessionId: string): void {
      const users = granted.get(sessionId);
      users?.delete(callerId);
      if (users?.size === 0) granted.delete(sessionId);
    },

    execute,

    /**
     * The same for a call that does not come through the provider: tells its audit trail of it, and marks a failure
     * with the id of that line.
     */
    async call(caller: DoorCaller, asked: unknown): Promise<Outcome<ExecuteReply>> {
      const correlationId = crypto.randomUUID();
      let answered: AnsweredCall;
      let cause: unknown;
      try {
        answered = await execute(caller, asked);
      } catch (error) {
        cause = error;
        answered = {
          outcome: failure(
            'INTERNAL',
            'The Salesforce provider failed on this request. Its console says why, under the correlation id.',
          ),
          line: { app: caller.app, action: 'execute' },
        };
      }
      const { outcome, line } = answered;
      onCall({ ...line, correlationId, outcome: outcome.ok ? 'ok' : outcome.error.code }, cause);
      return outcome.ok ? outcome : { ok: false, error: { ...outcome.error, correlationId } };
    },

    /** Gives up a call at the caller's request. */
    cancel: (callerId: string, requestId: string): void => calls.cancel({ id: callerId }, requestId),

    /** The caller has gone: it uses no session any more, and what can be given up without a change is given up. */
    leave(callerId: string): void {
      for (const sessionId of granted.keys()) this.withdraw(callerId, sessionId);
      calls.leave(callerId);
    },

    /** Gives up what is under way in a session that ends. Nobody uses it any more. */
    endSession(sessionId: string): void {
      granted.delete(sessionId);
      calls.endSession(sessionId);
    },
  };
}
