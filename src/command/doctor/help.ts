/** What `--help` prints. */
export const help = `Checks an org, its app and the provider's pages, one line each, and says where each failure is mended. It signs nobody in
and changes nothing. What only a session shows is checked on the platform page ("Check the connection").

  salesforce-interop doctor --org URL --consumer-key KEY [--redirect-uri URL] [...]

Without an org it starts the embedded one for the check, where the test kit is installed.

The org
  --org URL                 the org's My Domain address                        [SALESFORCE_ORG_URL]
  --consumer-key KEY        consumer key of the app                            [SALESFORCE_CONSUMER_KEY]
  --scope SCOPE             a scope that is asked for; once for each           (api and refresh_token)
  --identity-provider URL   origin of a single sign-on page; once for each     (orgs[].identityProviders)
  --dpop WORD               off, preferred or required                         (preferred)
  --flow WORD               webServer or device                                (webServer)
  --api-version VERSION     of the REST API                                    (66.0; apiVersion)
  --custom-domain           the address is outside Salesforce's domains, and listed under extraOrgOrigins
The provider
  --redirect-uri URL        the provider's return page                         (http://localhost:7072/signed-in.html)
  --origin URL              the provider's origin                              (that of the return page)
The report
  --json                    as JSON
  --help                    prints this

A flag wins over the variable in brackets; what stands in parentheses is taken when nothing is said.
Behind a proxy, Node.js 24 takes NODE_USE_ENV_PROXY=1, and every Node.js NODE_EXTRA_CA_CERTS=FILE for its certificate.
Exit codes: 0 nothing failed; 1 something failed; 2 wrong usage.
`;
