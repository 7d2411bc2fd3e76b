import { main as provide } from '../provider/hosts/node/main.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { doctor, type EmbeddedSetUp } from './doctor/main.ts';
import { help } from './help.ts';
import { init } from './init.ts';
import { launch } from './launch.ts';
import { match } from './match/main.ts';
import { serve } from './serve.ts';
import type { StartEmbeddedOrg } from './orgAccess.ts';
import type { Terminal } from './terminal.ts';
import { types } from './types/main.ts';
import { CommandRefused, UsageError } from './usageError.ts';

/** What the package with the embedded org and the sample desktop offers to this command. */
export interface TestKit {
  runOrg(args: readonly string[]): Promise<number>;
  runDesk(args: readonly string[]): Promise<number>;
  startEmbeddedSetUp(say: (sentence: string) => void): Promise<EmbeddedSetUp>;
  startEmbeddedOrg: StartEmbeddedOrg;
}

/** The environment of a command. */
export interface Place {
  environment: Readonly<Record<string, string | undefined>>;
  terminal: Terminal;
  version: string;
  /** Where the built pages lie: one folder for each site of the desktop's own. */
  pagesFolder: string;
  /**
   * Returns a signal that aborts when the process is told to end. Until it is called, being told to end ends the
   * process at once.
   */
  untilToldToEnd(): AbortSignal;
  /** @returns undefined where the test kit is not installed */
  loadTestKit(): Promise<TestKit | undefined>;
}

type Command = (args: readonly string[], place: Place) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  init: (args, { terminal }) => init(args, terminal),
  check: (args, { terminal }) => check(args, terminal),
  build: (args, { terminal, pagesFolder }) => build(args, terminal, pagesFolder),
  serve: (args, { terminal, pagesFolder, untilToldToEnd }) => serve(args, terminal, pagesFolder, untilToldToEnd()),
  provider: (args, { environment }) => provide(args, environment),
  launch: (args, { environment, terminal }) => launch(args, environment, terminal),
  // Loaded only for a check that names no org, as org and desktop take seconds to load.
  doctor: (args, { environment, terminal, loadTestKit }) =>
    doctor(args, environment, terminal, async () => (await loadTestKit())?.startEmbeddedSetUp),
  match: (args, { environment, terminal, loadTestKit }) =>
    match(args, environment, terminal, async () => (await loadTestKit())?.startEmbeddedOrg),
  types: (args, { environment, terminal, loadTestKit, untilToldToEnd }) =>
    types(args, environment, terminal, {
      loadEmbedded: async () => (await loadTestKit())?.startEmbeddedOrg,
      toldToEnd: untilToldToEnd,
    }),
  org: async (args, { loadTestKit }) => (await testKit(loadTestKit)).runOrg(args),
  desk: async (args, { loadTestKit }) => (await testKit(loadTestKit)).runDesk(args),
};

async function testKit(load: Place['loadTestKit']): Promise<TestKit> {
  const kit = await load();
  if (!kit)
    throw new CommandRefused(
      'The embedded org and the sample desktop are in a package of their own: npm install --save-dev salesforce-interop-testkit.',
    );
  return kit;
}

/**
 * Runs one command.
 *
 * @param args The command's name and its flags.
 * @returns the exit code: 0 as asked; 1 something failed or could not go on; 2 wrong usage.
 */
export async function runCommand(args: readonly string[], place: Place): Promise<number> {
  const { terminal, version } = place;
  const [name, ...rest] = args;
  if (name === '--version') {
    terminal.print(version);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.print(help.trimEnd());
    return name === undefined ? 2 : 0;
  }
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(`There is no command ${name}.`);
    return await command(rest, place);
  } catch (error) {
    if (error instanceof UsageError || error instanceof CommandRefused) {
      terminal.tell(error.message);
      return error instanceof UsageError ? 2 : 1;
    }
    throw error;
  }
}
