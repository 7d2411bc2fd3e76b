import { createCallsUnderWay, type CallUnderWay } from '../../calls/callsUnderWay.ts';
import type { RequestBody } from '../../channel/laneBodies.ts';
import { laneExecute } from '../../channel/laneMessages.ts';
import { objectOf, subscribeRequest } from '../../channel/liveMessages.ts';
import { executeRequest, type Priority, type Served } from '../../channel/orgRequests.ts';
import { failure, success, type Outcome } from '../../outcomes/failure.ts';
import { sessionEnded } from '../../outcomes/sessionEnded.ts';
import { fillApiVersion, fillApiVersionInBody, fillApiVersionInJson } from '../../salesforce/apiVersionPlaceholder.ts';
import { tellableEndpoint } from '../../salesforce/endpointText.ts';
import type { z } from '../../zod.ts';
import type { ApiAnswer } from './apiAnswer.ts';
import type { ApiRequest } from './apiRequest.ts';
import { Grants } from './grants.ts';
import { isIdempotentWrite } from './requestKind.ts';

/** A caller that the provider has admitted: a page of an app, an intent of one, or a page of the provider. */
export interface DoorCaller {
  /** No other caller has it. */
  readonly id: string;
  /** Name of the app in the configuration. */
  readonly app: string;
  /** True for pages in which a person looks at records: they do not wait for apps. */
  readonly isPersons: boolean;
  /**
   * True for a page that shows a record, and for an intent: what they show, or look for, they ask for by several
   * requests of one moment, and what comes of it a person sees much later than a few milliseconds.
   */
  readonly asksTogether?: boolean;
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
export interface AnsweredCall<Answer = ApiAnswer> {
  outcome: Outcome<Answer>;
  line: CallLine;
}

/** What happened in the worker and did not come through the provider, for the provider's audit trail. */
export interface CallRecord extends CallLine {
  /** A call that came over a lane; left out for what the worker does by itself. */
  by?: 'lane';
  /** The failure that the caller got has the same id. */
  correlationId: string;
  /** `ok`, or the code of the failure. */
  outcome: string;
  /** When it ended: ISO 8601. */
  at: string;
}

type AskedSchema = typeof executeRequest | typeof laneExecute;

interface DoorOptions {
  /** Puts it where an endpoint says `vXX.X`. */
  apiVersion: string;
  requestTimeoutMs: number;
  longestRequestMs: number;
  /** Carries out what the door let in. */
  ask: (asked: AskedRequest) => Promise<{ outcome: Outcome<ApiAnswer>; served: Served }>;
  /** Told of each call that did not come through the provider. */
  onCall: (record: Omit<CallRecord, 'at'>, cause?: unknown) => void;
}

const providerFailed = failure(
  'INTERNAL',
  'The Salesforce provider failed on this request. Its console says why, under the correlation id.',
);

export type Door = ReturnType<typeof createDoor>;

/**
 * The one door to the orgs, for channel, intents and lanes alike: parses what is asked, lets a caller into the sessions
 * that the provider has granted it and into no other, and keeps the book of calls under way.
 */
export function createDoor({ apiVersion, requestTimeoutMs, longestRequestMs, ask, onCall }: DoorOptions) {
  const calls = createCallsUnderWay();
  const grants = new Grants();

  function run(
    caller: DoorCaller,
    request: z.output<AskedSchema>,
    endpoint: string,
    line: CallLine,
  ): Promise<Outcome<ApiAnswer>> {
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
      const filled = body && filledIn(endpoint, body, apiVersion);
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
   * @param schema of the way that it came
   * @returns the answer; a failure `INVALID_PARAMETER` for what is malformed, `SESSION_ENDED` for a session that the
   *   caller does not use or that has ended meanwhile, whatever the answer
   */
  async function execute(
    caller: DoorCaller,
    asked: unknown,
    schema: AskedSchema = executeRequest,
  ): Promise<AnsweredCall> {
    const parsed = schema.safeParse(asked);
    if (!parsed.success) return { outcome: malformed(parsed.error), line: { app: caller.app, action: 'execute' } };
    const request = parsed.data;
    const endpoint = fillApiVersion(request.endpoint, apiVersion);
    const line: CallLine = { app: caller.app, action: request.method, target: tellableEndpoint(endpoint) };
    const grant = grants.of(caller.id, request.sessionId);
    if (!grant) return { outcome: sessionEnded, line };
    if (grant.user !== undefined) line.user = grant.user;
    return { outcome: await run(caller, request, endpoint, line), line };
  }

  /** Writes the audit line of something that came over a lane. */
  function record(line: CallLine, outcome: Outcome<unknown>, correlationId: string, cause?: unknown): void {
    onCall({ ...line, by: 'lane', correlationId, outcome: outcome.ok ? 'ok' : outcome.error.code }, cause);
  }

  return {
    /** Lets a caller use a session. */
    grant: ({ id }: Pick<DoorCaller, 'id'>, sessionId: string, user?: string): void =>
      grants.grant(id, sessionId, user),

    /** The caller does not use the session any more. What it has asked for goes on. */
    withdraw: (callerId: string, sessionId: string): void => grants.withdraw(callerId, sessionId),

    /** Whether the provider has granted the session to this caller. */
    mayUse: (callerId: string, sessionId: string): boolean => grants.of(callerId, sessionId) !== undefined,

    execute: (caller: DoorCaller, asked: unknown): Promise<AnsweredCall> => execute(caller, asked),

    /**
     * The same for a request that came over a lane, and not through the provider: tells its audit trail of it, and
     * marks a failure with the id of that line.
     */
    async call(caller: DoorCaller, asked: unknown): Promise<Outcome<ApiAnswer>> {
      const correlationId = crypto.randomUUID();
      let answered: AnsweredCall;
      let cause: unknown;
      try {
        answered = await execute(caller, asked, laneExecute);
      } catch (error) {
        cause = error;
        answered = { outcome: providerFailed, line: { app: caller.app, action: 'execute' } };
      }
      const { outcome, line } = answered;
      record(line, outcome, correlationId, cause);
      return outcome.ok ? outcome : { ok: false, error: { ...outcome.error, correlationId } };
    },

    /** Gives up a call at the caller's request. */
    cancel: (callerId: string, requestId: string): void => calls.cancel({ id: callerId }, requestId),

    /** The same for a request that came over a lane: tells the provider's audit trail of it. */
    cancelCall(caller: DoorCaller, requestId: string): void {
      calls.cancel(caller, requestId);
      record({ app: caller.app, action: 'cancel' }, success(null), crypto.randomUUID());
    },

    /**
     * Tells the provider's audit trail of a subscription that was asked for over a lane, and marks a failure with the
     * id of that line.
     */
    subscribed(caller: DoorCaller, asked: unknown, outcome: Outcome<null>): Outcome<null> {
      const correlationId = crypto.randomUUID();
      const { data } = subscribeRequest.safeParse(asked);
      const target = data && objectOf(data.target);
      const user = data && grants.of(caller.id, data.sessionId)?.user;
      const line = { app: caller.app, action: 'live.subscribe', ...(target && { target }), ...(user && { user }) };
      record(line, outcome, correlationId);
      return outcome.ok ? outcome : { ok: false, error: { ...outcome.error, correlationId } };
    },

    /** The caller has gone: it uses no session any more, and what can be given up without a change is given up. */
    leave(callerId: string): void {
      grants.leave(callerId);
      calls.leave(callerId);
    },

    /** Gives up what is under way in a session that ends. Nobody uses it any more. */
    endSession(sessionId: string): void {
      grants.endSession(sessionId);
      calls.endSession(sessionId);
    },
  };
}

function malformed({ issues }: z.ZodError): Outcome<never> {
  const said = issues.map(({ path, message }) => `${path.join('.') || '(payload)'}: ${message}`);
  return failure('INVALID_PARAMETER', `The message execute is malformed: ${said.join('; ')}`);
}

/** The body with the API version filled in, where its endpoint wants that. */
function filledIn(endpoint: string, body: RequestBody, apiVersion: string): RequestBody {
  if (body.kind === 'json') return { ...body, value: fillApiVersionInBody(endpoint, body.value, apiVersion) };
  if (body.kind === 'jsonText') return { ...body, json: fillApiVersionInJson(endpoint, body.json, apiVersion) };
  return body;
}
