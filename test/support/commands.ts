import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Output } from '../../infra/cli/output.ts';
import { CommandError } from '../../infra/command-error.ts';
import { childEnvironment } from './child-environment.ts';

/** How a command ended, and what it wrote. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of `infra/cli` as npm does, in a process of its own. */
export function spawnedCommand(
  name: string,
  args: readonly string[],
  {
    environment = {},
    folder,
    input = '',
  }: {
    readonly environment?: Readonly<Record<string, string | undefined>>;
    /** Where it is called. */
    readonly folder?: string;
    readonly input?: string;
  } = {},
): Promise<CommandResult> {
  const file = fileURLToPath(new URL(`../../infra/cli/${name}.ts`, import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [file, ...args],
      { cwd: folder, env: { ...childEnvironment(), ...environment } },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/**
 * Runs a command in this process, as one of its own takes half a second; what is mendable ends as the command's one line.
 *
 * @param command where it gives false, it ends with code 1.
 */
export async function commandHere(command: (output: Output) => Promise<unknown>): Promise<CommandResult> {
  const [out, errors]: [string[], string[]] = [[], []];
  const output = { log: (line: string) => out.push(line), error: (line: string) => errors.push(line) };
  let isWell: unknown;
  try {
    isWell = await command(output);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    output.error(error.message);
    isWell = false;
  }
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  return { code: isWell === false ? 1 : 0, stdout: text(out), stderr: text(errors) };
}
