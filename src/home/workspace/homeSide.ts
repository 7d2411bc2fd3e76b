import type {
  CLIFilter,
  HomeDispatchedSearchResult,
  HomeSearchListenerResponse,
  HomeSearchResponse,
} from '@openfin/workspace';
import type { SearchReply } from '../../channel/searchMessages.ts';
import { delay } from '../../time.ts';
import type { createHomeSearch } from '../homeSearch.ts';
import { itemKeys } from '../homeSearch.ts';
import type { HomeDeeds } from '../homeServices.ts';
import { chosenIn, filtersOf, homeResultOf, resultData, type ResultData } from './homeResult.ts';

/** What Home hands over to push further results with. */
export type HomeResponse = Pick<HomeSearchListenerResponse, 'respond' | 'revoke'>;

export interface HomeSideOptions {
  home: ReturnType<typeof createHomeSearch>;
  deeds: HomeDeeds;
  /** By which results are known as ours when they come back. */
  providerId: string;
  /** Of results that have no icon of their own. */
  icon?: string | undefined;
  /** Milliseconds without another letter after which is searched. */
  typingPauseMs?: number;
}

export type HomeSide = ReturnType<typeof createHomeSide>;

const usualPauseMs = 250;
const none: HomeSearchResponse = { results: [] };

/**
 * What Workspace Home asks of a search provider, made into searches and deeds. Results of other providers are none of
 * its business: it never closes a response, and takes back only what is its own.
 *
 * @see https://developer.openfin.co/workspace/docs/api/workspace/latest/interfaces/Home.HomeProvider.html
 */
export function createHomeSide({ home, deeds, providerId, icon, typingPauseMs = usualPauseMs }: HomeSideOptions) {
  let latest = new AbortController();

  async function answer(
    query: string,
    only: string[] | undefined,
    signal: AbortSignal,
    shortest?: number,
  ): Promise<SearchReply> {
    return home.search(query, { only, signal, ...(shortest !== undefined && { shortest }) });
  }

  function resultsOf({ items }: SearchReply, query: string, only: string[] | undefined) {
    const asked = { providerId, query, ...(only && { only }) };
    return items.map((item) => homeResultOf(item, asked, icon));
  }

  /** Searches once more for what a result was found by, in place of that result. */
  async function again({ query, only }: ResultData, response: HomeResponse | undefined): Promise<void> {
    if (!response) return;
    const { signal } = latest;
    const reply = await answer(query, only, signal);
    if (signal.aborted) return;
    response.revoke(itemKeys.signIn, itemKeys.failure);
    response.respond(resultsOf(reply, query, only));
  }

  async function perform(data: ResultData, name: string, response: HomeResponse | undefined): Promise<boolean> {
    const does = Object.hasOwn(data.deeds, name) ? data.deeds[name] : undefined;
    if (!does) return false;
    if (does.kind === 'open') await deeds.open(does.url);
    else if (does.kind === 'intent') await deeds.raise(does.intent, does.context);
    else {
      // Whoever does not sign in is offered it once more.
      if (does.kind === 'signIn') await deeds.signIn();
      await again(data, response);
    }
    return true;
  }

  return {
    /**
     * What is found for a query, which ends the search before.
     *
     * @param onClose told to call back when the answer is not wanted any more
     * @param shortest characters below which nothing is searched
     */
    async search(
      query: string,
      filters: readonly CLIFilter[] | undefined,
      { onClose, shortest }: { onClose?: (ended: () => void) => void; shortest?: number | undefined } = {},
    ): Promise<HomeSearchResponse> {
      latest.abort();
      const { signal } = (latest = new AbortController());
      const ending = latest;
      onClose?.(() => ending.abort());
      if (query.trim() !== '') await delay(typingPauseMs);
      if (signal.aborted) return none;
      const { only, all } = chosenIn(filters);
      const reply = await answer(query, only, signal, shortest);
      if (signal.aborted) return none;
      const results = resultsOf(reply, query, only);
      return { results, context: { filters: filtersOf(only ? all : reply.objects, only) } };
    },

    /**
     * A result has come back: chosen, focused, or to be loaded again after a failure.
     *
     * @returns false for a result of another provider
     */
    async dispatched(result: HomeDispatchedSearchResult, response: HomeResponse | undefined): Promise<boolean> {
      const data = resultData.safeParse(result.data);
      if (!data.success || data.data.providerId !== providerId) return false;
      const { name, trigger } = result.action;
      if (trigger === ('reload' as typeof trigger)) await again(data.data, response);
      else if (trigger === ('user-action' as typeof trigger)) return perform(data.data, name, response);
      return true;
    },

    /** Ends what is under way. */
    close: (): void => latest.abort(),
  };
}
