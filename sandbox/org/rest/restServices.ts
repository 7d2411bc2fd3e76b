import type { OrgDatabase } from '../database/orgDatabase.ts';
import type { ApiUsage } from './http/apiUsage.ts';
import type { QueryCursors } from './query/queryCursors.ts';
import type { Dispatch } from './resource.ts';

/** What the resources work with. */
export interface RestServices {
  database: OrgDatabase;
  cursors: QueryCursors;
  usage: ApiUsage;
  organizationId: string;
  /** When the org's metadata was last changed: the start of this org. */
  metadataModified: Date;
  /** Runs a subrequest through the same resources. */
  dispatch: Dispatch;
}
