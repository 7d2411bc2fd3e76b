import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usageError.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads a command's flags; `--help` and `-h` are among those of every command.
 *
 * @param positionals How many words may stand beside flags.
 * @throws {UsageError} in one sentence.
 */
export function readFlags<O extends Options>(command: string, args: readonly string[], options: O, positionals = 0) {
  const given = parse(command, args, options);
  if (given.positionals.length > positionals)
    throw new UsageError(
      `${given.positionals.at(-1)} is one word too many: each value needs its flag before it.`,
      command,
    );
  return given;
}

function parse<O extends Options>(command: string, args: readonly string[], options: O) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, help: { type: 'boolean', short: 'h' } } as O & { help: { type: 'boolean'; short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('.', 1)[0]}.`, command);
  }
}
