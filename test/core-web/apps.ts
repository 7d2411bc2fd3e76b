import type { AppRecord } from '../../src/core-web/appDirectory.ts';
import { appRecord } from '../../src/core-web/appDirectory.ts';
import type { AppEnd, AppInstance } from '../../src/core-web/appInstances.ts';

/** A record of the directory, at an origin of its own. */
export const recordOf = (appId: string, listensFor: object = {}): AppRecord =>
  appRecord.parse({
    appId,
    title: appId,
    type: 'web',
    details: { url: `https://${appId}.bank.example/` },
    interop: { intents: { listensFor } },
  });

/** The end of an app that keeps what it is told, and answers intents as it is given. */
export function recordingEnd(answer: AppEnd['handleIntent'] = async () => undefined) {
  const told: { what: 'context' | 'event' | 'opened'; message: object }[] = [];
  const end: AppEnd = {
    handleIntent: answer,
    openWith: async (context) => void told.push({ what: 'opened', message: context }),
    hearContext: (message) => void told.push({ what: 'context', message }),
    hearChannelEvent: (message) => void told.push({ what: 'event', message }),
  };
  return { told, end };
}

/** An app that no desktop knows. */
export const appAlone = (appId: string, end: AppEnd = recordingEnd().end): AppInstance => ({
  instanceId: `${appId}-1`,
  app: recordOf(appId),
  end,
  intents: new Set(),
  contextHandlers: new Map(),
});
