/** People who can sign in to the embedded org. The login page shows the first two with their passwords. */
export interface DemoUser {
  username: string;
  password: string;
  firstName: string;
  lastName: string;
  /** `administrator` sees and edits all; `banker` sees fewer records and may not edit Accounts. */
  profile: 'administrator' | 'banker';
  /** A locked user is refused at login, as Salesforce does after too many failed attempts. */
  locked: boolean;
}

export const demoUsers: readonly DemoUser[] = [
  {
    username: 'morgan.reed@northbridge.example',
    password: 'meridian-2026',
    firstName: 'Morgan',
    lastName: 'Reed',
    profile: 'administrator',
    locked: false,
  },
  {
    username: 'alex.chen@northbridge.example',
    password: 'coverage-2026',
    firstName: 'Alex',
    lastName: 'Chen',
    profile: 'banker',
    locked: false,
  },
  {
    username: 'sam.locked@northbridge.example',
    password: 'locked-2026',
    firstName: 'Sam',
    lastName: 'Okafor',
    profile: 'banker',
    locked: true,
  },
];
