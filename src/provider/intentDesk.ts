import { failure, success, type Outcome } from '../channel/failure.ts';
import type { IntentCaller, IntentDesk } from '../intents/intentDesk.ts';
import type { Caller, createAccessPolicy } from './accessPolicy.ts';
import type { RecordViews } from './recordViews.ts';
import type { SalesforceService } from './service.ts';

/** What the intents ask of the provider, answered through the same door as the channel. */
export function createIntentDesk(
  allowedApp: ReturnType<typeof createAccessPolicy>, service: SalesforceService, recordViews: RecordViews,
): IntentDesk & { personLeft(): void } {
  /** Which caller an intent's session stands for, so that the audit names the app that raised it. */
  const inUse = new Map<string, { caller: Caller; sessionId: string }>();
  const ended = failure('SESSION_ENDED', 'This Salesforce session has ended. Please connect again.');

  function callerOf({ appId }: IntentCaller): Outcome<Caller> {
    const app = allowedApp({ kind: 'fdc3', appId });
    if (!app.ok) return app;
    return success({ id: `fdc3/${app.data.appId}`, app: app.data, keepsSession: false });
  }

  return {
    authorize(caller) {
      const admitted = callerOf(caller);
      return admitted.ok ? success(undefined) : admitted;
    },

    async connect(source) {
      const caller = callerOf(source);
      if (!caller.ok) return caller;
      const session = await service.connect(caller.data, { requestId: crypto.randomUUID() });
      if (!session.ok) return session;
      const { sessionId, orgUrl } = session.data;
      const key = `${caller.data.id}/${sessionId}`;
      inUse.set(key, { caller: caller.data, sessionId });
      return success({ sessionId: key, orgUrl });
    },

    async request(key, path, { method = 'GET', body } = {}) {
      const use = inUse.get(key);
      if (!use) return ended;
      const answer = await service.execute(use.caller, {
        requestId: crypto.randomUUID(), sessionId: use.sessionId, endpoint: path, method, headers: {}, includeAuthorization: true,
        ...(body !== undefined && { body: { kind: 'json', value: body } }),
      });
      if (!answer.ok) return answer;
      return success(answer.data.body?.kind === 'json' ? answer.data.body.value : undefined);
    },

    async showRecord({ session, state, title }) {
      // It may have been found for somebody who has left meanwhile.
      return inUse.has(session.sessionId) ? recordViews.show(state, title) : ended;
    },

    /** Intents that are still being answered end; what they found is shown to nobody. */
    personLeft(): void {
      inUse.clear();
      recordViews.closeAll();
    },
  };
}
