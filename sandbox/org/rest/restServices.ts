import type { CallContext, OrgDatabase } from '../database/orgDatabase.ts';
import type { ApiUsage } from './http/apiUsage.ts';
import type { QueryCursors } from './query/queryCursors.ts';
import type { Dispatch } from './resource.ts';

/** The org's records, and the list of viewed ones where the database keeps it up on request. */
export type RestDatabase = OrgDatabase & { markViewed?(id: string, context: CallContext): void };

/** What the resources work with. */
export interface RestServices {
  database: RestDatabase;
  cursors: QueryCursors;
  usage: ApiUsage;
  organizationId: string;
  /** When the org's metadata was last changed: the start of this org. */
  metadataModified: Date;
  /** Runs a subrequest through the same resources. */
  dispatch: Dispatch;
}
