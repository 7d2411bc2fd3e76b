/** Wrong usage: the command ends with 2, and this sentence. */
export class UsageError extends Error {
  /** @param command Whose `--help` lists what there is. */
  constructor(message: string, command = '') {
    super(`${message} See salesforce-interop ${command && `${command} `}--help.`);
    this.name = 'UsageError';
  }
}

/**
 * Something in the way of what was asked for, and no fault of this program: the command ends with 1, and this sentence.
 */
export class CommandRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandRefused';
  }
}
