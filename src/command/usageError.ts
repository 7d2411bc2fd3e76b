/** Wrong usage: the command ends with 2, and this sentence. */
export class UsageError extends Error {
  /** @param command Whose `--help` lists what there is. */
  constructor(message: string, command = '') {
    super(`${message} See salesforce-interop ${command && `${command} `}--help.`);
    this.name = 'UsageError';
  }
}

/** The command cannot be carried out, and not by a fault of this program. It ends with 1 and this sentence. */
export class CommandRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandRefused';
  }
}
