/** The class of an error: its message may quote a personal value. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** The class of an error and of what caused it, outermost first: the store failed, and why. */
export function namesOf(error: unknown): string {
  const names: string[] = [];
  for (let cause = error; cause !== undefined && names.length < 5; ) {
    names.push(nameOf(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return names.join(' < ');
}

/** The frames of a stack, without its first lines: those hold the message. */
export function placesOf(error: unknown): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  return error.stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 10);
}
