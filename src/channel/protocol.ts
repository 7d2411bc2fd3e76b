/**
 * The whole protocol on one page: every message that crosses the channel, for both ends. Payloads are JSON.
 * Every reply is an {@link import('../outcomes/failure.ts').Outcome}.
 */
import { webAddress } from '../webAddress.ts';
import { z } from '../zod.ts';
import { failureCodes, type FailureCode, type FailureName } from '../outcomes/failure.ts';
import { deepestJson, isTooDeep } from '../jsonDepth.ts';

const identifier = z.string().min(1).max(200);
const scopes = z.array(z.string().min(1).max(200)).max(50);

/** A request or response body in a form that survives JSON. `base64` holds bytes. */
export const encodedBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('json'), value: z.unknown().refine((value) => !isTooDeep(value), `is nested more than ${deepestJson} levels deep`) }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('bytes'), base64: z.string(), type: z.string() }),
  z.strictObject({ kind: z.literal('urlencoded'), entries: z.array(z.tuple([z.string(), z.string()])) }),
  z.strictObject({
    kind: z.literal('multipart'),
    parts: z.array(
      z.union([
        z.strictObject({ name: z.string(), value: z.string() }),
        z.strictObject({ name: z.string(), base64: z.string(), type: z.string(), fileName: z.string() }),
      ]),
    ),
  }),
]);
export type EncodedBody = z.infer<typeof encodedBody>;

/** `bytes`: an answer's body as it came, whatever its content type; `auto`: by its content type. */
export const answerForm = z.enum(['auto', 'bytes']);

export const httpMethod = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

export const helloRequest = z.object({
  protocol: z.object({ major: z.number().int(), minor: z.number().int() }),
  client: z.object({ name: identifier, version: identifier }),
});
/** `ticket`: the host cannot vouch for callers; the client must fetch a ticket from this page and `identify`. */
export const helloReply = z.object({
  protocol: z.object({ major: z.number().int(), minor: z.number().int() }),
  identification: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('runtime') }),
    z.object({ kind: z.literal('ticket'), ticketUrl: webAddress }),
  ]),
});

export const identifyRequest = z.object({ ticket: z.string().min(20).max(200) });

export const connectRequest = z.object({
  requestId: identifier,
  /** Absent together with `consumerKey`: the provider's default org. */
  orgUrl: z.string().max(2000).optional(),
  consumerKey: z.string().max(2000).optional(),
  scopes: scopes.optional(),
  /** True: a session that no other app shares, e.g. for another user of the same org. */
  ownSession: z.boolean().optional(),
  authFlowParams: z.record(z.string(), z.string()).optional(),
  authWindowOptions: z.record(z.string(), z.unknown()).optional(),
  timeoutMs: z.number().int().positive().optional(),
});
export const getConnectionRequest = connectRequest.pick({
  requestId: true, orgUrl: true, consumerKey: true, scopes: true, ownSession: true, timeoutMs: true,
});

/** Platform page to provider: lead the person through signing in, to this org or to the default one. */
export const signInRequest = connectRequest.pick({ orgUrl: true, consumerKey: true });

/** What an app learns of a session: no token, no code, no verifier. */
export const sessionDetails = z.object({
  sessionId: identifier,
  /** Origin of the org the app asked for. */
  orgUrl: z.string(),
  consumerKey: z.string(),
  scopes,
  /** `dpop`: the tokens are bound to a key of this desktop (RFC 9449). */
  tokenBinding: z.enum(['dpop', 'bearer']).optional(),
  /** The signed-in user's record, as the REST API returns it. */
  currentUser: z.record(z.string(), z.unknown()),
});
export type SessionDetails = z.infer<typeof sessionDetails>;

/** SOQL has at most 100,000 characters, each of which takes three where it is encoded. */
const longestEndpoint = 400_000;

export const executeRequest = z.object({
  requestId: identifier,
  sessionId: identifier,
  /** Path on the org, e.g. `/services/data/vXX.X/limits`. Absolute URLs are refused. */
  endpoint: z.string().min(1).max(longestEndpoint, 'is longer than any SOQL may be'),
  method: httpMethod.default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  body: encodedBody.optional(),
  includeAuthorization: z.boolean().default(true),
  answerAs: answerForm.optional(),
  timeoutMs: z.number().int().positive().optional(),
});
export const executeReply = z.object({
  status: z.number().int(),
  /** Content type of the body, where there was one. */
  type: z.string().optional(),
  body: encodedBody.optional(),
});
export type ExecuteReply = z.infer<typeof executeReply>;

export const cancelRequest = z.object({ requestId: identifier });
export const disconnectRequest = z.object({ sessionId: identifier });
export const expireTokensRequest = z.object({ sessionId: identifier, accessTokenOnly: z.boolean().default(false) });

/** To the apps whose news it is: those that use the session, and those that could share it and have no other of its org and key. */
export const stateEvent = z.object({
  state: z.enum(['signedIn', 'signedOut', 'signInRequired']),
  sessionId: identifier,
  orgUrl: z.string(),
  consumerKey: z.string(),
  userName: z.string().optional(),
  /** `signInRequired`: which row of `docs/outcomes.md`, and the sentence for the person. */
  reason: z.string().optional(),
  message: z.string().optional(),
});
export type StateEvent = z.infer<typeof stateEvent>;

/** Only the platform page may ask for or receive these. */
export const platformStatus = z.object({
  sessions: z.array(
    z.object({
      sessionId: identifier, orgUrl: z.string(), consumerKey: z.string(), userId: z.string(), userName: z.string(),
      state: z.enum(['signedIn', 'signInRequired']),
      tokenBinding: z.enum(['dpop', 'bearer']),
      /** Why somebody has to sign in again. */
      message: z.string().optional(),
      /** The app whose own session it is. */
      owner: z.string().optional(),
      /** Labels of the apps that use this session now. */
      apps: z.array(z.string()),
    }),
  ),
  /** Labels of all apps connected to the provider. */
  apps: z.array(z.string()),
  /** True while a person is expected to act in a sign-in window. */
  signingIn: z.boolean(),
  defaultOrgUrl: z.string(),
});
export type PlatformStatus = z.infer<typeof platformStatus>;

/** Provider to platform page: open the sign-in window (or show a prompt that opens it when the browser blocks it). */
export const openSignInWindow = z.object({ signInId: identifier, url: webAddress, orgUrl: z.string(), width: z.number(), height: z.number() });
/** Provider to platform page: the sign-in ended, close window and prompt. */
export const closeSignInWindow = z.object({ signInId: identifier });
/** Platform page to provider. `closed`: the window is gone; `cancelled`: the person pressed Cancel. */
export const signInWindowEvent = z.object({ signInId: identifier, event: z.enum(['opened', 'blocked', 'closed', 'cancelled']) });
/** Provider to platform page: show a record view. `url` is the record view page with its view id. */
export const openRecordView = z.object({ viewId: identifier, url: webAddress, title: z.string() });
/** Provider to platform page: whoever was shown this record has left. */
export const closeRecordView = z.object({ viewId: identifier });
/** Platform page to provider: the person closed a record view. */
export const recordViewClosed = z.object({ viewId: identifier });

/**
 * Provider to platform page: what an app asked for by an intent was not done, and the person is to know why and how to go on.
 * A notice with an id that is shown already takes its place. Texts are plain text.
 */
export const notice = z.object({
  noticeId: identifier,
  /** Who asked for what. */
  title: z.string().max(500),
  /** Why it was not done, in a sentence. */
  message: z.string().max(2000),
  /** What the person may do besides dismissing it. `signIn` is a retry that leads through sign-in. */
  ways: z.array(z.enum(['retry', 'signIn', 'search'])),
});
export type Notice = z.infer<typeof notice>;
/** Platform page to provider: what the person did about a notice, which is gone with it. */
export const noticeAnswered = z.object({ noticeId: identifier, way: z.enum(['retry', 'signIn', 'search', 'dismiss']) });

const recordSummary = z.object({
  type: z.string(), id: z.string(), name: z.string(),
  /** Lines that tell similar records apart, e.g. company and e-mail. */
  details: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type RecordSummary = z.infer<typeof recordSummary>;

/** Platform page to provider: run one check of the doctor. Checks of the same `run` share what they have asked the org. */
export const diagnoseRequest = z.object({ run: identifier, check: identifier });
/** What a check of the doctor found; see `src/doctor/catalogue.ts`. */
export const checkResult = z.object({
  id: z.string(),
  status: z.enum(['ok', 'warning', 'failed', 'skipped']),
  /** One sentence. */
  finding: z.string(),
});
export type CheckResult = z.infer<typeof checkResult>;

const shownRecord = z.object({ kind: z.literal('record'), type: z.string(), id: z.string() });
const recordsToChoose = z.object({ kind: z.literal('choose'), type: z.string(), query: z.string(), candidates: z.array(recordSummary) });
const nothingFound = z.object({ kind: z.literal('none'), type: z.string(), query: z.string(), suggested: z.record(z.string(), z.string()) });
/** What a record view has to show. */
export type RecordViewState = z.infer<typeof shownRecord> | z.infer<typeof recordsToChoose> | z.infer<typeof nothingFound>;

/** The org whose record it is, and the key of the session to read it in; absent: the default org's. */
const viewedOrg = { orgUrl: z.string().optional(), consumerKey: z.string().optional() };
/** What a record view page has to show. It asks for it by its view id. */
export const recordViewReply = z.discriminatedUnion('kind', [shownRecord.extend(viewedOrg), recordsToChoose.extend(viewedOrg), nothingFound.extend(viewedOrg)]);
export type RecordViewReply = z.infer<typeof recordViewReply>;
export const recordViewRequest = z.object({ viewId: identifier });
/** Record view page to provider: the person picked (or created) this record. */
export const recordChosen = z.object({ viewId: identifier, type: z.string(), id: z.string() });

/** Actions an app's client dispatches to the provider, with their request schemas. */
export const providerActions = {
  hello: helloRequest,
  identify: identifyRequest,
  connect: connectRequest,
  getConnection: getConnectionRequest,
  execute: executeRequest,
  cancel: cancelRequest,
  disconnect: disconnectRequest,
  expireTokens: expireTokensRequest,
  /** Which sessions there are for an app that begins to listen: a list of the `state` messages it has missed. */
  states: z.object({}),
  'platform.status': z.object({}),
  'platform.signIn': signInRequest,
  'platform.signOut': z.object({}),
  'platform.diagnose': diagnoseRequest,
  'platform.signInWindow': signInWindowEvent,
  'platform.recordViewClosed': recordViewClosed,
  'platform.noticeAnswered': noticeAnswered,
  'recordView.state': recordViewRequest,
  'recordView.chosen': recordChosen,
} as const;
export type ProviderAction = keyof typeof providerActions;

/** Actions the provider dispatches or publishes to clients. */
export const clientActions = {
  state: stateEvent,
  'platform.statusChanged': platformStatus,
  'platform.openSignInWindow': openSignInWindow,
  'platform.closeSignInWindow': closeSignInWindow,
  'platform.openRecordView': openRecordView,
  'platform.closeRecordView': closeRecordView,
  'platform.notice': notice,
} as const;

const codes = Object.keys(failureCodes) as [FailureCode, ...FailureCode[]];
const names = [...new Set(Object.values(failureCodes))] as [FailureName, ...FailureName[]];
export const failureSchema = z.object({
  code: z.enum(codes),
  name: z.enum(names),
  message: z.string(),
  status: z.number().int().optional(),
  data: z.unknown().optional(),
  reason: z.string().optional(),
  correlationId: z.string().optional(),
});
