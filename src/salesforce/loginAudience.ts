/**
 * The audience (`aud`) of a JWT assertion for this org: the login host of its kind, or a site's own URL. Sandboxes and
 * scratch orgs have a label of their kind before `.my.salesforce.com`.
 *
 * @param orgUrl Origin of the org, or of the login host that it shares.
 * @see Salesforce Help, "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration".
 */
export function loginAudience(orgUrl: string): string {
  const { hostname, origin } = new URL(orgUrl);
  if (!hostname.endsWith('.my.salesforce.com')) return origin;
  return /\.(?:sandbox|scratch)\.my\.salesforce\.com$/.test(hostname)
    ? 'https://test.salesforce.com'
    : 'https://login.salesforce.com';
}
