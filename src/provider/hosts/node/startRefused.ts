/** A start that cannot go on. The message says in a sentence what to do, and never holds a key or secret. */
export class StartRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartRefused';
  }
}

/** Flags or variables that are wrong or do not fit together: the command ends with 2, as every other does. */
export class WrongUsage extends StartRefused {
  constructor(message: string) {
    super(message);
    this.name = 'WrongUsage';
  }
}
