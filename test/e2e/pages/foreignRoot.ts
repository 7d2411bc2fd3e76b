/** A desktop of another maker (fdc3-web): the root page answers Salesforce intents, an app's frame raises them. */
import { DesktopAgentFactory } from '@morgan-stanley/fdc3-web';
import type { Outcome } from '../../../src/outcomes/failure.ts';
import { describeIntents } from '../../../src/intents/describeIntents.ts';
import type { RecordViewRequest } from '../../../src/intents/intentServices.ts';
import { registerIntentHandlers } from '../../../src/intents/registerIntentHandlers.ts';

declare global {
  interface Window {
    /** Given by the test: the embedded org. */
    orgRequest(path: string, method: string, body: unknown): Promise<Outcome<unknown>>;
    shown: RecordViewRequest['state'][];
  }
}

const appUrl = new URL(location.href).searchParams.get('app') ?? '';
const apps = [
  {
    appId: 'salesforce-provider',
    title: 'Salesforce',
    type: 'web' as const,
    details: { url: location.origin + location.pathname },
    interop: { intents: { listensFor: describeIntents() } },
  },
  { appId: 'blotter', title: 'Blotter', type: 'web' as const, details: { url: appUrl } },
];
const agent = await new DesktopAgentFactory().createRoot({
  rootAppId: 'salesforce-provider',
  appDirectoryEntries: [{ host: location.hostname, apps }],
  uiProvider: async () => ({
    resolveAppForIntent: async ({ appIntent }) =>
      appIntent?.apps.find(({ instanceId }) => instanceId !== undefined) ?? Promise.reject(new Error('no app')),
    resolveAppForContext: () => Promise.reject(new Error('not asked for')),
  }),
});

window.shown = [];
await registerIntentHandlers(agent, {
  authorize: (caller) =>
    caller.appId?.startsWith('blotter@')
      ? { ok: true, data: { caller, end: () => undefined } }
      : {
          ok: false,
          error: { code: 'APP_NOT_ALLOWED', name: 'AuthorizationError', message: `${caller.appId} is not allowed` },
        },
  connect: async () => ({ ok: true, data: { sessionId: 's-1', orgUrl: 'https://northbridge.my.salesforce.com' } }),
  request: (_sessionId, path, { method = 'GET', body } = {}) => window.orgRequest(path, method, body),
  chosenBefore: async () => undefined,
  showRecord: async ({ state }) => {
    window.shown.push(state);
    return { ok: true, data: { chosen: Promise.resolve(undefined) } };
  },
  failed: () => undefined,
});

const frame = document.createElement('iframe');
frame.name = 'blotter';
frame.src = appUrl;
document.body.append(frame);
document.title = 'ready';
