import type { Context } from '@finos/fdc3';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import { failure, success } from '../outcomes/failure.ts';
import type { z } from '../zod.ts';
import {
  contactContext,
  contactListContext,
  emailContext,
  instrumentContext,
  organizationContext,
  recordContext,
  type ContactContext,
  type EmailContext,
  type OrganizationContext,
  type RecordContext,
} from './contexts.ts';
import { createInteraction, requireInteraction } from './createInteraction.ts';
import { createOrUpdateProfile, requireProfile } from './createOrUpdateProfile.ts';
import type { intentDescriptions, IntentName } from './describeIntents.ts';
import { asIntentError, intentErrorOf, isPersonsDecision, malformedContext } from './intentError.ts';
import { interactionContext } from './interactionContext.ts';
import type { IntentCaller, IntentServices, IntentSession } from './intentServices.ts';
import type { MappedLists } from './mappedLists.ts';
import { orgsInContext } from './orgsInContext.ts';
import { startCall, startCallToOneOf } from './startCall.ts';
import { emailTo, requireIdentifiedRecipients, startEmail } from './startEmail.ts';
import type { TransactionResult } from './transactionResult.ts';
import {
  requireIdentifiedCompany,
  requireIdentifiedOrganization,
  viewAccount,
  viewAccountOfContact,
} from './viewAccount.ts';
import { requireIdentifiedContact, requireIdentifiedInList, viewContact, viewOneOfContacts } from './viewContact.ts';
import {
  viewInteractionsWithCompany,
  viewInteractionsWithContact,
  viewInteractionsWithOneOf,
} from './viewInteractions.ts';
import { viewMappedList } from './viewMappedList.ts';
import { requireIdentifiedRecord, viewRecord } from './viewRecord.ts';

export interface IntentSettings {
  /** Fields that hold identifiers of other systems. */
  identifiers: IdentifiersByObject;
  /** The objects that `ViewOrders` and `ViewHoldings` are for; without one, an intent is not answered. */
  lists?: MappedLists | undefined;
}

type ShownContext = ContactContext | EmailContext | OrganizationContext | RecordContext | TransactionResult;
type View = (
  services: IntentServices,
  session: IntentSession,
  context: Context,
  options: IntentSettings,
) => Promise<ShownContext>;

/** Reads the context first, so that nobody is asked to sign in for a context that cannot be understood. */
function parse<T>(schema: z.ZodType<T>, context: Context): T {
  const parsed = schema.safeParse(context);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw malformedContext(`${context.type}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}

interface ContextHandler {
  /** @throws IntentError `MalformedContext` for what cannot be understood, or holds nothing to find a record by. */
  check: (context: Context, options: IntentSettings) => void;
  view: View;
}

function handlerFor<T>(
  schema: z.ZodType<T>,
  identified: (context: T, identifiers: IdentifiersByObject) => void,
  view: (
    services: IntentServices,
    session: IntentSession,
    context: T,
    identifiers: IdentifiersByObject,
  ) => Promise<ShownContext>,
): ContextHandler {
  return {
    check: (context, { identifiers }) => identified(parse(schema, context), identifiers),
    view: (services, session, context, { identifiers }) => view(services, session, parse(schema, context), identifiers),
  };
}

const asContact = handlerFor(contactContext, requireIdentifiedContact, viewContact);
const asContactList = handlerFor(contactListContext, requireIdentifiedInList, viewOneOfContacts);
const asAccountOfContact = handlerFor(contactContext, requireIdentifiedCompany, viewAccountOfContact);
const asAccount = handlerFor(organizationContext, requireIdentifiedOrganization, viewAccount);
const asAccountOfInstrument = handlerFor(instrumentContext, requireIdentifiedOrganization, viewAccount);

const asRecord = handlerFor(recordContext, requireIdentifiedRecord, viewRecord);
const asInteraction = handlerFor(interactionContext, requireInteraction, createInteraction);
const asInteractionWithList = handlerFor(contactListContext, requireInteraction, createInteraction);
const asInteractionWith = handlerFor(contactContext, requireInteraction, createInteraction);
const asProfileOfContact = handlerFor(contactContext, requireProfile, createOrUpdateProfile);
const asProfileOfCompany = handlerFor(organizationContext, requireProfile, createOrUpdateProfile);

type Handlers = {
  [I in keyof typeof intentDescriptions]: Record<(typeof intentDescriptions)[I]['contexts'][number], ContextHandler>;
};
const handlers: Handlers = {
  ViewContact: { 'fdc3.contact': asContact, 'fdc3.contactList': asContactList },
  ViewAccount: {
    'fdc3.organization': asAccount,
    'fdc3.instrument': asAccountOfInstrument,
    'fdc3.contact': asAccountOfContact,
  },
  ViewProfile: { 'fdc3.contact': asContact, 'fdc3.organization': asAccount },
  ViewInteractions: {
    'fdc3.contact': handlerFor(contactContext, requireIdentifiedContact, viewInteractionsWithContact),
    'fdc3.contactList': handlerFor(contactListContext, requireIdentifiedInList, viewInteractionsWithOneOf),
    'fdc3.organization': handlerFor(organizationContext, requireIdentifiedOrganization, viewInteractionsWithCompany),
    'fdc3.instrument': handlerFor(instrumentContext, requireIdentifiedOrganization, viewInteractionsWithCompany),
  },
  StartCall: {
    'fdc3.contact': handlerFor(contactContext, requireIdentifiedContact, startCall),
    'fdc3.contactList': handlerFor(contactListContext, requireIdentifiedInList, startCallToOneOf),
  },
  StartEmail: {
    'fdc3.email': handlerFor(emailContext, requireIdentifiedRecipients, startEmail),
    'fdc3.contact': handlerFor(contactContext.transform(emailTo), requireIdentifiedRecipients, startEmail),
    'fdc3.contactList': handlerFor(contactListContext.transform(emailTo), requireIdentifiedRecipients, startEmail),
  },
  'salesforce.ViewRecord': { 'salesforce.record': asRecord },
  CreateInteraction: {
    'fdc3.interaction': asInteraction,
    'fdc3.contactList': asInteractionWithList,
    'fdc3.contact': asInteractionWith,
  },
  CreateOrUpdateProfile: { 'fdc3.contact': asProfileOfContact, 'fdc3.organization': asProfileOfCompany },
};

/** The handlers of an intent, by type of context. */
function handlersOf(intent: IntentName, { lists = {} }: IntentSettings): Partial<Record<string, ContextHandler>> {
  if (intent !== 'ViewOrders' && intent !== 'ViewHoldings') return handlers[intent];
  const mapping = lists[intent];
  if (!mapping) throw malformedContext(`Nothing is mapped to ${intent}`);
  const view: MappedView = (services, session, context, identifiers) =>
    viewMappedList(services, session, context, identifiers, mapping);
  const ofContact = mapping.Contact === undefined ? requireIdentifiedCompany : requireIdentifiedContact;
  return {
    'fdc3.contact': handlerFor(contactContext, ofContact, view),
    ...(mapping.Account !== undefined && {
      'fdc3.organization': handlerFor(organizationContext, requireIdentifiedOrganization, view),
      'fdc3.instrument': handlerFor(instrumentContext, requireIdentifiedOrganization, view),
    }),
  };
}
type MappedView = (
  services: IntentServices,
  session: IntentSession,
  context: Parameters<typeof viewMappedList>[2],
  identifiers: IdentifiersByObject,
) => Promise<ShownContext>;

/** What is shown for a context that an app has shared, without an intent. */
const shared: Readonly<Record<string, ContextHandler>> = {
  'fdc3.contact': asContact,
  'fdc3.organization': asAccount,
  'fdc3.instrument': asAccountOfInstrument,
  'salesforce.record': asRecord,
};

/**
 * Finds the record that a shared context means, as the intents do, and shows nothing.
 *
 * @returns undefined where none is beyond doubt and the person has chosen none before, and for other contexts.
 * @throws IntentError where the org cannot be asked, or the context cannot be understood
 */
export async function recordOfContext(
  services: Pick<IntentServices, 'request' | 'chosenBefore'>,
  session: IntentSession,
  context: Context,
  options: IntentSettings,
): Promise<{ type: string; id: string } | undefined> {
  const handler = shared[context.type];
  if (!handler) return undefined;
  handler.check(context, options);
  let found: { type: string; id: string } | undefined;
  const seen: IntentServices = {
    ...services,
    authorize: () => failure('INTERNAL', 'No intent was raised.'),
    connect: async () => success(session),
    failed: () => undefined,
    async showRecord({ state }) {
      if (state.kind === 'record') found = { type: state.type, id: state.id };
      return success({ chosen: Promise.resolve(undefined) });
    },
  };
  await handler.view(seen, session, context, options).catch((error: unknown) => {
    if (!isPersonsDecision(asIntentError(error))) throw error;
  });
  return found;
}

export interface RaisedIntent {
  intent: IntentName;
  context: Context;
  caller: IntentCaller;
}

/**
 * Answers one raised intent.
 *
 * @returns The enriched context.
 * @throws IntentError with one of FDC3's error strings as its message.
 */
export async function answerIntent(
  services: IntentServices,
  { intent, context, caller }: RaisedIntent,
  options: IntentSettings,
): Promise<Context> {
  const pass = services.authorize(caller, intent);
  if (!pass.ok) throw intentErrorOf(pass.error);
  try {
    const byType = handlersOf(intent, options);
    const handler = Object.hasOwn(byType, context?.type) ? byType[context.type] : undefined;
    if (handler === undefined) throw malformedContext(`${intent} takes ${Object.keys(byType).join(' or ')}`);
    handler.check(context, options);
    const session = await services.connect(pass.data, orgsInContext(context));
    if (!session.ok) throw intentErrorOf(session.error);
    const shown = await handler.view(services, session.data, context, options);
    return shown as Context;
  } finally {
    pass.data.end();
  }
}
