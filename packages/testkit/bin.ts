/** The command `salesforce-interop-testkit` of the installed package. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runDesk, runOrg } from './commands.ts';

const help = `An embedded Salesforce org, and a desktop that uses it, for trying and testing on this machine.

  salesforce-interop-testkit COMMAND [flags]

  org    an embedded Salesforce org
  desk   the sample desktop with that org

  salesforce-interop-testkit COMMAND --help lists a command's flags; --version prints the version.
Exit codes: 0 as asked; 1 something failed or could not go on, with the reason; 2 wrong usage.
`;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { org: runOrg, desk: runDesk };

/** @returns the exit code, should the command end by itself. */
async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version') {
    const { version } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'package.json'), 'utf8')) as {
      version: string;
    };
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(help);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command(args);
  process.stderr.write(`There is no command ${name}: salesforce-interop-testkit --help lists those there are.\n`);
  return 2;
}

process.exitCode = await run(process.argv.slice(2));
