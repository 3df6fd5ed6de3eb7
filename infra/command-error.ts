/** What keeps a command from doing its work and a person can mend. Its message is shown as it is, without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
