import type { HomeProvider, HomeSearchListenerResponse } from '@openfin/workspace';
import { createHomeSide, type HomeSideOptions } from './homeSide.ts';

/**
 * The search as a provider for `Home.register` of `@openfin/workspace`, whose platform is the one that calls that.
 *
 * @see https://developer.openfin.co/workspace/docs/api/workspace/latest/interfaces/Home.HomeProvider.html
 */
export function createHomeProvider(options: HomeSideOptions & { icon: string }): HomeProvider {
  const side = createHomeSide(options);
  let response: HomeSearchListenerResponse | undefined;
  return {
    id: options.providerId,
    title: 'Salesforce',
    icon: options.icon,
    logoUrl: options.icon,
    listTitle: 'Salesforce',
    inputPlaceholder: 'Search accounts, contacts, opportunities, cases, tasks and Chatter',
    scoreOrder: 'ascending',
    dispatchFocusEvents: true,
    async onUserInput(request, given) {
      response = given as unknown as HomeSearchListenerResponse;
      return side.search(request.query, request.context.selectedFilters, {
        onClose: (ended) => request.onClose(ended),
      });
    },
    async onResultDispatch(result) {
      await side.dispatched(result as Parameters<typeof side.dispatched>[0], response);
    },
  };
}
