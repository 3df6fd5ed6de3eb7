import { spawn } from 'node:child_process';

/**
 * Runs the command in its arguments for as long as its own standard input stays open.
 *
 * The operating system closes that pipe when the process at the other end goes, even when it was killed and could
 * not clean up: so a database server started through this guard never outlives the process that needs it.
 */
const [command, ...commandArguments] = process.argv.slice(2);
if (command === undefined) throw new Error('Usage: process-guard.ts <command> [argument…]');

const child = spawn(command, commandArguments, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

process.stdin.resume();
process.stdin.on('close', () => child.kill('SIGTERM'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => child.kill('SIGTERM'));
