import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import colors from 'picocolors';
import { CommandError } from '../command-error.ts';
import { policiesDirectory } from '../policies-directory.ts';
import { localDataDirectory } from './data-files.ts';
import { exampleCommand } from './example-request.ts';
import type { LocalPlatform } from './local-platform.ts';
import { parentGone } from './parent-gone.ts';
import { personas } from './sample/personas.ts';

const usage = `Usage: npm start -- [options]

Starts the API at http://127.0.0.1:3000 with an embedded DynamoDB and the policies of shared/policies.

  --fresh            begin with an empty database
  --quiet            no line for each answer
  --data <dir>       where the database and the bundles are kept (default .local)
  --policies <dir>   other policy packs than those of shared/policies

  PORT               another port than 3000; 0 for any free one
  DYNAMODB_ENDPOINT  another DynamoDB than the embedded one
  ALLOWED_ORIGINS    whose pages may use the guarded doors, with blanks between: http://localhost:5173`;

const root = new URL('../../', import.meta.url);

try {
  await main();
} catch (error) {
  fail(error);
}

async function main(): Promise<void> {
  const options = commandLine();
  if (options.help) {
    console.log(usage);
    return;
  }
  process.setSourceMapsEnabled(true);
  const portNumber = port(process.env.PORT);
  const started = performance.now();
  // Before anything is started: a signal must find somebody who stops it.
  const signalled = firstSignal();
  const dynamoDbEndpoint = process.env.DYNAMODB_ENDPOINT;
  // Loaded only now: the SDK and esbuild take a while, and a mistyped option need not wait for them.
  const { startLocalPlatform } = await import('./local-platform.ts');
  const platform = await startLocalPlatform({
    port: portNumber,
    dataDirectory: options.data,
    policiesDirectory: options.policies,
    fresh: options.fresh,
    ...(dynamoDbEndpoint && { dynamoDbEndpoint }),
    ...(!options.quiet && { onAnswer: printAnswer }),
    onFunctionError: (name, error) => console.error(colors.red(`The ${name} function failed.`), error),
  });
  await report(platform, performance.now() - started, dynamoDbEndpoint ? null : options.data);
  const reason = await Promise.race([
    signalled,
    parentGone(),
    platform.databaseLost.then(() => 'database lost' as const),
  ]);
  await platform.stop();
  if (reason === 'database lost') console.error(colors.red('Stopped: the embedded DynamoDB is gone.'));
  process.exit(reason === 'database lost' ? 1 : 0);
}

function commandLine() {
  try {
    const { values } = parseArgs({
      options: {
        fresh: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        data: { type: 'string', default: localDataDirectory },
        policies: { type: 'string', default: policiesDirectory },
      },
    });
    return values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('\n')[0]} See npm start -- --help`);
  }
}

function port(text = '3000'): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new CommandError(`PORT must be a number from 0 to 65535, not ${JSON.stringify(text)}.`);
}

/** @param dataDirectory where the embedded database is; null: the database is somebody else's. */
async function report(
  platform: LocalPlatform,
  milliseconds: number,
  dataDirectory: string | null,
): Promise<void> {
  const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
    version: string;
  };
  const { bundles, databaseEndpoint, tables, packs, residents, address } = platform;
  const place =
    dataDirectory === null
      ? 'named by DYNAMODB_ENDPOINT'
      : `embedded, in ${relative(process.cwd(), dataDirectory)}`;
  const tableNames = tables.map(({ name, created }) => `${name} ${created ? 'created' : 'there already'}`);
  const policies = Map.groupBy([...packs.published, ...packs.alreadyPublished], (pack) => pack.policy);
  const counts = [...policies].map(([policy, versions]) => `${policy} ${versions.length}`);
  const lines = {
    functions: bundles.map(({ name, bytes }) => `${name} ${Math.round(bytes / 1024)} KB`).join(', '),
    database: `${databaseEndpoint} ${colors.dim(place)}`,
    tables: tableNames.join(', '),
    policies: `${packs.published.length} versions published, ${packs.alreadyPublished.length} there already (${counts.join(', ')})`,
    residents: `${personas.length} personas: ${residents.applied} events stored, ${residents.duplicate} there already`,
    ready: `${address} ${colors.dim(`after ${(milliseconds / 1000).toFixed(1)} s`)}`,
  };
  console.log(colors.bold(`permit-eligibility ${version}`));
  for (const [label, text] of Object.entries(lines)) console.log(`  ${colors.dim(label.padEnd(10))} ${text}`);
  console.log(`\nTry it:\n  ${exampleCommand(address)}`);
  console.log('\nCredentials for the guarded doors: npm run -s token -- --help\n\nCtrl-C stops it.');
}

function printAnswer(answer: {
  method: string;
  resource: string;
  status: number;
  milliseconds: number;
}): void {
  const color = answer.status >= 500 ? colors.red : answer.status >= 400 ? colors.yellow : colors.green;
  const time = colors.dim(`${answer.milliseconds.toFixed(1)} ms`);
  console.log(`${color(String(answer.status))} ${answer.method} ${answer.resource} ${time}`);
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (++signals > 1) process.exit(1);
        resolve();
      });
    }
  });
}

/** One line for what a person can mend; everything for what is a fault of ours. */
function fail(error: unknown): never {
  if (error instanceof CommandError) {
    const separator = error.message.includes('\n') ? '\n' : ' ';
    console.error(`${colors.red('Not started.')}${separator}${error.message}`);
  } else console.error(colors.red('Not started, by a fault of the product.'), error);
  process.exit(1);
}
