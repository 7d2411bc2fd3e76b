import { success, type Outcome } from '../../src/outcomes/failure.ts';
import { createHomeSearch } from '../../src/home/homeSearch.ts';
import type { HomeServices, HomeSession } from '../../src/home/homeServices.ts';
import { mappings, searchedObjects, type MappingsInput } from '../../src/home/mappings.ts';
import { orgUrl, type EmbeddedOrg } from '../intents/embeddedOrg.ts';

export const homeSession: HomeSession = { sessionId: 's-1', orgUrl };

interface DeskOptions {
  session?: () => Outcome<HomeSession | undefined>;
  /** In place of the org's answer, for the paths that it has one for. */
  answer?: (path: string, signal: AbortSignal) => Promise<Outcome<unknown>> | undefined;
  given?: MappingsInput;
  icons?: Record<string, string>;
}

/** The search on the embedded org, and what it has asked. */
export function openHomeDesk(org: EmbeddedOrg, options: DeskOptions = {}) {
  const { session = () => success(homeSession), answer, given, icons } = options;
  const requested: string[] = [];
  const services: HomeServices = {
    session: async () => session(),
    request: async (_session, path, signal) => {
      requested.push(decodeURIComponent(path));
      return (await answer?.(path, signal)) ?? org.request(path);
    },
  };
  const objects = searchedObjects(given && mappings.parse(given));
  const home = createHomeSearch(services, { objects, ...(icons && { icons }) });
  return { home, requested, services };
}

export const searchFor = (
  { home }: Pick<ReturnType<typeof openHomeDesk>, 'home'>,
  query: string,
  options: Partial<Parameters<typeof home.search>[1]> = {},
) => home.search(query, { signal: new AbortController().signal, ...options });
