/**
 * The protocol: every message that crosses the channel and every reply, for both ends. Payloads are JSON.
 * Every reply is an {@link import('../outcomes/failure.ts').Outcome}. `docs/protocol.md` is made from it: what a client
 * has to know is said in the schemas.
 */
import { webAddress } from '../webAddress.ts';
import { z } from '../zod.ts';
import { failureCodes, type FailureCode, type FailureName } from '../outcomes/failure.ts';
import { recordSummary } from '../salesforce/recordSummary.ts';
import { liveEvent, lookRequest, subscribeRequest, unsubscribeRequest } from './liveMessages.ts';
import { identifier, requestId, timeoutMs } from './identifiers.ts';
import { orgUsage } from './orgUsage.ts';
import { cancelRequest, executeReply, executeRequest } from './orgRequests.ts';
import { raiseRequest, searchReply, searchRequest } from './searchMessages.ts';

const scopes = z.array(z.string().min(1).max(200)).max(50);
const version = z.object({ major: z.number().int(), minor: z.number().int() });
/** Name and version of the client library, as the client itself states them. */
const clientRelease = z.object({ name: identifier, version: identifier });
export type ClientRelease = z.infer<typeof clientRelease>;

export const helloRequest = z
  .object({
    protocol: version.describe('the version that this client speaks'),
    client: clientRelease.describe(
      'which release of which library: shown to the platform team, and trusted with nothing',
    ),
  })
  .describe(
    'The first message of each connection. A provider of another major version refuses it and says which side to update.',
  );
export const helloReply = z.object({
  protocol: version.describe('the version that the provider speaks'),
  identification: z.discriminatedUnion('kind', [
    z
      .object({
        kind: z.literal('runtime'),
        ticketUrl: webAddress
          .optional()
          .describe(
            'where this app can have a [lane](#the-lane): the page to frame for it. Nothing has to wait for that',
          ),
      })
      .describe('the runtime has vouched for this app, which is let in'),
    z
      .object({
        kind: z.literal('ticket'),
        ticketUrl: webAddress.describe('the page to frame'),
        frame: z
          .number()
          .int()
          .min(0)
          .optional()
          .describe(
            "where the provider's page is now: `window.top[frame]` of each page of the desktop. It answers as the ticket page does, without being framed",
          ),
      })
      .describe('the app has to fetch a ticket and to `identify`'),
  ]),
});

export const identifyRequest = z
  .object({ ticket: z.string().min(20).max(200) })
  .describe(
    'Says who this app is, by a ticket of the ticket page. Where the runtime has vouched for it, the ticket is for its lane only.',
  );

const orgUrl = z
  .string()
  .max(2000)
  .optional()
  .describe("origin of the org's My Domain; left out together with `consumerKey`, the default org is meant");
const consumerKey = z.string().max(2000).optional().describe('left out, that of the org as it is configured');

export const connectRequest = z
  .object({
    requestId,
    orgUrl,
    consumerKey,
    scopes: scopes.optional().describe('OAuth scopes; left out, those that are configured'),
    ownSession: z
      .boolean()
      .optional()
      .describe('true: a session that no other app shares, e.g. for another user of the same org'),
    authFlowParams: z
      .record(z.string(), z.string())
      .optional()
      .describe('further parameters of the authorize page: `prompt`, `login_hint`, `display` and the like'),
    authWindowOptions: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('how the sign-in window looks, in the container'),
    timeoutMs,
  })
  .describe(
    'The session that all apps share, or the one after a person has signed in. Answered when they have, which takes minutes.',
  );
export const getConnectionRequest = connectRequest
  .pick({ requestId: true, orgUrl: true, consumerKey: true, scopes: true, ownSession: true, timeoutMs: true })
  .describe('The same if it needs nobody to act; null where somebody would have to sign in.');
export const signInRequest = connectRequest
  .pick({ orgUrl: true, consumerKey: true })
  .describe('Leads the person through signing in, as `connect` does for an app.');

const tokenBinding = z.enum(['dpop', 'bearer']);

export const sessionDetails = z
  .object({
    sessionId: identifier.describe('for `execute` and `disconnect`; tells sessions apart and is no secret'),
    orgUrl: z.string().describe('origin of the org that the app asked for'),
    consumerKey: z.string(),
    scopes,
    tokenBinding: tokenBinding.optional().describe('`dpop`: the tokens are bound to a key of this desktop (RFC 9449)'),
    currentUser: z.record(z.string(), z.unknown()).describe("the signed-in user's record, as the REST API returns it"),
  })
  .meta({ id: 'SessionDetails', description: 'What an app learns of a session: no token, no code, no verifier.' });
export type SessionDetails = z.infer<typeof sessionDetails>;

export const disconnectRequest = z
  .object({ sessionId: identifier })
  .describe("Ends this app's use of a session. One that nobody uses any more ends after a while.");
export const expireTokensRequest = z
  .object({ sessionId: identifier, accessTokenOnly: z.boolean().default(false) })
  .describe('Embedded orgs only, for trying out: the tokens of this session are worth nothing any more.');

export const stateEvent = z
  .object({
    state: z.enum(['signedIn', 'signedOut', 'signInRequired']),
    sessionId: identifier,
    orgUrl: z.string(),
    consumerKey: z.string(),
    userName: z.string().optional(),
    reason: z.string().optional().describe('of `signInRequired`: the row of [outcomes](outcomes.md)'),
    message: z.string().optional().describe('of `signInRequired`: the sentence for the person'),
  })
  .meta({
    id: 'StateEvent',
    description:
      'A session has changed. To the apps that use it, and to those that could share it and have no other of its org and key.',
  });
export type StateEvent = z.infer<typeof stateEvent>;

export const platformStatus = z
  .object({
    sessions: z.array(
      z.object({
        sessionId: identifier,
        orgUrl: z.string(),
        consumerKey: z.string(),
        userId: z.string(),
        userName: z.string(),
        state: z.enum(['signedIn', 'signInRequired']),
        tokenBinding,
        message: z.string().optional().describe('why somebody has to sign in again'),
        owner: z.string().optional().describe('the app whose own session it is'),
        apps: z.array(z.string()).describe('names of the apps that use it now'),
      }),
    ),
    apps: z.array(z.string()).describe('names of all apps that are connected'),
    clients: z
      .array(clientRelease.extend({ app: z.string().describe('its name, as in `apps`') }))
      .optional()
      .describe(
        'which client each app has brought; an app is named more than once while its pages have brought different ones',
      ),
    signingIn: z.boolean().describe('whether a person is expected to act in a sign-in window'),
    defaultOrgUrl: z.string(),
    orgs: z
      .array(z.object({ orgUrl: z.string(), consumerKey: z.string() }))
      .optional()
      .describe('the orgs that a person may sign in to, the default one first'),
    usage: z.array(orgUsage).optional().describe('what the desktop has used of each org, for a meter'),
  })
  .meta({
    id: 'PlatformStatus',
    description: 'All sessions and apps, for the platform page only. Sent anew whenever it changes.',
  });
export type PlatformStatus = z.infer<typeof platformStatus>;

export const openSignInWindow = z
  .object({ signInId: identifier, url: webAddress, orgUrl: z.string(), width: z.number(), height: z.number() })
  .describe('Open the sign-in window, or show a prompt that opens it when the browser blocks it.');
export const closeSignInWindow = z
  .object({ signInId: identifier })
  .describe('The sign-in is over: close window and prompt.');
export const signInWindowEvent = z
  .object({ signInId: identifier, event: z.enum(['opened', 'blocked', 'closed', 'cancelled']) })
  .describe('What became of a sign-in window. `closed`: it is gone; `cancelled`: the person pressed Cancel.');
export const openRecordView = z
  .object({ viewId: identifier, url: webAddress.describe('the record view page with its view id'), title: z.string() })
  .describe('Show a record view. One that is open already is brought to the front, and not loaded anew.');
export const closeRecordView = z
  .object({ viewId: identifier })
  .describe('Whoever was shown this record has left: close its view.');
export const recordViewClosed = z.object({ viewId: identifier }).describe('The person has closed a record view.');

const wayOn = z.enum(['retry', 'signIn', 'search']);
export const notice = z
  .object({
    noticeId: identifier,
    title: z.string().max(500).describe('who asked for what'),
    message: z.string().max(2000).describe('why it was not done, in a sentence'),
    ways: z
      .array(wayOn)
      .describe('what the person may do besides dismissing it; `signIn` is a retry that leads through sign-in'),
  })
  .describe(
    'What an app asked for by an intent was not done, and the person is to know. Texts are plain text. One with an id that is shown already takes its place.',
  );
export type Notice = z.infer<typeof notice>;
export const noticeAnswered = z
  .object({ noticeId: identifier, way: z.enum([...wayOn.options, 'dismiss']) })
  .describe('What the person did about a notice, which is gone with it.');

export const diagnoseRequest = z
  .object({ run: identifier.describe('checks of the same run share what they have asked the org'), check: identifier })
  .describe('Runs one check of the doctor.');
export const checkResult = z.object({
  id: z.string(),
  status: z.enum(['ok', 'warning', 'failed', 'skipped']),
  finding: z.string().describe('one sentence'),
});
export type CheckResult = z.infer<typeof checkResult>;

const suggested = z.record(z.string(), z.string()).describe('values for a new record');
const mappedList = z.object({
  kind: z.literal('list').describe('rows of another object that belong to it, as the configuration maps them'),
  label: z.string(),
  type: z.string().describe('API name of the object of the rows'),
  field: z.string().describe('its lookup field to the record'),
  fields: z.array(z.string()).min(1).describe('what is shown of a row; the first is its title'),
  orderBy: z.string(),
});
/** Rows of another object that belong to a record. */
export type MappedList = z.infer<typeof mappedList>;
const opensOn = z
  .discriminatedUnion('kind', [
    mappedList,
    z.object({ kind: z.literal('activities').describe('its tasks and events') }),
    z.object({
      kind: z.literal('call').describe('the ways to call whom it is about'),
      numbers: z.array(z.string()).describe('telephone numbers that the app knows'),
    }),
    z.object({
      kind: z.literal('email').describe('the ways to write to whom it is about'),
      addresses: z.array(z.string()).describe('e-mail addresses that the app knows'),
      others: z
        .array(z.object({ name: z.string(), address: z.string().optional() }))
        .describe('others who are to get it too'),
      subject: z.string().optional(),
      text: z.string().optional(),
    }),
  ])
  .describe('what of the record is shown first, where the app has asked for a part of it');
export type OpensOn = z.infer<typeof opensOn>;

const profileValue = z.object({
  fields: z
    .array(z.string())
    .describe('that may hold it: one that has it already counts, and else the first is written'),
  value: z.string(),
  text: z.string().optional().describe('as a person reads it, where the value is an id'),
});
/** What an app says of a person or a company, for one field. */
export type ProfileValue = z.infer<typeof profileValue>;
const profile = z
  .record(z.string(), z.array(profileValue))
  .describe('by object, what is brought to the record that is chosen: the person sees first what would change');
const recordsToChoose = z.object({
  kind: z.literal('choose'),
  type: z.string(),
  query: z.string(),
  candidates: z.array(
    recordSummary.extend({
      agrees: z.array(z.string()).describe('what speaks for it, e.g. `same e-mail`'),
      differs: z.array(z.string()).describe('what speaks against it'),
    }),
  ),
  hasMore: z.boolean().describe('whether the org may know more that are alike'),
  notFound: z.array(z.string()).describe('of several who were asked for, those whom the org does not know'),
  suggested,
  opensOn: opensOn.optional(),
  profile: profile.optional(),
});
const nothingFound = z.object({
  kind: z.literal('none'),
  type: z.string(),
  query: z.string(),
  says: z.string().optional().describe('why there is nothing to show, in a sentence'),
  suggested,
  opensOn: opensOn.optional(),
  profile: profile.optional(),
});
const shownRecord = z.object({
  kind: z.literal('record'),
  type: z.string(),
  id: z.string(),
  opensOn: opensOn.optional(),
  instead: z
    .discriminatedUnion('kind', [recordsToChoose, nothingFound])
    .optional()
    .describe('where the person has chosen this record before: what they may choose from anew'),
});
const activityPerson = z.object({
  name: z.string().describe('as the app calls them'),
  found: z
    .array(recordSummary.extend({ account: z.object({ id: z.string(), name: z.string() }).optional() }))
    .describe(
      'contacts and leads that may be meant, the likeliest first; none for somebody whom the org does not know',
    ),
  isSure: z.boolean().describe('whether the first of them is beyond doubt'),
});
const activityToWrite = z
  .object({
    kind: z.literal('activity'),
    interactionType: z.string().describe('`Call`, `Email`, `Instant Message`, `Meeting` or another'),
    subject: z.string(),
    comments: z.string(),
    startTime: z.string().optional(),
    endTime: z.string().optional(),
    people: z.array(activityPerson),
    externalId: z
      .object({ field: z.string(), value: z.string() })
      .optional()
      .describe('the field of Task and Event that holds the id of the interaction, by which it is written once'),
  })
  .describe('A task or an event to be written, once the person has confirmed it.');
/** A task or an event before it is written. */
export type ActivityToWrite = z.infer<typeof activityToWrite>;

const profileToWrite = z
  .object({
    kind: z.literal('profile'),
    type: z.string(),
    id: z.string(),
    name: z.string(),
    values: z.array(profileValue),
  })
  .describe('What is brought to a record, once the person has seen what would change.');
/** What an app says of a person or a company, before it is written to their record. */
export type ProfileToWrite = z.infer<typeof profileToWrite>;

/** What there is to choose from, or that there is nothing. */
export type RecordsToChooseFrom = z.infer<typeof recordsToChoose> | z.infer<typeof nothingFound>;
/** What a record view has to show. */
export type RecordViewState = z.infer<typeof shownRecord> | RecordsToChooseFrom | ActivityToWrite | ProfileToWrite;

const viewedOrg = {
  orgUrl: z.string().optional().describe('the org whose record it is; left out, the default one'),
  consumerKey: z.string().optional().describe('the key of the session to read it in'),
  sharing: z
    .object({
      userChannel: z.string().optional().describe('the user channel that it joins, where it is on none'),
      broadcasts: z.boolean(),
      follows: z.boolean(),
    })
    .optional()
    .describe('what it shares with other apps by FDC3, and whether it follows what they share; left out, neither'),
};
/** What a record view shares with other apps, to begin with. */
export type ContextSharing = NonNullable<RecordViewReply['sharing']>;
export const recordViewRequest = z
  .object({ viewId: identifier.describe("`viewId` of the page's own address") })
  .describe('What this record view has to show.');
export const recordViewReply = z.discriminatedUnion('kind', [
  shownRecord.extend(viewedOrg),
  recordsToChoose.extend(viewedOrg),
  nothingFound.extend(viewedOrg),
  activityToWrite.extend(viewedOrg),
  profileToWrite.extend(viewedOrg),
]);
export type RecordViewReply = z.infer<typeof recordViewReply>;
export const recordChosen = z
  .object({
    viewId: identifier,
    type: z.string(),
    id: z.string(),
    outcome: z
      .enum(['created', 'updated', 'unchanged'])
      .optional()
      .describe('what has become of it, where it was more than picked'),
  })
  .describe('The person has picked or created this record.');
export const recordShown = z
  .object({ viewId: identifier, id: z.string().optional().describe('left out while the view shows something else') })
  .describe(
    'Which record the view shows now: an intent for the same record brings this view to the front, and opens no other.',
  );
export const contextShared = z
  .object({ viewId: identifier, context: z.looseObject({ type: z.string() }).describe('as the other app has sent it') })
  .describe('Another app has shared this, and the view follows it: which record is meant, beyond doubt?');
const followedRecord = z.object({ type: z.string(), id: z.string() }).nullable();
export const choiceForgotten = z
  .object({ viewId: identifier })
  .describe('The record that was chosen before is not meant: it is not to be opened again without a question.');

export const writingCancelled = z
  .object({
    viewId: identifier,
    refusal: z.string().max(2000).optional().describe('what Salesforce has refused before, in a sentence'),
  })
  .describe('The person does not write what this view was opened for: it is closed.');

/** What a client dispatches to the provider: the request of each action. */
export const providerActions = {
  hello: helloRequest,
  identify: identifyRequest,
  connect: connectRequest,
  getConnection: getConnectionRequest,
  execute: executeRequest,
  cancel: cancelRequest,
  disconnect: disconnectRequest,
  expireTokens: expireTokensRequest,
  states: z
    .object({})
    .describe('Which sessions there are, for an app that begins to listen: the `state` messages that it has missed.'),
  'live.subscribe': subscribeRequest,
  'live.look': lookRequest,
  'live.unsubscribe': unsubscribeRequest,
  'platform.status': z.object({}).describe('The present status.'),
  'platform.signIn': signInRequest,
  'platform.signOut': z.object({}).describe('Ends every session of every app, and revokes it.'),
  'platform.diagnose': diagnoseRequest,
  'platform.signInWindow': signInWindowEvent,
  'platform.recordViewClosed': recordViewClosed,
  'platform.noticeAnswered': noticeAnswered,
  'platform.search': searchRequest,
  'platform.raise': raiseRequest,
  'recordView.state': recordViewRequest,
  'recordView.shows': recordShown,
  'recordView.chosen': recordChosen,
  'recordView.follow': contextShared,
  'recordView.forget': choiceForgotten,
  'recordView.cancel': writingCancelled,
} as const;
export type ProviderAction = keyof typeof providerActions;

/** The `data` of a reply that carries no data. */
const done = z.null();

/** The reply to each of these actions: `data` of the outcome. */
export const providerReplies = {
  hello: helloReply,
  identify: done,
  connect: sessionDetails,
  getConnection: sessionDetails.nullable(),
  execute: executeReply,
  cancel: done,
  disconnect: done,
  expireTokens: done,
  states: z.array(stateEvent),
  'live.subscribe': done,
  'live.look': done,
  'live.unsubscribe': done,
  'platform.status': platformStatus,
  'platform.signIn': sessionDetails,
  'platform.signOut': done,
  'platform.diagnose': checkResult,
  'platform.signInWindow': done,
  'platform.recordViewClosed': done,
  'platform.noticeAnswered': done,
  'platform.search': searchReply,
  'platform.raise': done,
  'recordView.state': recordViewReply,
  'recordView.shows': done,
  'recordView.chosen': done,
  'recordView.follow': followedRecord,
  'recordView.forget': done,
  'recordView.cancel': done,
} as const satisfies Record<ProviderAction, z.ZodType>;
export type ProviderReply<A extends ProviderAction> = z.output<(typeof providerReplies)[A]>;

/** What the provider dispatches to clients. It waits for the listener to finish, and ignores what that returns. */
export const clientActions = {
  state: stateEvent,
  live: liveEvent,
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
  name: z.enum(names).describe('the error class of `salesforce-interop/client`'),
  message: z.string().describe("a sentence for the person, or Salesforce's own"),
  status: z.number().int().optional().describe('of an answer of the org'),
  data: z.unknown().optional().describe('for the machine: the body of an answer, or what there is to know'),
  reason: z.string().optional().describe('the row of [outcomes](outcomes.md)'),
  correlationId: z.string().optional().describe("joins it to the provider's audit trail"),
});
