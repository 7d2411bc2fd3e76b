import type { SessionDetails } from '../channel/protocol.ts';

/** The Salesforce user of a session, for its audit lines. */
export function auditedUser(session: SessionDetails | undefined): { user?: string } {
  const user = session?.currentUser['Username'] ?? session?.currentUser['Id'];
  return typeof user === 'string' ? { user } : {};
}
