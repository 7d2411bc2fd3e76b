import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defaultApiVersion } from '../../salesforce/apiVersions.ts';
import { readFlags } from '../flags.ts';
import { typesHelp } from '../help.ts';
import type { StartEmbeddedOrg } from '../orgAccess.ts';
import type { Terminal } from '../terminal.ts';
import { CommandRefused, UsageError } from '../usageError.ts';
import { describeObjects } from './describeObjects.ts';
import { objectTypes } from './objectTypes.ts';
import { openOrg } from './openOrg.ts';

interface TypesSurroundings {
  /** What starts an embedded org; undefined where the test kit is not installed. */
  loadEmbedded: () => Promise<StartEmbeddedOrg | undefined>;
  /** Aborts when the process is told to end; asked for where a person is waited for. */
  toldToEnd: () => AbortSignal;
}

/**
 * Writes types of an org's objects.
 *
 * @returns the exit code, 0
 * @throws {UsageError} {@link CommandRefused}
 */
export async function types(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
  { loadEmbedded, toldToEnd }: TypesSurroundings,
): Promise<number> {
  const { values: flags } = readFlags('types', args, {
    out: { type: 'string' },
    object: { type: 'string', multiple: true },
    org: { type: 'string' },
    'consumer-key': { type: 'string' },
    'api-version': { type: 'string', default: defaultApiVersion },
    client: { type: 'string', default: 'salesforce-interop-client' },
  });
  if (flags.help) {
    terminal.print(typesHelp.trimEnd());
    return 0;
  }
  const { out, object: objects = [], 'api-version': apiVersion, client } = flags;
  if (!/^\d{2,3}\.0$/.test(apiVersion))
    throw new UsageError(`--api-version ${apiVersion} is no version such as ${defaultApiVersion}.`, 'types');
  for (const name of objects)
    if (!/^[A-Za-z]\w*$/.test(name))
      throw new UsageError(`--object ${name} is no API name such as Contact or Invoice__c.`, 'types');
  if (out?.trim() === '') throw new UsageError('--out names no file.', 'types');
  const org = await openOrg(flags, environment, terminal, { apiVersion, loadEmbedded, toldToEnd });
  try {
    const described = await describeObjects(org.ask, [...new Set(objects)]);
    const written = objectTypes(described, { client, apiVersion });
    if (out === undefined) terminal.print(written.trimEnd());
    else await write(out, written);
    terminal.tell(
      `${described.length} ${described.length === 1 ? 'object' : 'objects'} of ${org.orgUrl}${out === undefined ? '' : ` are written to ${out}`}.`,
    );
    return 0;
  } finally {
    await org.close();
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new CommandRefused(
      `${file}: it cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`,
    );
  }
}
