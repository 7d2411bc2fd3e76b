import { defaultOrg, type OrgConfiguration, type ProviderConfiguration } from './configuration.ts';

/**
 * The org that an intent is answered in: one that its context names, else one that the app which raised it is connected
 * to, else the default org. Of several that are as good, the app's own comes first, then the one that the configuration
 * lists first.
 *
 * @param named Origins of orgs, as the context names them; those that are not configured count for nothing.
 * @param isConnected Whether a page of the app has a session of this org and key now.
 */
export function orgOfIntent(
  configuration: Pick<ProviderConfiguration, 'orgs'>,
  named: readonly string[],
  isConnected: (org: OrgConfiguration) => boolean,
): OrgConfiguration {
  const { orgs } = configuration;
  const wanted = named.map((orgUrl) => orgs.filter((org) => org.orgUrl === orgUrl)).find(({ length }) => length > 0);
  return wanted?.find(isConnected) ?? wanted?.[0] ?? orgs.find(isConnected) ?? defaultOrg(configuration);
}
