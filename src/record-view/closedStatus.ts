import { apiPaths } from '../salesforce/apiPaths.ts';
import { soql } from '../salesforce/soqlQuoting.ts';
import { z } from '../zod.ts';
import { callApi, type RecordApi } from './recordApi.ts';

const statuses = z.looseObject({ records: z.array(z.looseObject({ ApiName: z.string() })) });
/** Salesforce's own status of a task that is done, where the org does not say which it has. */
const standardClosed = 'Completed';

/** The status of tasks that are done: an org may have others (Object Reference, "TaskStatus"). */
export async function closedStatus(api: RecordApi): Promise<string> {
  const statement = soql`SELECT ApiName FROM TaskStatus WHERE IsClosed = true ORDER BY SortOrder LIMIT 1`;
  try {
    return statuses.parse(await callApi(api, apiPaths.query(statement))).records[0]?.ApiName ?? standardClosed;
  } catch {
    // Not every org lets everybody read it. If this status does not fit, Salesforce says so when the task is saved.
    return standardClosed;
  }
}
