/**
 * The one router of a desktop: what apps ask of each other, whichever way they have joined. Those who ask are instances
 * that the platform has admitted; what they say is read here. Methods throw Errors whose message is a value of FDC3's
 * error enumerations.
 */
import type { AppInstance } from '../appInstances.ts';
import { routeApps } from './apps.ts';
import { routeIntents } from './intents.ts';
import type { RouterOptions } from './routerOptions.ts';

export function createDesktopRouter(options: RouterOptions) {
  const apps = routeApps(options);
  const { handlerGone, ...intents } = routeIntents(options);
  return {
    ...apps,
    ...intents,
    /** Forgets an app that has gone, and ends what others wait for. */
    gone(instance: AppInstance): void {
      options.instances.remove(instance);
      options.channels.gone(instance);
      handlerGone(instance);
    },
  };
}
export type DesktopRouter = ReturnType<typeof createDesktopRouter>;
