/** Which pane shows an instance of an app, and what it is called. */
import type { AppInstance } from '../../src/core-web/appInstances.ts';
import type { IntentChoice } from '../../src/core-web/intentRouting.ts';
import type { PlatformState } from './platformState.ts';

/** The id of the pane; undefined for a page that no pane shows, such as the provider's. */
export function paneOf({ window }: Pick<AppInstance, 'window'>): string | undefined {
  const frames = [...document.querySelectorAll<HTMLIFrameElement>('iframe[data-pane]')];
  return frames.find(({ contentWindow }) => contentWindow !== null && contentWindow === window)?.dataset['pane'];
}

/** An instance is called as its pane is, an app by its own title. */
export function titleOfChoice({ app, instance }: IntentChoice, { apps }: Pick<PlatformState, 'apps'>): string {
  const pane = instance && paneOf(instance);
  return apps.find(({ paneId }) => paneId === pane)?.title ?? app.title;
}

/** A title for one more pane of an app, which none of its others has. */
export function freeTitle(title: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? title : `${title} ${number}`;
    if (!taken.includes(free)) return free;
  }
}
