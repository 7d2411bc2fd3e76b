/** What a command says and asks. Handed in, so that tests can read along. */
export interface Terminal {
  /** The answer to what was asked for. */
  print(line: string): void;
  /** Progress, and reasons. */
  tell(line: string): void;
  /** Asks the person, where there is one at the terminal. */
  ask?: (question: string, suggestion: string) => Promise<string>;
}
