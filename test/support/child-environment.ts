/**
 * What every command that a test starts is given: where programs are, and where compiled modules are kept, which is half of
 * what the start of a command takes. All else of the test's own environment stays with it.
 */
export function childEnvironment(): Record<string, string | undefined> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
}
