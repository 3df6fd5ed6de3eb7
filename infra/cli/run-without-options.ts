import { parseCommandLine } from './parse-command-line.ts';
import { runCommand } from './run-command.ts';

/**
 * Runs a command line tool that takes nothing but `--help`: whoever asks how it is called, or calls it as it is not, has
 * nothing written.
 *
 * @param tool what the tool is called by: `npm run <tool>`.
 * @param does what it does, for its help.
 */
export async function runWithoutOptions(
  tool: string,
  does: string,
  main: () => Promise<void> | void,
): Promise<void> {
  await runCommand(async () => {
    const { values } = parseCommandLine(tool, {
      options: { help: { type: 'boolean', short: 'h', default: false } },
    });
    if (values.help) return console.log(`Usage: npm run ${tool}\n\n${does}`);
    await main();
  });
}
