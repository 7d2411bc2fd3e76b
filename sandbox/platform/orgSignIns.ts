import type { PlatformStatus } from '../../src/channel/protocol.ts';

/** An org that a person may sign in to here. */
export type SignInOrg = NonNullable<PlatformStatus['orgs']>[number];

/** One org's state on the platform page. */
export interface OrgSignIn {
  /** The org to ask the provider for; undefined for its default org. */
  org?: SignInOrg;
  host: string;
  sessions: PlatformStatus['sessions'];
  /** Whether somebody has to sign in: there is no session, or one of them has ended. */
  needsSignIn: boolean;
}

/**
 * @returns one entry for each configured org, the default one first; one for the default org alone where the provider
 *   names no others.
 */
export function orgSignIns({ sessions, orgs = [], defaultOrgUrl }: PlatformStatus): OrgSignIn[] {
  const entry = (orgUrl: string, own: PlatformStatus['sessions'], org?: SignInOrg): OrgSignIn => ({
    ...(org && { org }),
    host: new URL(orgUrl).host,
    sessions: own,
    needsSignIn: own.length === 0 || own.some(({ state }) => state !== 'signedIn'),
  });
  if (orgs.length < 2) return [entry(defaultOrgUrl, sessions)];
  return orgs.map((org) =>
    entry(
      org.orgUrl,
      sessions.filter(({ orgUrl, consumerKey }) => orgUrl === org.orgUrl && consumerKey === org.consumerKey),
      org,
    ),
  );
}
