/** Output and questions of a command. Passed in, so that tests can read them. */
export interface Terminal {
  /** Prints the result. */
  print(line: string): void;
  /** Prints progress and reasons. */
  tell(line: string): void;
  /** Asks the person, where there is one at the terminal. */
  ask?: (question: string, suggestion: string) => Promise<string>;
}
