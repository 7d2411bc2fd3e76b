/** Who gets an intent: FDC3 2.2, "Intents", resolution and the `ResolveError` values. */
import { z } from '../zod.ts';
import { declaredIntents, type AppRecord } from './appDirectory.ts';
import type { AppInstance, AppInstances } from './appInstances.ts';

/** FDC3 lets an app name its target by record, or (1.2) by name. */
export const intentTarget = z.union([
  z.looseObject({ appId: z.string(), instanceId: z.string().optional() }),
  z.string().transform((appId) => ({ appId, instanceId: undefined })),
  z.looseObject({ name: z.string() }).transform(({ name }) => ({ appId: name, instanceId: undefined })),
]);
export type IntentTarget = z.infer<typeof intentTarget>;

export interface IntentChoice {
  intent: string;
  app: AppRecord;
  /** What the intent is called for people, where the app directory says so. */
  displayName?: string | undefined;
  resultType?: string | undefined;
}

/** What a platform has done when it was asked for an app. */
export type OpenedApp = 'started' | 'shown';

/**
 * Starts an app, or shows it where it is there already.
 *
 * @param wanted `newInstance`: another one is wanted, although one may be there.
 * @throws whatever keeps it from being started
 */
export type AppOpener = (app: AppRecord, wanted: { newInstance: boolean }) => OpenedApp | Promise<OpenedApp>;

export interface IntentRoutingOptions {
  directory: readonly AppRecord[];
  instances: AppInstances;
  /** Asks the person which of several apps shall act. Null: they decided against all of them. */
  choose: (choices: readonly IntentChoice[]) => Promise<IntentChoice | null>;
  openApp: AppOpener;
  /** How long a started app may take to register its listener; FDC3 asks for at least 15 s. */
  listenerTimeoutMs: number;
}

/** Apps that can act, from the directory and from listeners registered right now. */
export function intentChoices(
  options: Pick<IntentRoutingOptions, 'directory' | 'instances'>,
  wanted: { intent?: string | undefined; contextType?: string | undefined; resultType?: string | undefined },
): IntentChoice[] {
  const choices: IntentChoice[] = declaredIntents(options.directory, wanted);
  const declared = new Set(declaredIntents(options.directory, {}).map(({ intent, app }) => `${app.appId} ${intent}`));
  if (wanted.intent !== undefined && wanted.resultType === undefined) {
    // A listener that the directory says nothing about counts for every context; a declared one only as declared.
    for (const { app, intents } of options.instances.all()) {
      const key = `${app.appId} ${wanted.intent}`;
      if (!intents.has(wanted.intent) || declared.has(key)) continue;
      declared.add(key);
      choices.push({ intent: wanted.intent, app });
    }
  }
  return choices;
}

/**
 * Finds the instance that shall handle an intent, starting its app if it does not run. A target that the directory does
 * not know is `TargetAppUnavailable`; one that does not take this intent with this context leaves no app to choose from
 * (`NoAppsFound`), as FINOS' conformance tests have it (RaiseIntentFailTargetedAppResolve1 and 2).
 *
 * @throws Error whose message is an FDC3 `ResolveError` value.
 */
export async function routeIntent(
  options: IntentRoutingOptions,
  wanted: { intent?: string; contextType: string },
  target?: IntentTarget,
): Promise<{ intent: string; instance: AppInstance }> {
  const { directory, instances } = options;
  if (target && !directory.some(({ appId }) => appId === target.appId)) throw new Error('TargetAppUnavailable');
  if (target?.instanceId !== undefined) {
    const instance = instances.all(target.appId).find(({ instanceId }) => instanceId === target.instanceId);
    if (!instance) throw new Error('TargetInstanceUnavailable');
  }
  const choices = intentChoices(options, wanted).filter(({ app }) => !target || app.appId === target.appId);
  if (choices.length === 0) throw new Error('NoAppsFound');
  const choice = choices.length === 1 ? choices[0] : await options.choose(choices);
  if (!choice) throw new Error('UserCancelledResolution');

  const { intent, app } = choice;
  const able = (instance: AppInstance) =>
    instance.intents.has(intent) && (target?.instanceId === undefined || instance.instanceId === target.instanceId);
  if (!instances.all(app.appId).some(able)) {
    try {
      await options.openApp(app, { newInstance: false });
    } catch (cause) {
      throw new Error('IntentDeliveryFailed', { cause });
    }
  }
  const instance = await instances.waitFor(app.appId, able, options.listenerTimeoutMs);
  if (!instance) throw new Error('IntentDeliveryFailed');
  return { intent, instance };
}
