import type { connect, getConnection } from '../client/connect.ts';
import type { SalesforceConnection } from '../client/connection.ts';
import type { onStateChange } from '../client/stateChange.ts';
import type { HomeDeeds, HomeServices } from '../home/homeServices.ts';
import { markViewed } from '../home/markViewed.ts';
import { isOpenable } from '../home/safeLink.ts';
import { failure, failureCodes, success, type Failure, type FailureCode } from '../outcomes/failure.ts';
import { lightningRecordUrl } from '../salesforce/apiPaths.ts';
import { z } from '../zod.ts';

/** Of the platform's helpers, those that are used here. Platforms of other ages lack some. */
export interface ModuleHelpers {
  launchView?(view: { url: string } | string): Promise<unknown>;
  openUrl?(url: string): Promise<void>;
}

/** What the module has of the page that it is loaded into. */
export interface ClientDesk {
  connect: typeof connect;
  getConnection: typeof getConnection;
  onStateChange: typeof onStateChange;
  /** Raises an intent at the platform's desktop agent. */
  raiseIntent(intent: string, context: { type: string }): Promise<unknown>;
  /** Opens an address outside of the platform. */
  openUrl(url: string): Promise<void>;
}

interface ClientServicesOptions {
  orgUrl: string | undefined;
  consumerKey: string | undefined;
  helpers: ModuleHelpers;
  /** Told what was not done, for the log of the platform. */
  onProblem: (told: string) => void;
}

const clientError = z.looseObject({ code: z.string(), message: z.string() });
const shownRecord = z.looseObject({ objectType: z.string(), id: z.looseObject({ SALESFORCE_ID: z.string() }) });

/** An error of the client as the outcome that it was made of. */
function failureOf(error: unknown): { ok: false; error: Failure } {
  const known = clientError.safeParse(error);
  if (!known.success) return failure('INTERNAL', error instanceof Error ? error.message : 'For an unknown reason.');
  const { code, message, status, data } = known.data;
  return failure(Object.hasOwn(failureCodes, code) ? (code as FailureCode) : 'INTERNAL', message, {
    ...(typeof status === 'number' && { status }),
    data,
  });
}

/** The search's services by a client of the provider. A session of others is used as soon as there is one. */
export function createClientServices(
  desk: ClientDesk,
  { orgUrl, consumerKey, helpers, onProblem }: ClientServicesOptions,
) {
  let connection: SalesforceConnection | undefined;
  let sessionId = '';
  let stopListening: (() => void) | undefined;

  function use(next: SalesforceConnection | null): void {
    connection = next ?? undefined;
    sessionId = crypto.randomUUID();
  }
  const named = (): [string, string] | [] =>
    orgUrl !== undefined && consumerKey !== undefined ? [orgUrl, consumerKey] : [];
  const look = async (): Promise<void> => use(await desk.getConnection(...(named() as [])).catch(() => null));

  const services: HomeServices = {
    session: async () => success(connection && { sessionId, orgUrl: connection.orgUrl }),
    async request(_session, path, signal) {
      if (!connection) return failure('SESSION_ENDED', 'Nobody is signed in to Salesforce.');
      try {
        const { data } = await connection.executeApiRequest(path, 'GET', undefined, undefined, true, { signal });
        return success(data);
      } catch (error) {
        return failureOf(error);
      }
    },
  };

  const deeds: HomeDeeds = {
    async signIn() {
      try {
        use(await desk.connect(...(named() as [])));
      } catch (error) {
        onProblem(failureOf(error).error.message);
      }
    },
    async raise(intent, context) {
      void markViewed(services, context);
      try {
        await desk.raiseIntent(intent, context);
      } catch (error) {
        onProblem(`No app has answered ${intent}: ${failureOf(error).error.message}`);
        // A platform whose directory does not have the provider's intents opens the record as OpenFin's sample does.
        const record = shownRecord.safeParse(context);
        if (!record.success || !connection) return;
        const url = lightningRecordUrl(connection.orgUrl, record.data.objectType, record.data.id.SALESFORCE_ID);
        await (helpers.launchView ? helpers.launchView({ url }) : deeds.open(url));
      }
    },
    async open(url) {
      if (isOpenable(url)) await (helpers.openUrl && url.startsWith('http') ? helpers.openUrl(url) : desk.openUrl(url));
    },
  };

  return {
    services,
    deeds,
    async start(): Promise<void> {
      await look();
      stopListening = desk.onStateChange(({ state }) => (state === 'signedIn' ? void look() : use(null)));
    },
    stop: (): void => stopListening?.(),
  };
}
