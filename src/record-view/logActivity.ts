import { apiPaths } from '../salesforce/apiPaths.ts';
import { keyPrefixOf } from '../salesforce/recordId.ts';
import { soql } from '../salesforce/soqlQuoting.ts';
import { z } from '../zod.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import { writeActivity } from './writeActivity.ts';

/** What is logged of a call or an e-mail. */
export interface LoggedActivity {
  kind: 'call' | 'email';
  subject: string;
  /** `2026-11-26` */
  date: string;
  comments: string;
}

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

/** People are whom a task is with; all else is what it is about (Object Reference, "Task", `WhoId` and `WhatId`). */
const isPerson = (id: string): boolean => ['003', '00Q'].includes(keyPrefixOf(id));

/**
 * Logs a call or an e-mail, as a task that is done.
 *
 * @param id whom it was with, or the account that it was about
 * @returns the id of the task
 * @throws ApiRequestError; for what Salesforce refuses, see `saveErrors.ts`.
 */
export async function logActivity(api: RecordApi, id: string, activity: LoggedActivity): Promise<string> {
  const { kind, subject, date, comments } = activity;
  const fields = {
    Subject: subject,
    ActivityDate: date,
    ...(comments.trim() !== '' && { Description: comments }),
    Status: await closedStatus(api),
    TaskSubtype: kind === 'call' ? 'Call' : 'Email',
    [isPerson(id) ? 'WhoId' : 'WhatId']: id,
  };
  return writeActivity(api, { object: 'Task', values: fields, alsoWith: [] });
}
