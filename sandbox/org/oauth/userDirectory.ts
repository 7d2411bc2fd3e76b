import { timingSafeEqual } from 'node:crypto';
import type { OrgDatabase, SObjectRecord } from '../database/orgDatabase.ts';
import type { OrgUser } from '../database/orgUser.ts';
import type { DemoUser } from '../seed/demoUsers.ts';

/** What an administrator can change about a user. */
export interface UserPolicy {
  /** Refused at login after too many attempts; sessions and tokens stop working. */
  locked: boolean;
  /** Cannot sign in or refresh; a session that is open goes on until it ends. */
  frozen: boolean;
  /** Not active: as frozen, and open sessions end. */
  active: boolean;
  /** The permission "API Enabled". */
  apiEnabled: boolean;
  /** Everything this user does comes from outside the login IP ranges of the profile. */
  ipRestricted: boolean;
  /** Signing in asks for a verification code. */
  mfaRequired: boolean;
  /** Signing in asks for a new password. */
  passwordExpired: boolean;
}

/** A person who can sign in. Policy and password may change while the org runs. */
export interface DirectoryUser extends Omit<DemoUser, 'locked'>, UserPolicy {
  orgUser: OrgUser;
}

const ordinaryPolicy = {
  frozen: false,
  active: true,
  apiEnabled: true,
  ipRestricted: false,
  mfaRequired: false,
  passwordExpired: false,
};

/** Whether new tokens may be made for the user. */
export function maySignIn({ locked, frozen, active }: UserPolicy): boolean {
  return active && !frozen && !locked;
}

/** Whether access tokens made earlier still stand for the user. */
export function hasLiveSessions({ locked, active, ipRestricted }: UserPolicy): boolean {
  return active && !locked && !ipRestricted;
}

export type SignInRefusal = 'credentials' | 'locked' | 'inactive' | 'ip';
export type SignInOutcome = { user: DirectoryUser } | { refused: SignInRefusal };

export interface UserDirectory {
  all(): readonly DirectoryUser[];
  byId(userId: string): DirectoryUser | undefined;
  byUsername(username: string): DirectoryUser | undefined;
  /** Says why a user may not sign in only when the password is right, so that nobody else learns it. */
  signIn(username: string, password: string): SignInOutcome;
  /** The same for somebody whom the identity provider has recognised. */
  signInAs(username: string): SignInOutcome;
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
    return { ...ordinaryPolicy, ...demo, orgUser };
  });
  const byUsername = (username: string): DirectoryUser | undefined => {
    const wanted = username.trim().toLowerCase();
    return users.find((user) => user.username.toLowerCase() === wanted);
  };
  const admit = (user: DirectoryUser | undefined): SignInOutcome => {
    if (!user) return { refused: 'credentials' };
    const refused = refusalOf(user);
    return refused === undefined ? { user } : { refused };
  };
  return {
    all: () => users,
    byId: (userId) => users.find(({ orgUser }) => orgUser.id === userId || orgUser.id.slice(0, 15) === userId),
    byUsername,
    signIn(username, password) {
      const user = byUsername(username);
      return admit(user && sameText(user.password, password) ? user : undefined);
    },
    signInAs: (username) => admit(byUsername(username)),
    record: ({ orgUser }) => database.retrieve('User', orgUser.id, { user: orgUser, apiVersion }),
  };
}

function refusalOf(user: UserPolicy): SignInRefusal | undefined {
  if (user.locked) return 'locked';
  if (!maySignIn(user)) return 'inactive';
  return user.ipRestricted ? 'ip' : undefined;
}

function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
