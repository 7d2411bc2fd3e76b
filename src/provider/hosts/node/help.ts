/** What `--help` prints. */
export const help = `Serves Salesforce to the apps of a HERE Core desktop without a person: the same provider as a process of
its own, which signs in by a flow for servers. Runs until it is told to end, and revokes its session then: by Ctrl-C, by
SIGTERM (on Windows by Ctrl-Break), or by a parent that closes the IPC channel it has started it with.

  salesforce-interop provider --config FILE --flow jwt-bearer --username NAME --private-key-file FILE
  salesforce-interop provider --config FILE --flow client-credentials --client-secret-file FILE

What to serve
  --config FILE              the provider's configuration (docs/configuration.md), with one org. redirectUri and
                             recordViewUrl may be left out, and how people sign in has no meaning here.
                                                                              [SALESFORCE_PROVIDER_CONFIG]
How to sign in (docs/setting-up-salesforce.md says how to set up the app)
  --flow jwt-bearer          as --username, with the private key whose certificate the app has
  --flow client-credentials  as the user under Run As in the policies of the app, with the app's secret
                                                                              [SALESFORCE_FLOW]
  --username NAME            jwt-bearer: the Salesforce user                  [SALESFORCE_USERNAME]
  --private-key-file FILE    jwt-bearer: RSA key, PEM, without passphrase     [SALESFORCE_PRIVATE_KEY_FILE]
  --audience URL             jwt-bearer: the login host, where it is not the org's own
                             (production https://login.salesforce.com, sandbox https://test.salesforce.com)
                                                                              [SALESFORCE_AUDIENCE]
  --client-secret-file FILE  client-credentials: a file with the secret       [SALESFORCE_CLIENT_SECRET_FILE]
                             or the secret itself in the variable             [SALESFORCE_CLIENT_SECRET]

  Files with a key or secret must be readable by their owner only (chmod 600), the configuration and the folders of all of
  them writable by their owner only. The owner is this user or root; for root it is root. They are real files: no links, no
  pipes. On Windows, where there are no such bits, take everybody else off their access lists.
  Keys and secrets are never taken as flags or from the configuration. The variable leaves the environment before anything
  is started; what a process was started with can still be read by its user and root (/proc), so prefer the file.

Where to serve it
  --port NUMBER              port of a runtime that runs here, 9696 if nothing is said      [OPENFIN_PORT]
  --address URL              the same as a whole address, e.g. ws://localhost:9696          [OPENFIN_ADDRESS]
  --manifest URL             or the manifest whose runtime is to be found, or started       [OPENFIN_MANIFEST]
                             with no more of this environment than a program needs to run
  --uuid NAME                name of this connection, one for each: salesforce-interop-provider
                                                                              [OPENFIN_UUID]
  --help                     prints this

A flag wins over the variable in brackets. The audit trail is written to standard output, a line of JSON per action;
sentences for people go to standard error. When the runtime goes, the session is revoked and the provider waits for it.

Exit codes: 0 ended as asked; 1 could not start or go on; 2 wrong usage; 1 and 2 with one sentence that says why.

Examples
  salesforce-interop provider --config provider.json --flow jwt-bearer \\
    --username integration@acme.example --private-key-file server.key
  SALESFORCE_CLIENT_SECRET="$(vault read -field=secret crm)" \\
    salesforce-interop provider --config provider.json --flow client-credentials --port 9696
`;
