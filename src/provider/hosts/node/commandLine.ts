import { parseArgs } from 'node:util';
import type { RuntimeTarget } from './runtimeConnection.ts';
import { WrongUsage } from './startRefused.ts';

/** How the provider signs in. Key and secret are named by where they are kept, and not read yet. */
export type ServerFlow =
  | { kind: 'jwt-bearer'; username: string; privateKeyFile: string; audience: string | undefined }
  | { kind: 'client-credentials'; secret: { file: string } | { value: string } };

export interface Command {
  configurationFile: string;
  flow: ServerFlow;
  runtime: RuntimeTarget;
  uuid: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The flags that take a value, each with the variable that may be set instead. */
const flags = {
  config: 'SALESFORCE_PROVIDER_CONFIG',
  flow: 'SALESFORCE_FLOW',
  username: 'SALESFORCE_USERNAME',
  audience: 'SALESFORCE_AUDIENCE',
  'private-key-file': 'SALESFORCE_PRIVATE_KEY_FILE',
  'client-secret-file': 'SALESFORCE_CLIENT_SECRET_FILE',
  address: 'OPENFIN_ADDRESS',
  port: 'OPENFIN_PORT',
  manifest: 'OPENFIN_MANIFEST',
  uuid: 'OPENFIN_UUID',
} as const;
type Flag = keyof typeof flags;

const secretFlag = /secret|passw|passphrase|private-?key|token|assertion/i;
/** Default port of HERE Core runtimes. */
const defaultPort = '9696';
const seeHelp = 'See --help.';

const passwordFlow =
  "The username-password flow hands a person's password to a program, and is not offered: use --flow jwt-bearer, which needs no password.";
const implicitFlow =
  'The implicit (user-agent) flow hands tokens to pages, and is not offered: use --flow jwt-bearer or client-credentials here, and webServer where people sign in.';
const personsFlow =
  'A person has to take part in this flow, and none sits at a server: use --flow jwt-bearer or client-credentials here. On a desktop it is the configuration that names it.';
const otherFlows: Readonly<Record<string, string>> = {
  password: passwordFlow,
  usernamepassword: passwordFlow,
  implicit: implicitFlow,
  useragent: implicitFlow,
  token: implicitFlow,
  webserver: personsFlow,
  authorizationcode: personsFlow,
  device: personsFlow,
};

/**
 * Reads flags and variables; a flag wins over its variable.
 *
 * @returns `help` when that is what was asked for.
 * @throws {WrongUsage} in a sentence that repeats nothing that was given, as it may be a secret in the wrong place.
 */
export function readCommandLine(args: readonly string[], environment: Environment): Command | 'help' {
  const given = readFlags(args);
  if (given === 'help') return 'help';
  const value = (flag: Flag): string | undefined => given.get(flag) ?? (environment[flags[flag]] || undefined);
  const configurationFile = value('config');
  if (configurationFile === undefined)
    throw new WrongUsage(`Name the provider's configuration with --config FILE. ${seeHelp}`);
  return {
    configurationFile,
    flow: readFlow(value, environment['SALESFORCE_CLIENT_SECRET'] || undefined),
    runtime: readRuntime(given, value),
    uuid: value('uuid') ?? 'salesforce-interop-provider',
  };
}

function readFlags(args: readonly string[]): ReadonlyMap<string, string> | 'help' {
  const options = {
    help: { type: 'boolean', short: 'h' },
    ...Object.fromEntries(Object.keys(flags).map((name) => [name, { type: 'string' } as const])),
  } as const;
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given = new Map<string, string>();
  let wantsHelp = false;
  for (const token of tokens) {
    if (token.kind !== 'option') throw new WrongUsage(`Every value needs its flag before it. ${seeHelp}`);
    const { name, value } = token;
    if (name === 'help' || name === 'h') wantsHelp = true;
    else if (!Object.hasOwn(flags, name)) throw new WrongUsage(unknownFlag(name));
    else if (value === undefined || value === '' || value.startsWith('--'))
      throw new WrongUsage(`--${name} needs a value. ${seeHelp}`);
    else if (given.has(name)) throw new WrongUsage(`--${name} is there twice: give it once.`);
    else given.set(name, value);
  }
  return wantsHelp ? 'help' : given;
}

function unknownFlag(name: string): string {
  if (!secretFlag.test(name)) return `There is no such flag. ${seeHelp}`;
  return `No key, secret or password is taken as a flag, as every program of this machine can read it there: use --private-key-file FILE, --client-secret-file FILE or the variable SALESFORCE_CLIENT_SECRET. ${seeHelp}`;
}

function readFlow(value: (flag: Flag) => string | undefined, clientSecret: string | undefined): ServerFlow {
  const name = value('flow');
  if (name === undefined)
    throw new WrongUsage(`Name the flow with --flow jwt-bearer or --flow client-credentials. ${seeHelp}`);
  const [username, privateKeyFile, secretFile, audience] = [
    value('username'),
    value('private-key-file'),
    value('client-secret-file'),
    value('audience'),
  ];
  if (name === 'jwt-bearer') {
    if (username === undefined)
      throw new WrongUsage('The JWT bearer flow needs the Salesforce user to sign in: --username NAME.');
    if (privateKeyFile === undefined)
      throw new WrongUsage(
        "The JWT bearer flow needs the private key of the app's certificate: --private-key-file FILE.",
      );
    if (audience !== undefined && !(URL.canParse(audience) && new URL(audience).protocol === 'https:'))
      throw new WrongUsage('--audience is not the https address of a login host, such as https://test.salesforce.com.');
    return { kind: name, username, privateKeyFile, audience };
  }
  if (name === 'client-credentials') {
    if (username !== undefined)
      throw new WrongUsage(
        '--username does not go with client credentials: the user is the one under Run As in the policies of the app.',
      );
    if (secretFile !== undefined && clientSecret !== undefined)
      throw new WrongUsage(
        'The client secret is given twice, as a file and as SALESFORCE_CLIENT_SECRET: leave one out.',
      );
    if (secretFile !== undefined) return { kind: name, secret: { file: secretFile } };
    if (clientSecret !== undefined) return { kind: name, secret: { value: clientSecret } };
    throw new WrongUsage(
      'The client credentials flow needs the secret of the app: --client-secret-file FILE, or the variable SALESFORCE_CLIENT_SECRET.',
    );
  }
  const normal = name.toLowerCase().replace(/[-_ ]/g, '');
  const known = Object.hasOwn(otherFlows, normal) ? otherFlows[normal] : undefined;
  throw new WrongUsage(
    known ?? `There is no such flow: use --flow jwt-bearer or --flow client-credentials. ${seeHelp}`,
  );
}

function readRuntime(given: ReadonlyMap<string, string>, value: (flag: Flag) => string | undefined): RuntimeTarget {
  const named = (['address', 'port', 'manifest'] as const).filter((flag) => given.has(flag));
  if (named.length > 1)
    throw new WrongUsage(`${named.map((flag) => `--${flag}`).join(' and ')} both say where the runtime is: give one.`);
  const flag =
    named[0] ?? (['address', 'port', 'manifest'] as const).find((name) => value(name) !== undefined) ?? 'port';
  const text = value(flag) ?? defaultPort;
  if (flag === 'manifest') return { manifestUrl: text };
  if (flag === 'port') {
    if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535)
      throw new WrongUsage('--port is not a port: use a whole number from 1 to 65535.');
    return { address: `ws://localhost:${text}` };
  }
  // A runtime on this machine proves its identity by a file, and the connection is not encrypted.
  const isHere =
    URL.canParse(text) &&
    /^wss?:$/.test(new URL(text).protocol) &&
    ['localhost', '127.0.0.1', '[::1]'].includes(new URL(text).hostname);
  if (!isHere) throw new WrongUsage('--address is not that of a runtime on this machine, such as ws://localhost:9696.');
  return { address: text };
}
