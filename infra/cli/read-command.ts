import { parseArgs } from 'node:util';
import { CommandError } from '../command-error.ts';

/**
 * The command a tool was called with; `help` where it was called with none.
 *
 * @param tool what the tool is called by: `npm run <tool>`.
 * @throws CommandError for an option or a command it does not have.
 */
export function readCommand<Command extends string>(
  tool: string,
  commands: Readonly<Record<Command, unknown>>,
): Command | 'help' {
  const help = `See npm run ${tool} -- help`;
  let given: string;
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    });
    given = values.help ? 'help' : (positionals[0] ?? 'help');
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('\n')[0]} ${help}`);
  }
  if (given === 'help') return 'help';
  if (!Object.hasOwn(commands, given)) throw new CommandError(`There is no command ${given}. ${help}`);
  return given as Command;
}
