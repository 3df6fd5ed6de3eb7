import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { sampleCity } from '../../infra/local/sample/sample-city.ts';
import { placeOf, type Timed, timeImport, timePuts, timeTransactions } from './import-contenders.ts';
import { machine } from './report.ts';

/** The bar: so many events a second, or at least half of what the database takes of the same items when nothing else is done. */
const EVENTS_A_SECOND = 2_000;
const SHARE = 0.5;
/** Writing one by one is slow; the items of one resident in eight say as much. */
const ONE_IN = 8;

const { values } = parseArgs({
  options: {
    residents: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    output: { type: 'string', default: 'import-bench-results.json' },
  },
});
const rounds = Number(values.rounds);
const residents = Number(values.residents);

const timings = { import: [] as Timed[], transactions: [] as Timed[], puts: [] as Timed[] };
const folder = await mkdtemp(join(tmpdir(), 'import-bench-'));
try {
  const file = join(folder, 'events.ndjson');
  const events = Array.from(sampleCity({ residents, seed: 1, asOf: '2024-06-01' }), ({ event }) => event);
  writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    const { items, ...imported } = await timeImport(file, placeOf(folder, 'import', round));
    if (imported.events !== events.length) throw new Error('The import did not store every event.');
    const transactions = await timeTransactions(items, placeOf(folder, 'transactions', round));
    const puts = await timePuts(items, ONE_IN, placeOf(folder, 'puts', round));
    if (round === 0) continue;
    timings.import.push(imported);
    timings.transactions.push(transactions);
    timings.puts.push(puts);
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

const rows = [
  summary('npm run import', timings.import),
  summary('the same items, a transaction a resident', timings.transactions),
  summary('the same items, one by one', timings.puts),
] as const;
const table = new Table({
  head: ['', 'events a second (median)', 'least', 'most', 'own processor time, µs an event'],
  colAligns: ['left', 'right', 'right', 'right', 'right'],
  style: { head: [], border: [] },
});
for (const { name, median, least, most, ownMicroseconds } of rows) {
  table.push([name, ...[median, least, most, ownMicroseconds].map((each) => each.toLocaleString('en'))]);
}
console.log(table.toString());
console.log(
  `${rounds} rounds on the embedded DynamoDB, all in this run; other work on the machine counts in.`,
);

const [imported, transactions] = rows;
const share = imported.median / transactions.median;
const passed = imported.median >= EVENTS_A_SECOND || share >= SHARE;
console.log(
  `${passed ? 'PASS' : 'FAIL'}  import: at least ${EVENTS_A_SECOND.toLocaleString('en')} events a second, or ${100 * SHARE} % of what bare transactions reach (${Math.round(100 * share)} %)`,
);
const report = { residents, rounds, machine: machine(), rows, passed };
writeFileSync(values.output, `${JSON.stringify(report, null, 2)}\n`);
console.log(`Written to ${values.output}.`);
if (!passed) process.exitCode = 1;

function summary(name: string, timed: readonly Timed[]) {
  const middle = (of: readonly number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;
  const perSecond = timed.map(({ events, seconds }) => Math.round(events / seconds));
  return {
    name,
    median: middle(perSecond),
    least: Math.min(...perSecond),
    most: Math.max(...perSecond),
    ownMicroseconds: Math.round(middle(timed.map(({ ownMicroseconds }) => ownMicroseconds))),
  };
}
