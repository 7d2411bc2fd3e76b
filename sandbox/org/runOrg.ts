import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { onToldToEnd } from '../../src/provider/hosts/node/toldToEnd.ts';
import { describeOption, OptionError, parseOptions } from './optionError.ts';
import { orgOptionsSchema, type OrgOptions } from './orgOptions.ts';

const usage = `The embedded Salesforce org.

Usage: salesforce-interop org [flags]

  --port <n>                 TCP port on 127.0.0.1, 0 for any free one (default 7071)
  --size <n>                 how many contacts the sample data holds, up to 100000 (default 3000; 0 for no data)
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

/** Option, flag, and how the flag's text becomes the option's value. */
const flagsOf = [
  ['port', 'port', Number],
  ['contacts', 'size', Number],
  ['orgUrl', 'org-url', String],
  ['allowedOrigins', 'allow-origin', (values: unknown) => values],
  ['redirectUris', 'redirect-uri', (values: unknown) => values],
  ['https', 'https', Boolean],
  ['httpsPort', 'https-port', Number],
  ['accessTokenLifetimeMs', 'access-token-lifetime-ms', Number],
  ['maxApprovalsPerUserAndApp', 'max-approvals', Number],
  ['refreshTokenRotation', 'no-rotation', () => false],
  ['corsForOAuthEndpoints', 'no-cors-for-oauth', () => false],
  ['loginCoop', 'login-coop', String],
  ['sso', 'sso', Boolean],
  ['control', 'control', Boolean],
] as const;

type Flags = ReturnType<typeof parseFlags>['values'];

/**
 * Runs the org until the process is told to end, and prints where it is when it is ready. Ends the process where the
 * flags are wrong, or the org cannot start.
 */
export async function runOrg(args: readonly string[]): Promise<void> {
  const { values: flags } = parseFlags(args);
  if (flags.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  // Standard output belongs to the one line of JSON; libraries log to standard error.
  globalThis.console = new Console(process.stderr);
  try {
    const options = readOptions(flags);
    // Loaded only now: one of its libraries writes a warning when it is loaded, and wrong options are to be answered by
    // one sentence.
    const { startOrg } = await import('./server.ts');
    const org = await startOrg(options);
    const stop = (): void => void org.close().then(() => process.exit(0));
    onToldToEnd(stop);
    if (flags['exit-with-parent']) process.stdin.on('end', stop).on('close', stop).resume();
    const { url, port, httpsPort, ssoUrl } = org;
    process.stdout.write(`${JSON.stringify({ url, port, httpsPort, ssoUrl })}\n`);
  } catch (error) {
    end(error);
  }
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
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
    // Only its first sentence: the rest is advice about positional arguments, which this command has none of.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/(?<=\.) /);
    return end(new OptionError(`${sentence?.replace(/\.$/, '')}: --help shows the flags.`));
  }
}

/** @throws OptionError that names the flag, or the member of `--options`, and what is wanted. */
function readOptions(flags: Flags): OrgOptions {
  const given = flagsOf.filter(([, flag]) => flags[flag] !== undefined);
  const options = Object.fromEntries(given.map(([option, flag, read]) => [option, read(flags[flag])]));
  return parseOptions(orgOptionsSchema, { ...readJsonFlag(flags.options), ...options }, (path, value) => {
    const [, flag] = given.find(([option]) => option === path[0]) ?? [];
    if (flag === undefined) return `${describeOption(path, value)} in --options`;
    const text = flags[flag];
    return `--${flag}=${String(Array.isArray(text) ? text[Number(path[1] ?? 0)] : text)}`;
  });
}

function readJsonFlag(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new OptionError(`--options=${text.slice(0, 20)} is no JSON object: use one such as {"contacts":500}.`);
  }
}

/** Writes one sentence and ends the process: with 2 where an option was wrong, with 1 for any other reason. */
function end(error: unknown): never {
  process.stderr.write(`${describe(error)}\n`);
  process.exit(error instanceof OptionError ? 2 : 1);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is in use; stop the program that holds it or choose another with --port.`;
  }
  return error.message;
}
