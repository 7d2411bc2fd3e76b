import { failure, success, type Outcome } from '../../src/outcomes/failure.ts';
import { fillApiVersion, fillApiVersionInBody } from '../../src/salesforce/apiVersionPlaceholder.ts';
import { createOrgDatabase } from '../../sandbox/org/database/createOrgDatabase.ts';
import type { CallContext, OrgDatabase } from '../../sandbox/org/database/orgDatabase.ts';
import type { OrgUser } from '../../sandbox/org/database/orgUser.ts';
import { createResources } from '../../sandbox/org/rest/createResources.ts';
import { createDispatch } from '../../sandbox/org/rest/dispatch.ts';
import { createApiUsage } from '../../sandbox/org/rest/http/apiUsage.ts';
import { readResourcePath } from '../../sandbox/org/rest/http/requestLine.ts';
import { createQueryCursors } from '../../sandbox/org/rest/query/queryCursors.ts';
import type { HttpMethod, ResourceResponse } from '../../sandbox/org/rest/resource.ts';
import { organizationId } from '../../sandbox/org/organization.ts';

export const orgUrl = 'https://northbridge.my.salesforce.com';
const apiVersion = '66.0';

/** The embedded org without its web server: requests go straight to its REST resources, as an administrator. */
export interface EmbeddedOrg {
  database: OrgDatabase;
  send(path: string, method?: HttpMethod, body?: unknown): ResourceResponse;
  /** The same as an intent desk or an app sees it. */
  request(path: string, method?: HttpMethod, body?: unknown): Outcome<unknown>;
  create(type: string, values: Record<string, unknown>): string;
  /** Field-level security hides these fields, e.g. `Contact.MobilePhone`, from whoever asks from now on. */
  hide(fields: readonly string[]): void;
}

export async function openEmbeddedOrg(): Promise<EmbeddedOrg> {
  const database = await createOrgDatabase({ size: { contacts: 60 } });
  const now = (): number => database.now();
  const anybody: OrgUser = { id: '', username: '', seesAll: true };
  const [admin] = database.query("SELECT Id, Username FROM User WHERE Username = 'morgan.reed@northbridge.example'", {
    user: anybody,
    apiVersion,
  }).records;
  const context: CallContext = {
    user: { id: String(admin?.['Id']), username: String(admin?.['Username']), seesAll: true },
    apiVersion,
  };
  const services = {
    database,
    organizationId,
    usage: createApiUsage(1_000_000, now),
    cursors: createQueryCursors(now),
    metadataModified: new Date(now()),
    collisionForm: 'recordError' as const,
  };
  const dispatch = createDispatch(
    (inner) => createResources({ ...services, dispatch: inner }),
    (error) => {
      throw error;
    },
  );

  function send(endpoint: string, method: HttpMethod = 'GET', body?: unknown): ResourceResponse {
    const filled = fillApiVersion(endpoint, apiVersion);
    const url = new URL(filled, orgUrl);
    const { path } = readResourcePath(url.pathname.slice('/services/data'.length));
    const sent =
      body === undefined
        ? undefined
        : (JSON.parse(JSON.stringify(fillApiVersionInBody(filled, body, apiVersion))) as unknown);
    return dispatch({
      method,
      path,
      query: url.searchParams,
      header: () => undefined,
      body: sent,
      bodyFormat: 'json',
      context,
      publicUrl: orgUrl,
    });
  }

  return {
    database,
    send,
    request(path, method, body) {
      const { status, body: answer } = send(path, method, body);
      if (status < 400) return success(answer);
      return failure('REQUEST_FAILED', `Salesforce answered ${status}`, { status, data: answer });
    },
    hide(fields) {
      context.user = { ...context.user, hiddenFields: new Set(fields) };
    },
    create: (type, values) => database.create(type, values, context),
  };
}
