import type { ExecuteReply } from '../../src/channel/orgRequests.ts';
import type { Outcome } from '../../src/outcomes/failure.ts';
import type { AnsweredCall, DoorCaller } from '../../src/worker/pipeline/door.ts';
import type { WorkerSettingsInput } from '../../src/worker/settings.ts';
import type { OrgInUse } from './org.ts';
import { morgan } from './orgBrowser.ts';
import { configuredWorker, must, signedInSession } from './workerSession.ts';

export const data = '/services/data/v66.0';

/** A token worker with a person signed in, whom two apps ask through the door. */
export async function askedWorker(
  org: OrgInUse,
  pipeline: WorkerSettingsInput['pipeline'] = {},
  options: Parameters<typeof configuredWorker>[1] = {},
) {
  const { settings, ...environment } = options;
  const worker = await configuredWorker(org.url, { ...environment, settings: { ...settings, pipeline } });
  let requests = 0;

  async function signIn(user = morgan) {
    const { sessionId } = await signedInSession(worker, org.url, user);
    const app = (name: string, id = `${name}/${sessionId}`) => {
      const caller: DoorCaller = { id, app: name, isPersons: false };
      const granted = worker.grantSession(caller, sessionId);
      const ask = async (endpoint: string, more: object = {}): Promise<AnsweredCall<ExecuteReply>> => {
        await granted;
        return worker.execute(caller, { requestId: `r${(requests += 1)}`, sessionId, endpoint, ...more });
      };
      return {
        caller,
        ask,
        /** The answer, and where it came from. */
        async get(endpoint: string, more: object = {}): Promise<Outcome<ExecuteReply>> {
          return (await ask(endpoint, more)).outcome;
        },
        async served(endpoint: string, more: object = {}): Promise<string | undefined> {
          return must((await ask(endpoint, more)).outcome).served;
        },
        patch: (endpoint: string, value: object, more: object = {}) =>
          ask(endpoint, { method: 'PATCH', body: { kind: 'json', value }, ...more }),
      };
    };
    return { sessionId, app };
  }

  const { sessionId, app } = await signIn();
  const [blotter, notes] = [app('Blotter'), app('Notes')];
  const rows = valueOf(await blotter.get(`${data}/query?q=SELECT+Id+FROM+Contact+ORDER+BY+Id+LIMIT+60`)) as {
    records: { Id: string }[];
  };
  await org.control.resetCounts();
  return {
    worker,
    sessionId,
    blotter,
    notes,
    app,
    signIn,
    contacts: rows.records.map(({ Id }) => `${data}/sobjects/Contact/${Id}`),
    /** How many requests of the REST API have reached the org, by method and path. */
    async asked(): Promise<Record<string, number>> {
      const { requests: counted } = await org.control.counts();
      return Object.fromEntries(Object.entries(counted).filter(([name]) => name.includes(' /services/data')));
    },
  };
}

export type AskedWorker = Awaited<ReturnType<typeof askedWorker>>;

/** The JSON of an answer. */
export function valueOf(outcome: Outcome<ExecuteReply>): unknown {
  const { body } = must(outcome);
  if (body?.kind !== 'json') throw new Error(`Expected JSON, got ${body?.kind}`);
  return body.value;
}
