import type { Context, DesktopAgent } from '@finos/fdc3';
import type { SearchReply } from '../channel/searchMessages.ts';
import { createHomeSearch } from '../home/homeSearch.ts';
import type { HomeServices } from '../home/homeServices.ts';
import { markViewed } from '../home/markViewed.ts';
import { searchedObjects } from '../home/mappings.ts';
import { describeIntents, type IntentName } from '../intents/describeIntents.ts';
import type { IntentServices } from '../intents/intentServices.ts';
import { answerOrTell } from '../intents/registerIntentHandlers.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import type { Caller } from './accessPolicy.ts';
import type { AllowedApp, ProviderConfiguration } from './configuration.ts';
import type { Host } from './hosts/host.ts';
import type { SalesforceService } from './service.ts';
import type { Sessions } from './sessions.ts';
import { sharedSessionOf } from './wantedSession.ts';

/** Who raises the intents of the search: no app of the desktop, and so no place of one is taken. */
export const searchApp: AllowedApp = { name: 'Desktop search', appId: 'salesforce-search', scopes: [], role: 'app' };

interface DesktopSearchOptions {
  configuration: ProviderConfiguration;
  service: SalesforceService;
  sessions: Pick<Sessions, 'find' | 'isUsedBy'>;
  /** Intent services that take every intent for one of `searchApp`. */
  intents: IntentServices;
  agent: () => Promise<DesktopAgent | undefined>;
  tellPerson: Host['tellPerson'];
}

/** The search of the desktop: as the person who is signed in, in the org that comes first of those with a session. */
export function createDesktopSearch(options: DesktopSearchOptions) {
  const { configuration, service, sessions, intents, agent, tellPerson } = options;
  const { mappings, iconMap } = configuration.home;
  const objects = searchedObjects(mappings);
  /** By caller: its search, and what ends it. */
  const searches = new Map<string, { home: ReturnType<typeof createHomeSearch>; ending: AbortController }>();

  function servicesOf(caller: Caller): HomeServices {
    return {
      async session() {
        const session = configuration.orgs.map((org) => sessions.find(sharedSessionOf(org))).find((one) => one);
        if (!session) return success(undefined);
        const { sessionId, orgUrl, consumerKey } = session;
        if (sessions.isUsedBy(sessionId, caller)) return success({ sessionId, orgUrl });
        const used = await service.getConnection(caller, { requestId: crypto.randomUUID(), orgUrl, consumerKey });
        if (!used.ok) return used;
        return success(used.data ? { sessionId: used.data.sessionId, orgUrl: used.data.orgUrl } : undefined);
      },
      async request({ sessionId }, endpoint, signal): Promise<Outcome<unknown>> {
        const requestId = crypto.randomUUID();
        const cancel = (): void => void service.cancel(caller, { requestId });
        signal.addEventListener('abort', cancel, { once: true });
        const answer = await service.execute(caller, {
          requestId,
          sessionId,
          endpoint,
          method: 'GET',
          headers: {},
          includeAuthorization: true,
        });
        signal.removeEventListener('abort', cancel);
        if (!answer.ok) return answer;
        return success(answer.data.body?.kind === 'json' ? answer.data.body.value : undefined);
      },
    };
  }

  return {
    /** A later search of the same caller ends the one before. */
    async search(
      caller: Caller,
      { query, objects: only }: { query: string; objects?: string[] | undefined },
    ): Promise<Outcome<SearchReply>> {
      const before = searches.get(caller.id);
      before?.ending.abort();
      const home = before?.home ?? createHomeSearch(servicesOf(caller), { objects, icons: iconMap });
      const ending = new AbortController();
      searches.set(caller.id, { home, ending });
      return success(await home.search(query, { only, signal: ending.signal }));
    },

    /** Raises an intent for the person. What goes wrong is told to them by a notice. */
    raise(caller: Caller, { intent, context }: { intent: string; context: Context }): void {
      void markViewed(servicesOf(caller), context);
      const { identifiers, intents: lists } = configuration;
      const isOwn = Object.hasOwn(describeIntents(lists), intent);
      const raised = isOwn
        ? answerOrTell(
            intents,
            { intent: intent as IntentName, context, caller: { appId: searchApp.appId! } },
            { identifiers, lists },
          )
        : agent().then((there) => there?.raiseIntent(intent, context));
      raised.catch((error: unknown) => {
        // Of its own intents the person has been told by now.
        if (isOwn) return;
        void tellPerson?.({
          noticeId: crypto.randomUUID(),
          title: `${searchApp.name} wanted to raise ${intent}.`,
          message: `No app has done it: ${error instanceof Error ? error.message : 'for an unknown reason'}.`,
          ways: [],
        });
      });
    },

    /** What is under way is for somebody who has left. */
    personLeft(): void {
      for (const { ending } of searches.values()) ending.abort();
      searches.clear();
    },
  };
}
