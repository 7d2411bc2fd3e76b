/** What apps may ask of the provider. */
import { providerActions, type ProviderAction } from '../src/channel/protocol.ts';

/** The actions of apps, and not those of the desktop's own pages, which are of one release with the provider. */
export const appActions = (Object.keys(providerActions) as ProviderAction[]).filter(
  (action) => !/^(platform|recordView)\./.test(action),
);
