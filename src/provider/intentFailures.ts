import { failure, type Outcome } from '../outcomes/failure.ts';
import type { FailedIntent, IntentCaller } from '../intents/intentServices.ts';
import type { Caller } from './accessPolicy.ts';
import type { Audit } from './audit.ts';
import { auditedIntent } from './auditedIntent.ts';
import type { OrgConfiguration } from './configuration.ts';
import type { IntentNotices } from './intentNotices.ts';
import type { RecordViews } from './recordViews.ts';

interface IntentFailuresOptions {
  callerOf: (source: IntentCaller, intent: string) => Outcome<Caller>;
  /** The org of an intent of this app, whose context names these orgs. */
  orgFor: (app: string, orgUrls: readonly string[]) => OrgConfiguration;
  recordViews: RecordViews;
  notices: Pick<IntentNotices, 'failed'>;
  audit: Audit;
}

/** Handles an intent that failed: its audit line, the notice for the person, and a view to search in. */
export function createIntentFailures({ callerOf, orgFor, recordViews, notices, audit }: IntentFailuresOptions) {
  return {
    failed(intent: FailedIntent): void {
      const { error, caller } = intent;
      // A failure of the service has its audit line already, which the error names.
      if (error.correlationId === undefined) {
        const app = callerOf(caller, intent.intent);
        const { appId = 'unnamed', ...where } = caller;
        const name = app.ok ? app.data.app.name : appId;
        const about = auditedIntent({ intent: { name: intent.intent, ...where } });
        void audit({ app: name, action: intent.intent, ...about }, () => {
          if (error.cause !== undefined) throw error;
          return failure(error.code, error.reason);
        });
      }
      notices.failed(intent);
    },

    /** Opens a view to search in, for an intent that has failed. */
    searchInstead({ caller, intent, orgUrls, search: { type, query } }: FailedIntent): void {
      const app = callerOf(caller, intent);
      const org = orgFor(app.ok ? app.data.app.name : '', orgUrls);
      void recordViews.show({
        state: { kind: 'none', type, query, suggested: {} },
        title: query || `Find ${type.toLowerCase()}`,
        org,
      });
    },
  };
}
