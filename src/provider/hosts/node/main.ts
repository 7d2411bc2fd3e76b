import type { AuditTrail } from '../../audit.ts';
import { delay } from '../../../time.ts';
import { defaultOrg } from '../../configuration.ts';
import { readCommandLine } from './commandLine.ts';
import { readConfigurationFile } from './configurationFile.ts';
import { help } from './help.ts';
import { keepProviding } from './keepProviding.ts';
import { provideOn } from './provideOn.ts';
import { connectRuntime } from './runtimeConnection.ts';
import { keepForRuntime } from './runtimeEnvironment.ts';
import { serverGrantOf } from './serverGrantOf.ts';
import { StartRefused, WrongUsage } from './startRefused.ts';
import { onToldToEnd } from './toldToEnd.ts';
import { logLine } from '../../../logLine.ts';

/** Standard output has the audit lines for the log shipper; the causes are for the person who runs the process. */
const auditTrail: AuditTrail = {
  write: (record) => console.log(logLine(record)),
  reportCause: (correlationId, cause) => console.error(correlationId, cause),
};

/**
 * Runs the provider on a server until the process is told to end.
 *
 * @param environment The variables this process was started with. Its own `process.env` keeps only what a runtime
 *   needs.
 * @returns the exit code: 0 ended as asked; 1 could not start or go on; 2 wrong usage.
 */
export async function main(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const stop = new AbortController();
  onToldToEnd(() => {
    // A second signal ends the process without waiting for the revocation.
    if (stop.signal.aborted) process.exit(1);
    stop.abort();
  });
  try {
    const command = readCommandLine(args, environment);
    keepForRuntime(process.env);
    if (command === 'help') {
      process.stdout.write(help);
      return 0;
    }
    const configuration = await readConfigurationFile(command.configurationFile);
    const serverGrant = await serverGrantOf(command.flow, defaultOrg(configuration).orgUrl);
    await keepProviding({
      connect: () => connectRuntime(command.runtime, command.uuid),
      provide: ({ channels }) => provideOn(channels, { configuration, serverGrant, audit: auditTrail }),
      say: (sentence) => console.error(sentence),
      delay,
      stop: stop.signal,
    });
    return 0;
  } catch (error) {
    console.error(
      error instanceof StartRefused
        ? error.message
        : `The Salesforce provider could not go on: ${error instanceof Error ? error.message : 'unknown reason'}`,
    );
    return error instanceof WrongUsage ? 2 : 1;
  }
}
