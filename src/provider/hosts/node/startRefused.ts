/** A start that cannot go on. The message says in a sentence what to do, and never holds a key or secret. */
export class StartRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartRefused';
  }
}
