/**
 * A desktop of another maker (fdc3-web): this page is its agent, and shows each app in a frame. `/appd.json` of its own
 * origin is its app directory, and `/desk.json` says which apps it opens by itself, and
 * whether it names the app that has raised an intent.
 */
import {
  DesktopAgentFactory,
  subscribeToConnectionAttemptUuids,
  type AppDirectoryApplication,
  type IOpenApplicationStrategy,
} from '@morgan-stanley/fdc3-web';

async function read<T>(path: string): Promise<T> {
  return (await (await fetch(path)).json()) as T;
}

const { applications } = await read<{ applications: AppDirectoryApplication[] }>('/appd.json');

function show({ appId, details }: AppDirectoryApplication): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  // The agent qualifies ids by the host of their directory.
  frame.name = appId.split('@')[0]!;
  frame.style.cssText = 'width: 100%; height: 620px; border: 0';
  frame.src = (details as { url: string }).url;
  document.body.append(frame);
  return frame;
}

/** Apps in frames, as desktops in a browser have them. */
const inFrames: IOpenApplicationStrategy = {
  canOpen: async () => true,
  open: ({ appDirectoryRecord }) =>
    new Promise((resolve) => {
      const frame = show(appDirectoryRecord as AppDirectoryApplication);
      const { unsubscribe } = subscribeToConnectionAttemptUuids(window, frame.contentWindow!, (attempt) => {
        unsubscribe();
        resolve(attempt);
      });
    }),
};

/** As agents do that have no originating metadata (FDC3 2.2, `OriginatingAppMetadata`): fdc3-web itself has it. */
function keepSourceToItself(desktopAgent: unknown): void {
  const { rootMessagePublisher } = desktopAgent as {
    rootMessagePublisher: Record<'publishEvent' | 'publishResponseMessage', (...args: unknown[]) => unknown>;
  };
  const { publishEvent, publishResponseMessage } = rootMessagePublisher;
  rootMessagePublisher.publishEvent = (event, ...rest) => {
    const { payload } = event as { payload: { originatingApp?: unknown } };
    delete payload.originatingApp;
    return publishEvent.call(rootMessagePublisher, event, ...rest);
  };
  rootMessagePublisher.publishResponseMessage = (response, ...rest) => {
    const { payload } = response as { payload: { implementationMetadata?: { optionalFeatures: object } } };
    const { implementationMetadata: says } = payload;
    if (says) says.optionalFeatures = { ...says.optionalFeatures, OriginatingAppMetadata: false };
    return publishResponseMessage.call(rootMessagePublisher, response, ...rest);
  };
}

/** A running instance, and else a new one. */
const first = (apps: readonly { appId: string; instanceId?: string }[] = []) =>
  apps.find(({ instanceId }) => instanceId !== undefined) ?? apps[0] ?? Promise.reject(new Error('no app'));

const agent = await new DesktopAgentFactory().createRoot({
  rootAppId: 'desk',
  appDirectoryEntries: [{ host: location.hostname, apps: applications }],
  applicationStrategies: [inFrames],
  uiProvider: async () => ({
    resolveAppForIntent: async ({ appIntent }) => first(appIntent?.apps),
    resolveAppForContext: async ({ appIntents }) => ({
      intent: appIntents![0]!.intent.name,
      app: await first(appIntents![0]!.apps),
    }),
  }),
});
const { opens, namesSource } = await read<{ opens: string[]; namesSource: boolean }>('/desk.json');
if (!namesSource) keepSourceToItself(agent);
for (const app of applications.filter(({ appId }) => opens.includes(appId))) show(app);
document.title = 'ready';
