/** What platforms of the workspace-starter family ask of an integration module, as far as this one takes part. */
import type {
  CLIFilter,
  HomeDispatchedSearchResult,
  HomeSearchListenerResponse,
  HomeSearchResponse,
  HomeSearchResult,
} from '@openfin/workspace';
import { createHomeSearch } from '../home/homeSearch.ts';
import { searchedObjects } from '../home/mappings.ts';
import { createHomeSide, type HomeSide } from '../home/workspace/homeSide.ts';
import { searchSettings } from './searchSettings.ts';
import { createClientServices, type ClientDesk, type ModuleHelpers } from './clientServices.ts';

interface ModuleDefinition {
  id: string;
  icon?: string;
  data?: unknown;
}
type LoggerCreator = (group: string) => { info(...told: unknown[]): void; error(...told: unknown[]): void };
/** The parts of an integration module, which the platform calls. */
export interface IntegrationModule {
  initialize(definition: ModuleDefinition, loggerCreator: LoggerCreator, helpers: ModuleHelpers): Promise<void>;
  closedown(): Promise<void>;
  getSearchResults(
    query: string,
    filters: CLIFilter[] | undefined,
    lastResponse: HomeSearchListenerResponse,
    options?: { queryMinLength?: number },
  ): Promise<HomeSearchResponse>;
  getHelpSearchEntries(): Promise<HomeSearchResult[]>;
  itemSelection(result: HomeDispatchedSearchResult, lastResponse?: HomeSearchListenerResponse): Promise<boolean>;
}

/**
 * The search as such a module. It is a client of the provider: the platform has the one sign-in that all apps share,
 * and no token.
 *
 * @see https://github.com/built-on-openfin/workspace-starter, "integrate-with-salesforce": the module that it stands for
 */
export function createStarterModule(desk: ClientDesk): IntegrationModule {
  let side: HomeSide | undefined;
  let stop: (() => void) | undefined;
  let about = { id: 'salesforce', icon: undefined as string | undefined };

  return {
    async initialize(definition, loggerCreator, helpers) {
      const logger = loggerCreator('Salesforce');
      const data = searchSettings.safeParse(definition.data ?? {});
      if (!data.success) {
        // The platform goes on without a search of Salesforce.
        for (const { path, message } of data.error.issues) logger.error(`data.${path.join('.')}: ${message}`);
        return;
      }
      const { mappings, iconMap, orgUrl, consumerKey } = data.data;
      const client = createClientServices(desk, {
        orgUrl,
        consumerKey,
        helpers,
        onProblem: (told) => logger.error(told),
      });
      const home = createHomeSearch(client.services, { objects: searchedObjects(mappings), icons: iconMap });
      about = { id: definition.id, icon: definition.icon };
      side = createHomeSide({ home, deeds: client.deeds, providerId: about.id, icon: about.icon });
      stop = client.stop;
      await client.start();
      logger.info('Searches Salesforce through the provider of the desktop.');
    },

    async closedown() {
      side?.close();
      stop?.();
      side = undefined;
    },

    async getSearchResults(query, filters, _lastResponse, options) {
      return side ? side.search(query, filters, { shortest: options?.queryMinLength }) : { results: [] };
    },

    async getHelpSearchEntries() {
      const help =
        'Type a name, a company, an e-mail address or any other word: accounts, contacts, opportunities, cases, tasks, notes and Chatter of Salesforce are searched.';
      return [
        {
          key: `${about.id}-help`,
          title: 'Salesforce',
          label: 'Help',
          ...(about.icon !== undefined && { icon: about.icon }),
          actions: [],
          data: { providerId: about.id },
          template: 'SimpleText',
          templateContent: help,
        } as unknown as HomeSearchResult,
      ];
    },

    itemSelection: async (result, lastResponse) => (side ? side.dispatched(result, lastResponse) : false),
  };
}
