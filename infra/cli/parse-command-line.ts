import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CommandError } from '../command-error.ts';

/** A command that was not called as it has to be; says where to read how. */
export function misused(tool: string, message: string): CommandError {
  return new CommandError(`${message} See npm run ${tool} -- --help`);
}

/**
 * What a tool was called with.
 *
 * @param tool what the tool is called by: `npm run <tool>`.
 * @throws CommandError for an option it does not have.
 */
export function parseCommandLine<Config extends ParseArgsConfig>(tool: string, config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    // What Node says behind its first sentence is how to pass what looks like an option: none of the tools takes such.
    const [said = ''] = (error as Error).message.split(/\.?\s*\n|\. /);
    throw misused(tool, `${said}.`);
  }
}
