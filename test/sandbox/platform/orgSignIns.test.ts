import { orgSignIns } from '../../../sandbox/platform/orgSignIns.ts';
import type { PlatformStatus } from '../../../src/channel/protocol.ts';

const [home, emea] = ['https://acme.my.salesforce.com', 'https://acme-emea.my.salesforce.com'];
const orgs = [home, emea].map((orgUrl) => ({ orgUrl, consumerKey: 'key' }));

const session = (orgUrl: string, more: Partial<PlatformStatus['sessions'][number]> = {}) => ({
  sessionId: 's',
  orgUrl,
  consumerKey: 'key',
  userId: '005',
  userName: 'Morgan Reed',
  state: 'signedIn' as const,
  tokenBinding: 'bearer' as const,
  apps: [],
  ...more,
});
const status = (more: Partial<PlatformStatus>): PlatformStatus => ({
  sessions: [],
  apps: [],
  signingIn: false,
  defaultOrgUrl: home,
  ...more,
});
const summary = (told: PlatformStatus) =>
  orgSignIns(told).map(({ org, host, sessions, needsSignIn }) => [org?.orgUrl, host, sessions.length, needsSignIn]);

describe('orgSignIns', () => {
  it('has one entry for the only org, which needs no name, also for a provider that tells of none', () => {
    for (const told of [{}, { orgs: orgs.slice(0, 1) }]) {
      expect(summary(status(told))).toEqual([[undefined, new URL(home).host, 0, true]]);
      expect(summary(status({ ...told, sessions: [session(home)] }))).toEqual([
        [undefined, new URL(home).host, 1, false],
      ]);
    }
  });

  it('has one entry for each of several orgs, and needs a sign-in where there is no session or one that has ended', () => {
    expect(summary(status({ orgs, sessions: [session(emea)] }))).toEqual([
      [home, new URL(home).host, 0, true],
      [emea, new URL(emea).host, 1, false],
    ]);
    expect(summary(status({ orgs, sessions: [session(home), session(emea, { state: 'signInRequired' })] }))).toEqual([
      [home, new URL(home).host, 1, false],
      [emea, new URL(emea).host, 1, true],
    ]);
  });

  it('tells apart two keys of one org', () => {
    const keys = ['key', 'other'].map((consumerKey) => ({ orgUrl: home, consumerKey }));
    expect(summary(status({ orgs: keys, sessions: [session(home, { consumerKey: 'other' })] }))).toEqual([
      [home, new URL(home).host, 0, true],
      [home, new URL(home).host, 1, false],
    ]);
  });
});
