/** Where a command writes its result. */
export interface ResultOutput {
  log(line: string): void;
}

/** The same, and where it writes what a person should know beside it. */
export interface Output extends ResultOutput {
  error(line: string): void;
}
