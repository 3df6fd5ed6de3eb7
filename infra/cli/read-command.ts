import { misused, parseCommandLine } from './parse-command-line.ts';

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
  const { values, positionals } = parseCommandLine(tool, {
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  const [first = 'help', ...rest] = positionals;
  const given = values.help ? 'help' : first;
  if (given === 'help') return 'help';
  if (!Object.hasOwn(commands, given)) throw misused(tool, `There is no command ${given}.`);
  if (rest.length > 0) throw misused(tool, `What is ${rest[0]}?`);
  return given as Command;
}
