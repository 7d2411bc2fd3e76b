import type { HomeProvider } from '@openfin/workspace';
import { createHomeSearch } from '../home/homeSearch.ts';
import { searchedObjects, type MappingsInput } from '../home/mappings.ts';
import { createHomeProvider } from '../home/workspace/homeProvider.ts';
import { createClientServices, type ClientDesk, type ModuleHelpers } from './clientServices.ts';
import { searchSettings } from './searchSettings.ts';

export interface PlatformHomeOptions {
  /** Address of the icon that Home shows. */
  icon: string;
  /** Origin of the org's My Domain; left out together with `consumerKey`, the provider's default org. */
  orgUrl?: string;
  consumerKey?: string;
  mappings?: MappingsInput;
  iconMap?: Record<string, string>;
  /** How the platform opens views and addresses. */
  helpers?: ModuleHelpers;
  /** Told what could not be done; left out, it is an error of the page. */
  onProblem?: (told: string) => void;
}

/**
 * The search for the `Home.register` of a Workspace platform of any family.
 *
 * @throws ZodError for settings that are wrong, naming each path
 * @see https://developer.openfin.co/workspace/docs/api/workspace/latest/functions/Home.register.html
 */
export async function createPlatformHome(desk: ClientDesk, options: PlatformHomeOptions): Promise<HomeProvider> {
  const { icon, helpers = {}, onProblem = (told) => reportError(new Error(told)), ...settings } = options;
  const { orgUrl, consumerKey, mappings, iconMap } = searchSettings.parse(settings);
  const client = createClientServices(desk, { orgUrl, consumerKey, helpers, onProblem });
  await client.start();
  const home = createHomeSearch(client.services, { objects: searchedObjects(mappings), icons: iconMap });
  return createHomeProvider({ home, deeds: client.deeds, providerId: 'salesforce', icon });
}
