/** What `salesforce-interop --help` prints, and each command's own. */
export const help = `One shared, safe connection to Salesforce for every app on an OpenFin (HERE Core) desktop.

  salesforce-interop COMMAND [flags]

To take it in
  init      writes a desktop's configuration, app.json and app directory records to begin with
  check     says what is wrong with a configuration, or would break; then asks org and app (doctor)
  build     makes a folder of static sites of it, with their headers for nginx, Caddy, IIS and _headers
  serve     serves the same on this machine
To run it
  provider  the provider on a server, without a person
  launch    starts app.json in the desktop container
  doctor    checks an org, its app and the provider's pages
  match     says what the contexts of apps would find in an org
  types     writes an org's objects as TypeScript types for the client
To try and test (need the package salesforce-interop-testkit)
  org       an embedded Salesforce org
  desk      the sample desktop with that org

  salesforce-interop COMMAND --help lists a command's flags; --version prints the version.
Exit codes: 0 as asked; 1 something failed or could not go on, with the reason; 2 wrong usage.
`;

export const initHelp = `Writes into a folder what a desktop begins with: salesforce-interop.jsonc (the configuration, with comments), app.json for the
container, and the provider's app directory records for FDC3 2.2 and 1.2. Asks for what no flag says, where a person is at
the terminal.

  salesforce-interop init [FOLDER] --org URL --consumer-key KEY --domain bank.example
  salesforce-interop init [FOLDER] --org URL --consumer-key KEY --local

The org
  --org URL              the org's My Domain address
  --consumer-key KEY     consumer key of the External Client App
Where pages are served from
  --domain DOMAIN        desk.DOMAIN, crm.DOMAIN and record.DOMAIN, over https
  --local                ports of this machine, for trying: http://localhost:7070, 7072 and 7076
  --platform ORIGIN, --provider ORIGIN, --record-view ORIGIN
                         each by itself, in place of these
Names
  --title TEXT           heading of the platform page (Desktop)
  --company TEXT         whose it is (Desktop)
Apps
  --app URL              an app that may use Salesforce; once for each
  --force                overwrites files that are there
  --help                 prints this
`;

export const checkHelp = `Reads a desktop's configuration and says what is wrong with it or would break, without a network; then asks the org, the app and
the provider's pages, as the doctor does. It signs nobody in and changes nothing.

  salesforce-interop check [FILE] [--offline] [--json]

  FILE       the configuration (salesforce-interop.jsonc)
  --offline  leaves out what needs a network
  --json     the findings as JSON
  --help     prints this
Exit codes: 0 nothing failed; 1 something did; 2 wrong usage.
`;

export const matchHelp = `Says what the contexts that apps send would find: which record is opened, which are offered, or what a person is told. Prints one
JSON line for each, { "id", "outcome": "opens" | "offers" | "search" | "says" | "error", "records": ["Name", …], "why" }, and
"holds": true | false where the file says what is expected. It changes nothing in the org.

  salesforce-interop match FILE [--org URL] [--configuration FILE]

  FILE                  JSON: { "groups": [{ "records": [{ "ref", "type", "fields" }], "cases": [{ "id", "intent", "context",
                        "outcome", "record" }] }] }. A group with records gets an empty embedded org with them; one without
                        takes the org as it is. The outcome "asks" means: offered, and never opened unasked.
  --org URL             the org, with its access token in SALESFORCE_ACCESS_TOKEN; without, the embedded org
  --configuration FILE  a desktop's configuration, for its identifiers
  --help                prints this
Exit codes: 0 all is as expected; 1 something is not; 2 wrong usage.
`;

export const typesHelp = `Writes an org's objects and fields, custom ones included, as TypeScript types: with the file among an app's sources, the compiler
checks what the app reads and writes by the client. It changes nothing in the org.

  salesforce-interop types [--out FILE] [--object NAME …] [--org URL [--consumer-key KEY]] [--api-version 66.0]

  --out FILE           the file, e.g. src/salesforce.d.ts; without, the types are printed
  --object NAME        API name of an object; once for each. Without: the standard objects that the client knows, and all
                       custom ones
  --org URL            the org; without, the embedded org
  --consumer-key KEY   consumer key of an app with the device flow, by which you sign in on a page of the org. Without, an access
                       token is taken from SALESFORCE_ACCESS_TOKEN
  --api-version 66.0   version of the REST API
  --client MODULE      the client's package (salesforce-interop-client)
  --help               prints this
What a person may not see in the org is not in the types either: sign in as one who sees all that the app needs.
Exit codes: 0 written; 1 not, with the reason; 2 wrong usage.
`;

export const buildHelp = `Makes of a desktop's configuration a folder of static sites, each to be served from its own origin, and what makes servers send
the right headers with them: nginx.conf, Caddyfile, and in each site web.config (IIS) and _headers (Cloudflare Pages, Netlify).

  salesforce-interop build [FILE] [--out FOLDER] [--served-from FOLDER] [--certificates FOLDER]

  FILE                  the configuration (salesforce-interop.jsonc)
  --out FOLDER          where to (sites); what an earlier build left there is replaced whole
  --served-from FOLDER  where the folder will be on the server, as nginx.conf and Caddyfile name it (where it is built)
  --certificates FOLDER where the server has each host's certificate chain and key, HOST.pem and HOST.key
                        (nginx: /etc/nginx/certificates; Caddy gets them by itself)
  --help                prints this
`;

export const serveHelp = `Serves a desktop's sites on this machine, with the same headers, until Ctrl-C. For trying, and for one machine: every origin in the
configuration has to be http://localhost with a port.

  salesforce-interop serve [FILE]

  FILE    the configuration (salesforce-interop.jsonc)
  --help  prints this
`;

export const launchHelp = `Starts a manifest in the HERE Core desktop container, on a machine that has it.

  salesforce-interop launch [URL]

  URL     of app.json (http://localhost:7070/app.json)
  --help  prints this
`;
