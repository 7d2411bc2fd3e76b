import type { OrgDatabase } from '../database/orgDatabase.ts';
import type { ApiUsage } from './http/apiUsage.ts';
import type { QueryCursors } from './query/queryCursors.ts';
import type { Dispatch } from './resource.ts';
import type { CollisionForm } from './uiApi/collisionForms.ts';

/** What the resources work with. */
export interface RestServices {
  database: OrgDatabase;
  cursors: QueryCursors;
  usage: ApiUsage;
  organizationId: string;
  /** When the org's metadata was last changed: the start of this org. */
  metadataModified: Date;
  /** How a change of a record that somebody has changed since is refused. */
  collisionForm: CollisionForm;
  /** Runs a subrequest through the same resources. */
  dispatch: Dispatch;
}
