/** Settings of an org, and the addresses that are refused for one. */
import { myDomainHint, normalizeOrgUrl } from '../salesforce/myDomain.ts';
import { isLoopbackHost, judgeOrgUrl } from '../salesforce/orgHosts.ts';
import { isWebAddress, webOrigin as origin } from '../webAddress.ts';
import { z } from '../zod.ts';

/**
 * Flows that people may know by name and that are not offered (RFC 9700, 2.1.2 and 2.4), each with what to use instead.
 */
const refusedFlows: Readonly<Record<string, string>> = {
  implicit: 'the implicit (user-agent) flow hands tokens to pages, and is not offered: use webServer',
  userAgent: 'the user-agent (implicit) flow hands tokens to pages, and is not offered: use webServer',
  usernamePassword:
    'the username-password flow hands passwords to apps, and is not offered: use webServer, or device where nobody should log in on this machine',
  password:
    'the username-password flow hands passwords to apps, and is not offered: use webServer, or device where nobody should log in on this machine',
  jwtBearer:
    'the JWT bearer flow needs a private key, which no page can keep: use the server-side host (salesforce-interop provider)',
  clientCredentials:
    'the client credentials flow needs a client secret, which no page can keep: use the server-side host (salesforce-interop provider)',
};

const flow = z.enum(['webServer', 'device'], {
  error: ({ input }) =>
    typeof input === 'string' && Object.hasOwn(refusedFlows, input)
      ? refusedFlows[input]
      : 'must be webServer or device',
});

export const orgSettings = z.strictObject({
  orgUrl: z
    .string()
    .transform(normalizeOrgUrl)
    .pipe(origin)
    .describe(
      "Origin of the org's My Domain, e.g. https://acme.my.salesforce.com. The first org is the default of connect().",
    ),
  consumerKey: z
    .string()
    .min(1)
    .describe('Consumer key of the External Client App. It is no secret; a client secret is never configured here.'),
  scopes: z
    .array(z.string().min(1))
    .min(1)
    .default(['api', 'refresh_token'])
    .describe('OAuth scopes asked for when an app names none.'),
  flow: flow
    .default('webServer')
    .describe(
      'How people sign in. webServer: on the org\'s pages in a window of this desktop; device: on another device, with a code that this desktop shows, for locked-down machines and shared screens. The app needs "Enable Device Flow" in Salesforce for it. It is never silent.',
    ),
  dpop: z
    .enum(['off', 'preferred', 'required'])
    .default('preferred')
    .describe(
      'Whether tokens are bound to a key that never leaves this desktop (DPoP, RFC 9449). preferred: where the org lets a page do so, else bearer tokens; required: no sign-in without.',
    ),
  identityProviders: z
    .array(origin)
    .default([])
    .describe('Origins of single sign-on pages that the sign-in window may show besides the org itself.'),
  embedded: z
    .boolean()
    .default(false)
    .describe(
      'True only for the embedded org of this repository, which is on this machine or listed under extraOrgOrigins: lets apps expire tokens for trying out. Refused for an org of Salesforce.',
    ),
});

/**
 * Refuses addresses that are not those of an org.
 *
 * @param at `path`: where the settings stand in what is parsed; `mayShareHost`: whether a shared login host will do.
 */
export function checkOrgs(
  { orgs, extraOrgOrigins }: { orgs: readonly z.output<typeof orgSettings>[]; extraOrgOrigins: readonly string[] },
  context: z.RefinementCtx,
  { path = [], mayShareHost = false }: { path?: string[]; mayShareHost?: boolean } = {},
): void {
  orgs.forEach(({ orgUrl, embedded }, index) => {
    // The address has been refused by its own schema already.
    if (!isWebAddress(orgUrl)) return;
    if (embedded && !mayBeEmbedded(orgUrl, extraOrgOrigins)) {
      context.addIssue({
        code: 'custom',
        path: [...path, 'orgs', index, 'embedded'],
        message: 'is for the embedded org of this repository, and this is none: leave it out',
      });
    }
    const verdict = judgeOrgUrl(orgUrl, { extraOrigins: extraOrgOrigins });
    if (verdict.kind === 'org' || (mayShareHost && verdict.kind === 'loginHost')) return;
    const message =
      verdict.kind === 'loginHost'
        ? 'is a shared login host, whose token endpoint answers no browser: use the My Domain URL (Setup > My Domain)'
        : myDomainHint(orgUrl) || 'is not a Salesforce org; list custom domains under extraOrgOrigins';
    context.addIssue({ code: 'custom', path: [...path, 'orgs', index, 'orgUrl'], message });
  });
}

/**
 * Whether an org may be configured as embedded. Never one of Salesforce's, whatever else is listed, as apps could end
 * its sessions.
 */
function mayBeEmbedded(orgUrl: string, extraOrgOrigins: readonly string[]): boolean {
  if (judgeOrgUrl(orgUrl).kind !== 'refused') return false;
  return isLoopbackHost(new URL(orgUrl).hostname) || extraOrgOrigins.includes(orgUrl);
}
