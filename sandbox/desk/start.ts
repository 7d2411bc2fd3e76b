import { ConfigurationError } from '../../src/provider/configuration.ts';
import { OptionError } from '../org/optionError.ts';
import { PortTakenError, serveSites } from '../../src/sites/serve/serveSites.ts';
import { onToldToEnd } from '../../src/provider/hosts/node/toldToEnd.ts';
import { readArguments } from './arguments.ts';
import { documentationSite } from './documentation.ts';
import { readEnvironment, StartError, type DeskEnvironment } from './environment.ts';
import { help } from './help.ts';
import { openDesk } from './openDesk.ts';
import { originAfterSites } from './sites.ts';

const otherPorts = 'or choose other ports with PORT and ORG_PORT';

/**
 * Runs the main job: the org, the platform, the provider and the sample apps, until the process is told to end.
 *
 * @param args Flags; see `help.ts`.
 * @param prepare Sees to it that the pages are there, and says what it does.
 */
export async function start(
  args: readonly string[],
  prepare: (say: (line: string) => void) => Promise<void> = async () => undefined,
): Promise<void> {
  let stop = async (): Promise<void> => undefined;
  const end = (): void => void stop().finally(() => process.exit(0));
  // A second signal then ends the process at once.
  const stopListening = onToldToEnd(() => {
    stopListening();
    end();
  });
  try {
    const given = await readArguments(args);
    if (given === 'help') {
      // Listening to the IPC channel of a parent would keep the process.
      stopListening();
      process.stdout.write(help);
      return;
    }
    const environment = { ...readEnvironment(process.env), apps: given.apps };
    if (environment.endsWithParent) process.stdin.once('end', end).once('close', end).resume();
    await prepare(say);
    const documentation = await serveDocumentation(environment);
    stop = async () => documentation?.close();
    const { sites, close } = await openDesk(
      { ...environment, documentationUrl: documentation && `${documentation.origin}/` },
      say,
    );
    stop = async () => void (await Promise.all([close(), documentation?.close()]));
    for (const { name, origin } of sites) say(`${name.padEnd(13)} ${origin}/`);
    if (documentation) say(`docs          ${documentation.origin}/`);
    console.log(`Ready: http://localhost:${environment.port}/`);
  } catch (error) {
    const told = tell(error);
    if (!told) throw error;
    console.error(told.sentence);
    process.exit(told.exitCode);
  }
}

/** Serves the documentation, unless it has not been built or its port is taken. */
async function serveDocumentation(
  environment: DeskEnvironment,
): Promise<{ origin: string; close: () => Promise<void> } | undefined> {
  const site = await documentationSite(originAfterSites(environment));
  if (!site) return undefined;
  try {
    return { origin: site.origin, close: await serveSites([site]) };
  } catch (error) {
    if (!(error instanceof PortTakenError)) throw error;
    say(`The documentation is not served: port ${error.port} is in use.`);
    return undefined;
  }
}

/** The sentence for a start that cannot go on; undefined for a fault of this program. */
function tell(error: unknown): { sentence: string; exitCode: number } | undefined {
  if (error instanceof OptionError) return { sentence: error.message, exitCode: 2 };
  if (error instanceof ConfigurationError)
    return { sentence: `The desktop cannot be made of this: ${error.problems.join('; ')}.`, exitCode: 2 };
  if (error instanceof PortTakenError)
    return { sentence: error.message.replace('or choose another port', otherPorts), exitCode: 1 };
  if (error instanceof StartError) return { sentence: error.message, exitCode: 1 };
  return undefined;
}

function say(line: string): void {
  console.log(line);
}
