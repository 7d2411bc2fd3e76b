import { keepForRuntime } from '../provider/hosts/node/runtimeEnvironment.ts';
import { readFlags } from './flags.ts';
import { launchHelp } from './help.ts';
import type { Terminal } from './terminal.ts';
import { CommandRefused } from './usageError.ts';

/** Address at which `npm start` and `serve` have the manifest. */
const usualManifest = (port: string): string => `http://localhost:${port}/app.json`;

/**
 * Starts a manifest in the desktop container.
 *
 * @param environment The variables of this process. `process.env` keeps only what a runtime needs.
 * @returns the exit code.
 * @throws {CommandRefused} when there is no manifest, no container for this system, or none that starts.
 */
export async function launch(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<number> {
  const {
    values: flags,
    positionals: [manifestUrl = usualManifest(environment['PORT'] || '7070')],
  } = readFlags('launch', args, {}, 1);
  if (flags.help) {
    terminal.print(launchHelp.trimEnd());
    return 0;
  }
  const answer = await fetch(manifestUrl).catch(() => undefined);
  if (!answer?.ok)
    throw new CommandRefused(
      `There is no manifest at ${manifestUrl}: have it served in another terminal (npm start, salesforce-interop serve), then run this again.`,
    );
  if (!['win32', 'darwin'].includes(process.platform)) {
    throw new CommandRefused(
      `The HERE Core container runs on Windows and macOS. There, open ${manifestUrl.replace(/^http/, 'fin')} in a browser, or run this command.`,
    );
  }
  // The variables of this command have been read. HTTP_PROXY and the like stay; npm's registry tokens and other secrets
  // of the shell are removed.
  keepForRuntime(process.env);
  const { launch: launchRuntime } = await import('@openfin/node-adapter');
  await launchRuntime({ manifestUrl }).catch((error: unknown) => {
    throw new CommandRefused(
      `The HERE Core runtime did not start (${error instanceof Error ? error.message : String(error)}). Install it from https://www.here.io/ and put your licence key into app.json.`,
    );
  });
  terminal.print(`Launched ${manifestUrl}`);
  return 0;
}
