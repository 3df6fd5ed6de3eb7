/** Where a command writes: its result, and what a person should know beside it. */
export interface Output {
  log(line: string): void;
  error(line: string): void;
}
