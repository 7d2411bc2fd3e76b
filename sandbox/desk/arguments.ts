import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { OptionError } from '../org/optionError.ts';
import { desktopApp, type DesktopAppInput } from '../../src/sites/desktopConfiguration.ts';
import { z } from '../../src/zod.ts';

/**
 * Reads the flags of `npm start` and `salesforce-interop desk`.
 *
 * @returns `help` when that is what was asked for.
 * @throws {OptionError} naming the flag, what was given and what is wanted.
 */
export async function readArguments(args: readonly string[]): Promise<{ apps: DesktopAppInput[] } | 'help'> {
  const { app = [], apps = [], help } = parse(args);
  if (help) return 'help';
  const listed = await Promise.all(apps.map(readApps));
  return { apps: [...app.map(appAt), ...listed.flat()] };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        app: { type: 'string', multiple: true },
        apps: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message.split('.', 1)[0]}. --help shows the flags.`);
  }
}

function appAt(text: string): DesktopAppInput {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || url.hostname !== 'localhost' || url.username || url.password) {
    throw new OptionError(
      `--app ${text.includes('@') ? '' : text} is not an app on this machine: use an address such as http://localhost:5173, from where the desktop's own pages are.`,
    );
  }
  return { appId: `app-${url.port || '80'}`, title: `App at ${url.host}`, url: url.href, usesSalesforce: true };
}

async function readApps(file: string): Promise<DesktopAppInput[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new OptionError(`--apps ${file} cannot be read (${error.code ?? 'unknown reason'}).`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new OptionError(`--apps ${file} is not JSON.`);
  }
  const parsed = z.array(desktopApp).safeParse(content);
  if (parsed.success) return content as DesktopAppInput[];
  throw new OptionError(
    `--apps ${file}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(the file)'}: ${message}`).join('; ')}.`,
  );
}
