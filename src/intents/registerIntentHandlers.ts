import type { Context, ContextMetadata, DesktopAgent, Listener } from '@finos/fdc3';
import type { z } from '../zod.ts';
import {
  contactContext, contactListContext, organizationContext, type ContactContext, type OrganizationContext,
} from './contexts.ts';
import type { intentDescriptions, IntentName } from './describeIntents.ts';
import { defaultExternalIdFields, type ExternalIdFields } from './findAccounts.ts';
import type { IntentCaller, IntentDesk, IntentSession } from './intentDesk.ts';
import { intentErrorOf, malformedContext } from './intentError.ts';
import { viewAccount, viewAccountOfContact } from './viewAccount.ts';
import { viewContact, viewOneOfContacts } from './viewContact.ts';

export interface IntentOptions {
  /** Which Account fields hold the identifiers of an `fdc3.organization`; default `LEI__c` and `Ticker__c`. */
  externalIdFields?: ExternalIdFields;
}

type ShownContext = ContactContext | OrganizationContext;
type View = (desk: IntentDesk, session: IntentSession, context: Context, options: Required<IntentOptions>) => Promise<ShownContext>;

/** Reads the context first, so that nobody is asked to sign in for a context that cannot be understood. */
function parse<T>(schema: z.ZodType<T>, context: Context): T {
  const parsed = schema.safeParse(context);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw malformedContext(`${context.type}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}

interface ContextHandler {
  check: (context: Context) => void;
  view: View;
}

function handlerFor<T>(
  schema: z.ZodType<T>,
  view: (desk: IntentDesk, session: IntentSession, context: T, options: Required<IntentOptions>) => Promise<ShownContext>,
): ContextHandler {
  return {
    check: (context) => void parse(schema, context),
    view: (desk, session, context, options) => view(desk, session, parse(schema, context), options),
  };
}

const asContact = handlerFor(contactContext, viewContact);
const asContactList = handlerFor(contactListContext, viewOneOfContacts);
const asAccountOfContact = handlerFor(contactContext, viewAccountOfContact);
const asAccount = handlerFor(organizationContext, (desk, session, context, { externalIdFields }) =>
  viewAccount(desk, session, context, externalIdFields));

const handlers: { [I in IntentName]: Record<(typeof intentDescriptions)[I]['contexts'][number], ContextHandler> } = {
  ViewContact: { 'fdc3.contact': asContact, 'fdc3.contactList': asContactList },
  ViewAccount: { 'fdc3.organization': asAccount, 'fdc3.contact': asAccountOfContact },
  ViewProfile: { 'fdc3.contact': asContact, 'fdc3.organization': asAccount },
};

function callerOf(metadata: ContextMetadata | undefined): IntentCaller {
  const { appId, instanceId } = metadata?.source ?? {};
  return { ...(appId ? { appId } : {}), ...(instanceId ? { instanceId } : {}) };
}

/**
 * Answers one raised intent.
 *
 * @returns The enriched context.
 * @throws IntentError with one of FDC3's error strings as its message.
 */
async function answerIntent(
  desk: IntentDesk,
  intent: IntentName,
  context: Context,
  metadata: ContextMetadata | undefined,
  options: Required<IntentOptions>,
): Promise<Context> {
  const caller = callerOf(metadata);
  const authorized = desk.authorize(caller, intent);
  if (!authorized.ok) throw intentErrorOf(authorized.error);
  const byType: Record<string, ContextHandler> = handlers[intent];
  const handler = Object.hasOwn(byType, context?.type) ? byType[context.type] : undefined;
  if (handler === undefined) throw malformedContext(`${intent} takes ${Object.keys(byType).join(' or ')}`);
  handler.check(context);
  const session = await desk.connect(caller);
  if (!session.ok) throw intentErrorOf(session.error);
  const shown = await handler.view(desk, session.data, context, options);
  return shown as Context;
}

/**
 * Registers the handlers of all intents in `describeIntents.ts`. To be called first thing: agents wait about 15 s for a
 * listener; sign-in comes later, inside the handler.
 *
 * @returns A handle that takes all of them back.
 * @throws whatever the agent throws when it refuses a listener; those already added are removed again.
 */
export async function registerIntentHandlers(
  agent: DesktopAgent,
  desk: IntentDesk,
  options: IntentOptions = {},
): Promise<{ unsubscribe(): Promise<void> }> {
  const settings = { externalIdFields: options.externalIdFields ?? defaultExternalIdFields };
  const listeners: Listener[] = [];
  const unsubscribe = async (): Promise<void> => {
    await Promise.all(listeners.splice(0).map((listener) => listener.unsubscribe()));
  };
  try {
    for (const intent of Object.keys(handlers) as IntentName[]) {
      listeners.push(
        await agent.addIntentListener(intent, (context, metadata) => answerIntent(desk, intent, context, metadata, settings)),
      );
    }
  } catch (error) {
    await unsubscribe();
    throw error;
  }
  return { unsubscribe };
}
