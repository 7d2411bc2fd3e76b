import { timingSafeEqual } from 'node:crypto';
import type { OrgDatabase, SObjectRecord } from '../database/orgDatabase.ts';
import type { OrgUser } from '../database/orgUser.ts';
import type { DemoUser } from '../seed/demoUsers.ts';

/** A person who can sign in. `locked` may change while the org runs. */
export interface DirectoryUser extends DemoUser {
  orgUser: OrgUser;
}

export type SignInOutcome = { user: DirectoryUser } | { refused: 'credentials' | 'locked' };

export interface UserDirectory {
  all(): readonly DirectoryUser[];
  byId(userId: string): DirectoryUser | undefined;
  byUsername(username: string): DirectoryUser | undefined;
  /** A locked user with the right password is told so; with a wrong one nothing is given away. */
  signIn(username: string, password: string): SignInOutcome;
  /** The user's own row of the User object. */
  record(user: DirectoryUser): SObjectRecord;
}

const directoryReader: OrgUser = { id: '005000000000000AAA', username: 'directory', seesAll: true };
const apiVersion = '66.0';

/**
 * Joins the demo users with their rows of the User object.
 * @throws Error when a demo user has no row.
 */
export function createUserDirectory(database: OrgDatabase, demoUsers: readonly DemoUser[]): UserDirectory {
  const rows = database.query('SELECT Id, Username FROM User', { user: directoryReader, apiVersion }).records;
  const ids = new Map(rows.map((row) => [row['Username'], row['Id']]));
  const users = demoUsers.map((demo): DirectoryUser => {
    const id = ids.get(demo.username);
    if (typeof id !== 'string') throw new Error(`The sample data has no User row for ${demo.username}`);
    const orgUser = { id, username: demo.username, seesAll: demo.profile === 'administrator' };
    return { ...demo, orgUser };
  });
  const byUsername = (username: string): DirectoryUser | undefined => {
    const wanted = username.trim().toLowerCase();
    return users.find((user) => user.username.toLowerCase() === wanted);
  };
  return {
    all: () => users,
    byId: (userId) => users.find(({ orgUser }) => orgUser.id === userId || orgUser.id.slice(0, 15) === userId),
    byUsername,
    signIn(username, password) {
      const user = byUsername(username);
      if (!user || !sameText(user.password, password)) return { refused: 'credentials' };
      return user.locked ? { refused: 'locked' } : { user };
    },
    record: ({ orgUser }) => database.retrieve('User', orgUser.id, { user: orgUser, apiVersion }),
  };
}

function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
