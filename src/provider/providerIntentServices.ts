import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type {
  FailedIntent,
  IntentCaller,
  IntentPass,
  IntentServices,
  RecordChoice,
} from '../intents/intentServices.ts';
import type { Audit } from './audit.ts';
import type { Caller, createAccessPolicy } from './accessPolicy.ts';
import type { IntentNotices } from './intentNotices.ts';
import type { OrgConfiguration, ProviderConfiguration } from './configuration.ts';
import { createIntentFailures } from './intentFailures.ts';
import { createIntentPlaces } from './intentPlaces.ts';
import { intentRequest } from './intentRequest.ts';
import type { RecordViews, ViewedOrg } from './recordViews.ts';
import type { RememberedChoices } from './rememberedChoices.ts';
import type { SalesforceService } from './service.ts';

interface IntentServicesOptions {
  allowedApp: ReturnType<typeof createAccessPolicy>;
  service: SalesforceService;
  recordViews: RecordViews;
  notices: Pick<IntentNotices, 'failed' | 'forget'>;
  audit: Audit;
  limits: ProviderConfiguration['limits'];
  choices: RememberedChoices;
  /** The org of an intent of this app, whose context names these orgs. */
  orgFor: (app: string, orgUrls: readonly string[]) => OrgConfiguration;
}

/** An intent that is being answered, or whose view is open. */
interface Answering {
  caller: Caller;
  /** The session of the intent and its org, once there is one. */
  session?: { sessionId: string; org: ViewedOrg; person: string };
  /** Counts the intent and its view. When both have ended, the app's place is free. */
  parts: number;
  /** Whether the person it was answered for has signed out meanwhile. */
  personLeft: boolean;
  giveBack: () => void;
}

/** The intent services, and what the provider asks of them. */
interface ProviderIntentServices extends IntentServices {
  /**
   * Ends the intents that are still being answered. Their results are shown to nobody, and the next person is told
   * nothing of them.
   */
  personLeft(): void;
  /** Opens a view to search in, for an intent that has failed. */
  searchInstead(failed: FailedIntent): void;
}

const ended = failure('REQUEST_CANCELLED', 'Whoever this was for has signed out.');

/** The provider's side of the intent services. It uses the same service as the channel does. */
export function createIntentServices({
  allowedApp,
  service,
  recordViews,
  notices,
  audit,
  limits,
  choices,
  orgFor,
}: IntentServicesOptions): ProviderIntentServices {
  const places = createIntentPlaces(limits);
  const answering = new Map<IntentPass, Answering>();
  /** The intent that each session key was given to, so that the audit names the app that raised it. */
  const inUse = new Map<string, Answering>();

  function callerOf({ appId, ...where }: IntentCaller, name: string): Outcome<Caller> {
    const app = allowedApp({ kind: 'fdc3', appId });
    const intent = { name, ...where };
    return app.ok ? success({ id: `fdc3/${app.data.name}`, app: app.data, keepsSession: false, intent }) : app;
  }

  function leave(intent: Answering): void {
    intent.parts -= 1;
    if (intent.parts === 0) intent.giveBack();
  }

  return {
    authorize(source, name) {
      const caller = callerOf(source, name);
      if (!caller.ok) return caller;
      const place = places.take(caller.data.app.name);
      if (!place.ok) return place;
      const intent: Answering = { caller: caller.data, parts: 1, personLeft: false, giveBack: place.data };
      const pass: IntentPass = {
        caller: source,
        end() {
          answering.delete(pass);
          for (const [key, one] of inUse) if (one === intent) inUse.delete(key);
          leave(intent);
        },
      };
      answering.set(pass, intent);
      return success(pass);
    },

    async connect(pass, orgUrls) {
      const intent = answering.get(pass);
      if (!intent) return failure('INTERNAL', 'This intent was not admitted.');
      const { orgUrl, consumerKey } = orgFor(intent.caller.app.name, orgUrls);
      const session = await service.connect(intent.caller, { requestId: crypto.randomUUID(), orgUrl, consumerKey });
      if (intent.personLeft) return ended;
      if (!session.ok) return session;
      const person = `${session.data.orgUrl} ${session.data.currentUser.Id}`;
      intent.session = { sessionId: session.data.sessionId, org: { orgUrl, consumerKey }, person };
      const key = crypto.randomUUID();
      inUse.set(key, intent);
      return success({ sessionId: key, orgUrl: session.data.orgUrl });
    },

    async request(key, path, options) {
      const intent = inUse.get(key);
      const { sessionId } = intent?.session ?? {};
      if (!intent || sessionId === undefined) return ended;
      const answer = await intentRequest(service, intent.caller, sessionId, path, options);
      return intent.personLeft ? ended : answer;
    },

    async chosenBefore({ sessionId }, askedFor) {
      const person = inUse.get(sessionId)?.session?.person;
      return person === undefined ? undefined : choices.find(person, askedFor);
    },

    async showRecord({ session, state, title, askedFor, isShared }) {
      // The record may have been found for a person who has left meanwhile.
      const intent = inUse.get(session.sessionId);
      if (!intent?.session) return ended;
      intent.parts += 1;
      const { org, person } = intent.session;
      const onChoice = async (choice: RecordChoice | undefined): Promise<void> => {
        if (askedFor === undefined) return;
        await (choice ? choices.remember(person, askedFor, choice) : choices.forget(person, askedFor));
      };
      const sharedAs = isShared && askedFor !== undefined ? JSON.stringify([person, askedFor]) : undefined;
      const mayComeToFront = (): Outcome<null> => places.bringToFront(intent.caller.app.name);
      return recordViews.show({ state, title, org, onChoice, mayComeToFront, sharedAs }, () => leave(intent));
    },

    personLeft() {
      for (const intent of answering.values()) intent.personLeft = true;
      inUse.clear();
      notices.forget();
      recordViews.closeAll();
    },

    ...createIntentFailures({ callerOf, orgFor, recordViews, notices, audit }),
  };
}
