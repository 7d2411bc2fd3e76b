/** Who gets an intent: FDC3 2.2, "Intents", resolution and the `ResolveError` values. */
import { z } from '../zod.ts';
import { declaredIntents, isSingleInstance, type AppRecord } from './appDirectory.ts';
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
  /** One that runs and listens; without it the app is started, or another instance of it where some run. */
  instance?: AppInstance | undefined;
}

/** What an app has asked for. */
export interface WantedIntent {
  /** undefined: whichever takes the context */
  intent?: string;
  contextType: string;
  raiser?: AppInstance;
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
  /**
   * Asks the person which of several apps shall act; instances that run come before the app as a new one. Null: they
   * decided against all of them.
   */
  choose: (choices: readonly IntentChoice[], wanted: WantedIntent) => Promise<IntentChoice | null>;
  openApp: AppOpener;
  /** How long a started app may take to join, on a slow line; default a minute. */
  startTimeoutMs?: number;
  /** How long an app that has joined may take to register its listener; FDC3 asks for at least 15 s. */
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

/** Instances that have got the intent that they were started for: several may wait for one of the same app. */
const taken = new WeakSet<AppInstance>();

/**
 * Finds the instance that shall handle an intent, starting its app if it does not run. A target that the directory does
 * not know is `TargetAppUnavailable`; one that does not take this intent with this context leaves no app to choose from
 * (`NoAppsFound`), as FINOS' conformance tests have it (RaiseIntentFailTargetedAppResolve1 and 2).
 *
 * @param onStarted awaited for an instance that was started for this intent, before it gets it
 * @throws Error whose message is an FDC3 `ResolveError` value: `IntentDeliveryFailed` for an app that has not joined or
 *   listened in its time
 */
export async function routeIntent(
  options: IntentRoutingOptions,
  wanted: WantedIntent,
  target?: IntentTarget,
  onStarted: (instance: AppInstance) => unknown = () => undefined,
): Promise<{ intent: string; instance: AppInstance }> {
  const { directory, instances } = options;
  if (target && !directory.some(({ appId }) => appId === target.appId)) throw new Error('TargetAppUnavailable');
  const targeted = instances.all(target?.appId).find(({ instanceId }) => instanceId === target?.instanceId);
  if (target?.instanceId !== undefined && !targeted) throw new Error('TargetInstanceUnavailable');
  const choices = intentChoices(options, wanted).filter(({ app }) => !target || app.appId === target.appId);
  if (choices.length === 0) throw new Error('NoAppsFound');
  const offers = targeted ? choices : offersOf(choices, instances);
  const choice = choices.length === 1 ? choices[0]! : await options.choose(offers, wanted);
  if (!choice) throw new Error('UserCancelledResolution');

  const { intent, app } = choice;
  // An instance may have gone while the person chose: then any of the app will do.
  const one = targeted ?? instances.all(app.appId).find((instance) => instance === choice.instance);
  const isAble = (instance: AppInstance) => instance.intents.has(intent) && (one === undefined || instance === one);
  const ready = instances.all(app.appId).find(isAble);
  // Where the person was asked, and has chosen none of those that run, they want another.
  const wantsAnother = choices.length > 1 && choice.instance === undefined && !isSingleInstance(app);
  if (ready && !wantsAnother) return { intent, instance: ready };
  return { intent, instance: await started(options, app, isAble, { newInstance: ready !== undefined }, onStarted) };
}

/** What the person may choose: of each app the instances that run and listen, newest first, and then a new one. */
function offersOf(choices: readonly IntentChoice[], instances: AppInstances): IntentChoice[] {
  return choices.flatMap((choice) => {
    const running = instances.all(choice.app.appId).filter(({ intents }) => intents.has(choice.intent));
    const isThere = running.length > 0 && isSingleInstance(choice.app);
    return [...running.map((instance) => ({ ...choice, instance })), ...(isThere ? [] : [choice])];
  });
}

/** Starts or shows an app, and waits until an instance of it is able to. */
async function started(
  { instances, openApp, startTimeoutMs = 60_000, listenerTimeoutMs }: IntentRoutingOptions,
  app: AppRecord,
  isAble: (instance: AppInstance) => boolean,
  how: { newInstance: boolean },
  onStarted: (instance: AppInstance) => unknown,
): Promise<AppInstance> {
  // By id, as a page that is loaded again may keep it.
  const before = new Set(instances.all(app.appId).map(({ instanceId }) => instanceId));
  const done = await Promise.resolve(openApp(app, how)).catch((cause: unknown) => {
    throw new Error('IntentDeliveryFailed', { cause });
  });
  const isMeant = (instance: AppInstance) =>
    done === 'shown' || (!before.has(instance.instanceId) && !taken.has(instance));
  await instances.waitFor(app.appId, isMeant, startTimeoutMs);
  const instance = await instances.waitFor(
    app.appId,
    (candidate) => {
      if (!isMeant(candidate) || !isAble(candidate)) return false;
      if (done === 'started') taken.add(candidate);
      return true;
    },
    listenerTimeoutMs,
  );
  if (!instance) throw new Error('IntentDeliveryFailed');
  if (done === 'started') await onStarted(instance);
  return instance;
}
