import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { orgOptionsSchema, type OrgOptions } from './orgOptions.ts';
import { startOrg } from './server.ts';

const usage = `The embedded Salesforce org.

Usage: tsx sandbox/org/main.ts [flags]

  --port <n>                 TCP port on 127.0.0.1, 0 for any free one (default 7071)
  --size <n>                 how many contacts the sample data holds, up to 100000 (default 3000)
  --org-url <url>            public URL when another server stands in front
  --allow-origin <origin>    add to the CORS allow list; repeatable
  --redirect-uri <uri>       callback of the default public app; repeatable
  --options <json>           any other option of OrgOptions as JSON; flags win over it
  --https                    also listen with a self-signed certificate for *.my.salesforce.com
  --https-port <n>           its TCP port, 0 for any free one (default 0)
  --access-token-lifetime-ms <n>  session timeout (default 2 hours)
  --max-approvals <n>        live approvals per user and app (default 5)
  --no-rotation              refresh tokens stay valid after use
  --no-cors-for-oauth        token, revoke and introspect answer no CORS
  --login-coop <value>       Cross-Origin-Opener-Policy of the sign-in pages
  --sso                      offer login through an identity provider on a port of its own
  --control                  open /__control for tests
  --exit-with-parent         end when standard input closes
  --help                     show this text

When ready, one line of JSON is printed: {"url":"http://localhost:7071",...}
`;

const { values: flags } = parseFlags();
if (flags.help) {
  process.stdout.write(usage);
  process.exit(0);
}

// Standard output belongs to the one line of JSON; libraries log to standard error.
globalThis.console = new Console(process.stderr);

try {
  const org = await startOrg(readOptions());
  const stop = (): void => void org.close().then(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (flags['exit-with-parent']) process.stdin.on('end', stop).on('close', stop).resume();
  const { url, port, httpsPort, ssoUrl } = org;
  process.stdout.write(`${JSON.stringify({ url, port, httpsPort, ssoUrl })}\n`);
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  process.exit(1);
}

function parseFlags() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '7071' },
        size: { type: 'string' },
        'org-url': { type: 'string' },
        'allow-origin': { type: 'string', multiple: true },
        'redirect-uri': { type: 'string', multiple: true },
        options: { type: 'string' },
        https: { type: 'boolean' },
        'https-port': { type: 'string' },
        'access-token-lifetime-ms': { type: 'string' },
        'max-approvals': { type: 'string' },
        'no-rotation': { type: 'boolean' },
        'no-cors-for-oauth': { type: 'boolean' },
        'login-coop': { type: 'string' },
        sso: { type: 'boolean' },
        control: { type: 'boolean' },
        'exit-with-parent': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(1);
  }
}

function readOptions(): OrgOptions {
  const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
  const given: Record<string, unknown> = {
    port: number(flags.port),
    contacts: number(flags.size),
    orgUrl: flags['org-url'],
    allowedOrigins: flags['allow-origin'],
    redirectUris: flags['redirect-uri'],
    https: flags.https,
    httpsPort: number(flags['https-port']),
    accessTokenLifetimeMs: number(flags['access-token-lifetime-ms']),
    maxApprovalsPerUserAndApp: number(flags['max-approvals']),
    refreshTokenRotation: flags['no-rotation'] ? false : undefined,
    corsForOAuthEndpoints: flags['no-cors-for-oauth'] ? false : undefined,
    loginCoop: flags['login-coop'],
    sso: flags.sso,
    control: flags.control,
  };
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const rest = flags.options === undefined ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(flags.options));
  return orgOptionsSchema.parse({ ...rest, ...defined });
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError) return `The org's options are wrong:\n${z.prettifyError(error)}`;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is in use; stop the program that holds it or choose another with --port.`;
  }
  return error.message;
}
