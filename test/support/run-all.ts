import { spawn } from 'node:child_process';

/**
 * `npm test`: types and lint beside the tests, which leave a core idle now and then while they wait. What the check finds
 * ends the tests, and is the last that is printed; where it finds nothing, the last is the summary of the tests.
 */
const check = run('npm', ['run', '--silent', 'check'], 'pipe');
const tests = run('vitest', ['run', ...process.argv.slice(2)], 'inherit');

const found = await check.ended;
if (found.code === 0) console.log('Types and lint: no fault found.');
else tests.child.kill('SIGTERM');
const { code } = await tests.ended;
if (found.code !== 0) console.error(`${found.output}\nTypes or lint: faults found.`);
process.exitCode = found.code === 0 ? code : 1;

function run(command: string, options: readonly string[], stdio: 'pipe' | 'inherit') {
  const child = spawn(command, options, { stdio: ['ignore', stdio, stdio] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const ended = new Promise<{ readonly code: number; readonly output: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
  return { child, ended };
}
