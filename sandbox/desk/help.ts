/** What `salesforce-interop desk --help` and `npm start -- --help` print. */
export const help = `Runs an embedded Salesforce org, the desktop and its sample apps on this machine, until Ctrl-C.

  salesforce-interop desk [flags]       in the repository: npm start -- [flags]
  salesforce-interop desk --app http://localhost:5173

Flags
  --app URL     one more app on the desktop, which may use Salesforce; once for each. Serve it yourself, on this machine:
                its pages have to allow the desktop to frame them
  --apps FILE   the same with all that can be said of an app: a JSON array of entries as under "apps" in
                docs/desktop-configuration.md
  --help        prints this

The documentation is served beside the desktop once npm run docs has built it.

Variables
  PORT, ORG_PORT                                   ports (7070 and the one after it; the sites take those that follow)
  SALESFORCE_ORG_URL, SALESFORCE_CONSUMER_KEY      your org in place of the embedded one
  SALESFORCE_FLOW                                  webServer or device
  SALESFORCE_REMEMBER_SESSION                      1: a reloaded desktop needs no sign-in
  SANDBOX_CONTACTS                                 contacts in the sample data

Exit codes: 0 ended as asked; 1 could not start or go on; 2 wrong usage.
`;
