import { ApiRequestError } from '../../src/client/errors.ts';
import type { EditClock } from '../../src/record-edit/editClock.ts';
import {
  readRecordState,
  type EditApi,
  type EditedField,
  type RecordState,
} from '../../src/record-edit/recordState.ts';
import { fillApiVersion } from '../../src/salesforce/apiVersionPlaceholder.ts';
import type { RestApiOptions } from '../../sandbox/org/rest/createRestApi.ts';
import {
  administratorToken,
  bankerToken,
  startRestApi,
  type RunningRestApi,
} from '../sandbox/org/rest/runningRestApi.ts';

/** The embedded org over HTTP, its clock, and two people who work in it. */
export interface EditedOrg {
  rest: RunningRestApi;
  me: EditApi;
  other: EditApi;
  /** The time of the edit, which is the org's: waiting moves it. */
  clock: EditClock;
  /** What is done before a request of mine goes out; once. */
  before(method: string, work: () => Promise<unknown>): void;
  /** What is done after it has arrived; once. */
  after(method: string, work: () => void): void;
  /** Methods of my requests so far. */
  sent: string[];
  /** Makes a record of the other person, which I may change too. */
  create(apiName: string, fields: Record<string, unknown>): Promise<string>;
  change(api: EditApi, id: string, fields: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

export const contactFields: EditedField[] = ['LastName', 'Title', 'Phone', 'Email', 'Birthdate'].map((name) => ({
  name,
  label: name,
}));

export const read = (org: EditedOrg, id: string, api = org.me): Promise<RecordState> =>
  readRecordState(api, { type: 'Contact', id, fields: contactFields }, { clock: org.clock });

export async function openEditedOrg(options: Partial<RestApiOptions> = {}): Promise<EditedOrg> {
  const rest = await startRestApi(options);
  let elapsed = 0;
  const advance = (milliseconds: number): void => {
    elapsed += milliseconds;
    rest.advance(milliseconds);
  };
  const sent: string[] = [];
  const befores = new Map<string, () => Promise<unknown>>();
  const afters = new Map<string, () => void>();

  function apiOf(token: string, isMine: boolean): EditApi {
    return {
      async executeApiRequest(path, method = 'GET', data, headers) {
        if (isMine) {
          sent.push(method);
          const work = befores.get(method);
          befores.delete(method);
          await work?.();
        }
        const response = await fetch(rest.url + fillApiVersion(path, '66.0'), {
          method,
          headers: {
            ...(headers as Record<string, string>),
            Authorization: `Bearer ${token}`,
            ...(data !== undefined && { 'Content-Type': 'application/json' }),
          },
          ...(data !== undefined && { body: JSON.stringify(data) }),
        });
        const text = await response.text();
        const body = text === '' ? undefined : JSON.parse(text);
        if (isMine) {
          const work = afters.get(method);
          afters.delete(method);
          work?.();
        }
        if (response.status >= 300) throw new ApiRequestError('refused', response.status, { data: body });
        return { status: response.status, data: body };
      },
    };
  }

  const me = apiOf(administratorToken, true);
  const other = apiOf(bankerToken, false);
  return {
    rest,
    me,
    other,
    sent,
    clock: { now: () => elapsed + performance.now(), wait: async (milliseconds) => advance(Math.ceil(milliseconds)) },
    before: (method, work) => befores.set(method, work),
    after: (method, work) => afters.set(method, work),
    async create(apiName, fields) {
      const path = '/services/data/vXX.X/ui-api/records';
      const { data } = await other.executeApiRequest<{ id: string }>(path, 'POST', { apiName, fields });
      return data!.id;
    },
    async change(api, id, fields) {
      await api.executeApiRequest(`/services/data/vXX.X/ui-api/records/${id}`, 'PATCH', { fields });
    },
    close: () => rest.close(),
  };
}
