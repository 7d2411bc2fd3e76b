import type { Context, ContextMetadata, DesktopAgent, Listener } from '@finos/fdc3';
import type { z } from '../zod.ts';
import {
  contactContext,
  contactListContext,
  organizationContext,
  type ContactContext,
  type OrganizationContext,
} from './contexts.ts';
import type { intentDescriptions, IntentName } from './describeIntents.ts';
import { defaultExternalIdFields, type ExternalIdFields } from './findAccounts.ts';
import type { IntentCaller, IntentServices, IntentSession } from './intentServices.ts';
import { asIntentError, intentErrorOf, isPersonsDecision, malformedContext } from './intentError.ts';
import { orgsInContext } from './orgsInContext.ts';
import { subjectOf } from './subject.ts';
import {
  requireIdentifiedCompany,
  requireIdentifiedOrganization,
  viewAccount,
  viewAccountOfContact,
} from './viewAccount.ts';
import { requireIdentifiedContact, requireIdentifiedInList, viewContact, viewOneOfContacts } from './viewContact.ts';

export interface IntentOptions {
  /** Fields that hold identifiers of other systems; default `LEI__c` and `Ticker__c` of an Account. */
  externalIdFields?: ExternalIdFields;
}

type ShownContext = ContactContext | OrganizationContext;
type View = (
  services: IntentServices,
  session: IntentSession,
  context: Context,
  options: Required<IntentOptions>,
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
  check: (context: Context, options: Required<IntentOptions>) => void;
  view: View;
}

function handlerFor<T>(
  schema: z.ZodType<T>,
  identified: (context: T, options: Required<IntentOptions>) => void,
  view: (
    services: IntentServices,
    session: IntentSession,
    context: T,
    options: Required<IntentOptions>,
  ) => Promise<ShownContext>,
): ContextHandler {
  return {
    check: (context, options) => identified(parse(schema, context), options),
    view: (services, session, context, options) => view(services, session, parse(schema, context), options),
  };
}

const asContact = handlerFor(contactContext, requireIdentifiedContact, viewContact);
const asContactList = handlerFor(contactListContext, requireIdentifiedInList, viewOneOfContacts);
const asAccountOfContact = handlerFor(contactContext, requireIdentifiedCompany, viewAccountOfContact);
const asAccount = handlerFor(
  organizationContext,
  (context, { externalIdFields }) => requireIdentifiedOrganization(context, externalIdFields),
  (services, session, context, { externalIdFields }) => viewAccount(services, session, context, externalIdFields),
);

const handlers: { [I in IntentName]: Record<(typeof intentDescriptions)[I]['contexts'][number], ContextHandler> } = {
  ViewContact: { 'fdc3.contact': asContact, 'fdc3.contactList': asContactList },
  ViewAccount: { 'fdc3.organization': asAccount, 'fdc3.contact': asAccountOfContact },
  ViewProfile: { 'fdc3.contact': asContact, 'fdc3.organization': asAccount },
};

function callerOf(metadata: ContextMetadata | undefined): IntentCaller {
  const { appId, instanceId } = metadata?.source ?? {};
  return { ...(appId ? { appId } : {}), ...(instanceId ? { instanceId } : {}) };
}

interface RaisedIntent {
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
async function answerIntent(
  services: IntentServices,
  { intent, context, caller }: RaisedIntent,
  options: Required<IntentOptions>,
): Promise<Context> {
  const pass = services.authorize(caller, intent);
  if (!pass.ok) throw intentErrorOf(pass.error);
  try {
    const byType: Record<string, ContextHandler> = handlers[intent];
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

/**
 * Does the same, and tells the person of a failure too: most agents hand the app one word, and an app may show nothing
 * at all. If the person has closed, cancelled or denied something, they are not told.
 */
async function answerOrTell(
  services: IntentServices,
  raised: RaisedIntent,
  options: Required<IntentOptions>,
): Promise<Context> {
  try {
    return await answerIntent(services, raised, options);
  } catch (thrown) {
    const error = asIntentError(thrown);
    if (!isPersonsDecision(error)) {
      const { intent, caller, context } = raised;
      services.failed({
        intent,
        caller,
        error,
        orgUrls: orgsInContext(context),
        ...subjectOf(intent, context),
        retry: () =>
          answerOrTell(services, raised, options).then(
            () => undefined,
            () => undefined,
          ),
      });
    }
    throw error;
  }
}

/**
 * Registers the handlers of all intents in `describeIntents.ts`. To be called as early as possible: agents wait about
 * 15 s for a listener. Signing in comes later, inside the handler.
 *
 * @returns A handle that removes all of them.
 * @throws whatever the agent throws when it refuses a listener; those already added are removed again.
 */
export async function registerIntentHandlers(
  agent: DesktopAgent,
  services: IntentServices,
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
        await agent.addIntentListener(intent, (context, metadata) =>
          answerOrTell(services, { intent, context, caller: callerOf(metadata) }, settings),
        ),
      );
    }
  } catch (error) {
    await unsubscribe();
    throw error;
  }
  return { unsubscribe };
}
