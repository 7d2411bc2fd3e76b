import { readFile } from 'node:fs/promises';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { ConfigurationError } from '../provider/configuration.ts';
import { parseDesktopConfiguration, type DesktopConfiguration } from '../sites/desktopConfiguration.ts';
import { CommandRefused } from './usageError.ts';

/** Where the commands look for the desktop's configuration when nothing is said. */
export const defaultDesktopFile = 'salesforce-interop.jsonc';

/**
 * Reads a desktop's configuration, JSON with comments.
 *
 * @throws {CommandRefused} when it cannot be read, is no such JSON, or says something wrong; each wrong place is named.
 */
export async function readDesktopFile(file: string): Promise<DesktopConfiguration> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'ENOENT'
        ? 'there is no such file; salesforce-interop init writes one'
        : `it cannot be read (${error.code ?? 'unknown reason'})`;
    throw new CommandRefused(`${file}: ${why}.`);
  });
  const content = parseDesktopFile(text, file);
  try {
    return parseDesktopConfiguration(content);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new CommandRefused(
      [`${file} says something wrong:`, ...error.problems.map((problem) => `  ${problem}`)].join('\n'),
    );
  }
}

function parseDesktopFile(text: string, file: string): unknown {
  const errors: ParseError[] = [];
  // Editors of Windows put a byte order mark before the text.
  const content: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) return content;
  const line = text.slice(0, first.offset).split(/\r\n|\r|\n/).length;
  throw new CommandRefused(`${file}, line ${line}: this is no JSON (${printParseErrorCode(first.error)}).`);
}
