import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon, { type Result } from 'autocannon';
import Table from 'cli-table3';
import { machine } from '../bench/report.ts';
import { type LoadRequest, operationsOf } from './operations.ts';

/** The 99th percentile may be so many times the median. */
const MOST_SPREAD = 10;
/** Of the throughput of the bare handler. */
const LEAST_SHARE = 0.5;
/** The last third of a soak may hold so much more than the middle one, in resident memory. */
const MOST_GROWTH = 0.1;
/** What a server takes to become fast is not what is measured. */
const WARM_UP_SECONDS = 15;
/** Evaluations and the bare handler are asked in turns: from one minute to the next the machine differs more than they may. */
const TURNS = 4;
const sampleEveryMilliseconds = 5_000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    connections: { type: 'string', default: '32' },
    soak: { type: 'string', default: '0' },
    /** Other operations than all of them; `createEvaluation` is asked in any case. */
    only: { type: 'string', multiple: true },
    output: { type: 'string', default: 'load-bench-results.json' },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const soakMinutes = Number(values.soak);

const folder = await mkdtemp(join(tmpdir(), 'load-'));
const children: ChildProcess[] = [];
/** What each process has said so far. */
const outputs = new Map<ChildProcess, string>();
try {
  const startFile = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url));
  const platform = launch(startFile, ['--data', folder, '--quiet'], { PORT: '0' });
  const address = await said(platform, /ready +(http:\S+)/);
  const database = await said(platform, /database +(http:\S+)/);
  const operations = await operationsOf(folder);

  const bareFile = fileURLToPath(new URL('bare-server.ts', import.meta.url));
  const bundle = join(folder, 'functions/eligibility/handler.mjs');
  const bare = launch(bareFile, [bundle], {
    POLICIES_TABLE: 'policies',
    DYNAMODB_ENDPOINT: database,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
  const bareAddress = `http://127.0.0.1:${await said(bare, /port (\d+)/)}`;
  const { createEvaluation, ...others } = operations;
  const [evaluation, handler] = (await loadedInTurns(
    { name: 'createEvaluation', url: address, requests: createEvaluation! },
    { name: 'createEvaluation, the bare handler', url: bareAddress, requests: createEvaluation! },
  )) as [Row, Row];
  bare.kill('SIGKILL');
  const rows = [evaluation];
  for (const [name, requests] of Object.entries(others)) {
    if (values.only?.includes(name) ?? true)
      rows.push(...(await loadedInTurns({ name, url: address, requests })));
  }
  const soak = soakMinutes > 0 ? await soaked(platform, address, operations.createEvaluation!) : null;

  const table = new Table({
    head: ['', 'requests a second', 'p50, ms', 'p99, ms', 'most, ms', 'failed'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, perSecond, p50, p99, max, failed } of [...rows, handler]) {
    table.push([
      name,
      ...[Math.round(perSecond), p50, p99, max, failed].map((each) => each.toLocaleString('en')),
    ]);
  }
  console.log(table.toString());
  const failed = rows.reduce((sum, row) => sum + row.failed, 0);
  const share = evaluation.perSecond / handler.perSecond;
  const spread = evaluation.p99 / evaluation.p50;
  const bars = [
    {
      bar: `evaluations: p99 at most ${MOST_SPREAD} times p50`,
      found: spread,
      passed: spread <= MOST_SPREAD,
    },
    { bar: 'no request fails', found: failed, passed: failed === 0 },
    {
      bar: `evaluations: at least ${LEAST_SHARE} of the throughput of the bare handler`,
      found: share,
      passed: share >= LEAST_SHARE,
    },
    ...(soak === null
      ? []
      : [
          {
            bar: `${soakMinutes} minutes: memory grows by ${MOST_GROWTH} at most`,
            found: soak.growth,
            passed: soak.growth <= MOST_GROWTH && soak.failed === 0,
          },
        ]),
  ];
  for (const { bar, found, passed } of bars) {
    console.log(`${passed ? 'PASS' : 'FAIL'}  ${bar} (${found.toFixed(2)})`);
  }
  const report = { seconds, connections, machine: machine(), rows, handler, soak, bars };
  writeFileSync(values.output, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`Written to ${values.output}.`);
  if (bars.some(({ passed }) => !passed)) process.exitCode = 1;
} finally {
  for (const child of children) {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((end) => child.once('exit', end));
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

interface Row {
  readonly name: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Requests without an answer, and answers other than 2xx. */
  readonly failed: number;
}

interface Contender {
  readonly name: string;
  readonly url: string;
  readonly requests: readonly LoadRequest[];
}

/** Loads each for as long as is asked for, in turns, all of them warmed up before. */
async function loadedInTurns(...contenders: readonly Contender[]): Promise<Row[]> {
  const turns = contenders.length === 1 ? 1 : TURNS;
  const results = contenders.map((): Result[] => []);
  for (const { url, requests } of contenders)
    await autocannon({ url, connections, duration: WARM_UP_SECONDS, requests });
  for (let turn = 0; turn < turns; turn++) {
    for (const [index, { url, requests }] of contenders.entries())
      results[index]!.push(await autocannon({ url, connections, duration: seconds / turns, requests }));
  }
  return contenders.map(({ name }, index) => rowOf(name, results[index]!));
}

/** @param turns of several, the median of their medians and the worst of their highest. */
function rowOf(name: string, turns: readonly Result[]): Row {
  const sum = (of: (turn: Result) => number) => turns.map(of).reduce((a, b) => a + b);
  return {
    name,
    perSecond: sum(({ requests }) => requests.total) / sum(({ duration }) => duration),
    p50: median(turns.map(({ latency }) => latency.p50)),
    p99: Math.max(...turns.map(({ latency }) => latency.p99)),
    max: Math.max(...turns.map(({ latency }) => latency.max)),
    failed: sum(({ errors, timeouts, non2xx }) => errors + timeouts + non2xx),
  };
}

/** Asks for minutes on end, and watches what the process holds. */
async function soaked({ pid }: ChildProcess, url: string, requests: readonly LoadRequest[]) {
  const megabytes: number[] = [];
  const timer = setInterval(() => megabytes.push(residentMegabytes(pid!)), sampleEveryMilliseconds);
  const { errors, timeouts, non2xx } = await autocannon({
    url,
    connections,
    duration: soakMinutes * 60,
    requests,
  });
  clearInterval(timer);
  const third = Math.floor(megabytes.length / 3);
  const [middle, last] = [median(megabytes.slice(third, 2 * third)), median(megabytes.slice(2 * third))];
  return { megabytes, growth: last / middle - 1, failed: errors + timeouts + non2xx };
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}

function launch(file: string, options: readonly string[], environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [file, ...options], {
    env: { PATH: process.env.PATH, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

/** What a process says of itself; throws when it ends before. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = outputs.get(child) ?? '';
    const look = () => {
      const found = pattern.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout!.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      outputs.set(child, output);
      look();
    });
    child.once('exit', () => reject(new Error(`It ended: ${output}`)));
    look();
  });
}
