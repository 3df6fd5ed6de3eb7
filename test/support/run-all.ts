import { spawn } from 'node:child_process';

/**
 * `npm test`: types and lint beside the tests, which leave a core idle now and then while they wait. What the check finds is
 * printed when it is found and fails the run; the tests go on to their end, for what they started is stopped by them alone.
 * Where the check finds nothing, the last that is printed is their summary.
 */
const check = run('npm', ['run', '--silent', 'check'], 'pipe');
const tests = run('vitest', ['run', ...process.argv.slice(2)], 'inherit');

const found = await check;
if (found.code === 0) console.log('Types and lint: no fault found.');
else console.error(`${found.output}\nTypes or lint: faults found.`);
const { code } = await tests;
if (found.code !== 0) console.error('Types or lint: faults found, see above.');
process.exitCode = found.code === 0 ? code : 1;

function run(
  command: string,
  options: readonly string[],
  stdio: 'pipe' | 'inherit',
): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(command, options, { stdio: ['ignore', stdio, stdio] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
