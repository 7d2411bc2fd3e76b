import type { Context, DesktopAgent } from '@finos/fdc3';
import { ResultError } from '@finos/fdc3';
import { success, type Outcome } from '../../src/outcomes/failure.ts';
import type {
  FailedIntent,
  IntentServices,
  IntentSession,
  RecordChoice,
  RecordViewRequest,
} from '../../src/intents/intentServices.ts';
import { registerIntentHandlers, type HandlerSettings } from '../../src/intents/registerIntentHandlers.ts';
import { createRememberedChoices, type RememberedChoices } from '../../src/provider/rememberedChoices.ts';
import { openEmbeddedOrg, orgUrl, type EmbeddedOrg } from './embeddedOrg.ts';
import { createInMemoryDesktopAgent } from './inMemoryDesktopAgent.ts';

/** Ids of the records that {@link openOrgWithPeople} makes. */
export type People = Record<'engines' | 'looms' | 'ada' | 'adaToo' | 'clerk', string>;

/** An embedded org with a few people whom tests ask for. */
export async function openOrgWithPeople(): Promise<{ org: EmbeddedOrg; ids: People }> {
  const org = await openEmbeddedOrg();
  const ids = {} as People;
  ids.engines = org.create('Account', {
    Name: 'Analytical Engines, Inc.',
    LEI__c: '5493001KJTIIGC8Y1R12',
    Ticker__c: 'AENG',
    Industry: 'Technology',
  });
  ids.looms = org.create('Account', { Name: 'Jacquard Looms' });
  ids.ada = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace-Test',
    Email: 'ada@engines.example',
    Phone: '+44 1',
    Title: 'Countess',
    AccountId: ids.engines,
  });
  ids.adaToo = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace-Test',
    Email: 'office@looms.example',
    AccountId: ids.looms,
  });
  ids.clerk = org.create('Contact', {
    FirstName: 'Bob',
    LastName: 'Clerk-Test',
    Email: 'office@looms.example',
    AccountId: ids.looms,
  });
  return { org, ids };
}

/** What the person at the desk does with a view that asks for a choice. */
export type Person = (request: RecordViewRequest) => RecordChoice | { refusal: string } | undefined;
const closesIt: Person = () => undefined;

export interface DeskOptions {
  choices?: RememberedChoices;
  person?: Person;
  authorize?: Outcome<never>;
  connect?: Outcome<IntentSession>;
}

/** Handlers at a desktop agent, with an org behind them and a person before the screen. */
export async function openDesktop(
  org: EmbeddedOrg,
  { person = closesIt, authorize, connect, choices = createRememberedChoices() }: DeskOptions = {},
  options: Partial<HandlerSettings> = {},
) {
  const shown: RecordViewRequest[] = [];
  const connected: unknown[] = [];
  const requested: string[] = [];
  const failed: FailedIntent[] = [];
  const ended: unknown[] = [];
  const desk: IntentServices = {
    authorize: (caller) => authorize ?? success({ caller, end: () => ended.push(caller) }),
    connect: async ({ caller }) => {
      connected.push(caller);
      return connect ?? success({ sessionId: 's-1', orgUrl });
    },
    request: async (_sessionId, path, { method, body } = {}) => {
      requested.push(path);
      return org.request(path, method, body);
    },
    chosenBefore: (_session, askedFor) => choices.find('morgan', askedFor),
    showRecord: async (request) => {
      shown.push(request);
      const choice = person(request);
      if (choice && 'refusal' in choice)
        return success({ chosen: Promise.resolve(undefined), refusal: () => choice.refusal });
      if (choice && request.askedFor) await choices.remember('morgan', request.askedFor, choice);
      return success({ chosen: Promise.resolve(choice) });
    },
    failed: (intent) => failed.push(intent),
  };
  const agent = createInMemoryDesktopAgent();
  const registration = await registerIntentHandlers(agent, desk, options);
  return { agent, registration, shown, connected, requested, failed, ended };
}

/** Raises an intent and waits for its result. */
export async function raise(agent: DesktopAgent, intent: string, context: Context): Promise<Context> {
  return (await (await agent.raiseIntent(intent, context)).getResult()) as Context;
}

/** The error the handler threw, which most agents replace by their own. */
export async function refusal(agent: DesktopAgent, intent: string, context: Context): Promise<unknown> {
  const error: unknown = await raise(agent, intent, context).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ message: ResultError.IntentHandlerRejected });
  return (error as Error).cause;
}

export const contact = (members: object): Context => ({ type: 'fdc3.contact', id: {}, ...members });
export const organization = (members: object): Context => ({ type: 'fdc3.organization', id: {}, ...members });
