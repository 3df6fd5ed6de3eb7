import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { inKilobytes } from '../../infra/bundle/size-limits.ts';
import { measureInit } from '../support/lambda/measure-init.ts';
import { lambdaRuntime, lambdaRuntimeMissing, plainRuntime } from '../support/lambda/runtimes.ts';
import { machine } from './report.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    output: { type: 'string', default: 'init-bench-results.json' },
  },
});
const rounds = Number(values.rounds);

if (lambdaRuntime === null) console.warn(`${lambdaRuntimeMissing}. Measured with a plain loop instead.\n`);
const runtime = lambdaRuntime ?? plainRuntime;
const measured = await measureInit(runtime, rounds);

const table = new Table({
  head: ['', 'loaded at the start', 'ms (median)', 'least', 'most', '× empty', 'at most', ''],
  colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
  style: { head: [], border: [] },
});
for (const { name, bytes, times, median, ratio, bar, passed } of measured) {
  const milliseconds = [median, Math.min(...times), Math.max(...times)].map((time) => Math.round(time));
  table.push([name, inKilobytes(bytes), ...milliseconds, ratio.toFixed(2), bar, passed ? 'PASS' : 'FAIL']);
}
console.log(table.toString());
console.log(`Medians of ${rounds} starts in ${runtime.name}, in turns, all in this run.`);
writeFileSync(
  values.output,
  `${JSON.stringify({ runtime: runtime.name, rounds, machine: machine(), measured }, null, 2)}\n`,
);
console.log(`Written to ${values.output}.`);
if (measured.some(({ passed }) => !passed)) process.exitCode = 1;
