/**
 * A desktop of another maker (fdc3-web): this page is its agent, and shows each app in a frame. `/appd.json` of its own
 * origin is its app directory, and `/opens.json` names the apps that it opens by itself.
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

/** A running instance, and else a new one. */
const first = (apps: readonly { appId: string; instanceId?: string }[] = []) =>
  apps.find(({ instanceId }) => instanceId !== undefined) ?? apps[0] ?? Promise.reject(new Error('no app'));

await new DesktopAgentFactory().createRoot({
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
const opens = await read<string[]>('/opens.json');
for (const app of applications.filter(({ appId }) => opens.includes(appId))) show(app);
document.title = 'ready';
