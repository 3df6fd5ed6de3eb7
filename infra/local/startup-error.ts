/** A reason not to start that a person can act on. Its message is one line and is shown without a stack. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
