import { createKeyStore } from '../../shared/security/create-key-store.ts';
import { CommandError } from '../command-error.ts';
import { keyFileIn, localDataDirectory, rootFolderIn, rootKeyFileIn } from '../local/data-files.ts';
import { restoreDrill } from '../restore/restore-drill.ts';
import { type TableName, tables } from '../tables.ts';
import { verifyTable } from './audit/verify-entries.ts';
import { type OpenTables, withTables } from './open-tables.ts';
import { misused, parseCommandLine } from './parse-command-line.ts';
import { parseSince } from './parse-since.ts';
import { runCommand } from './run-command.ts';

const usage = `Usage: npm run restore-drill -- <table> --restored <name> --since <when> [options]

 Looks at a table that was restored to a point in time under another name, and says what it lacks of what was so
 since: settings that a restore leaves out, erasures, revoked keys, withdrawn consents, events and versions to be
 sent again. With --apply it puts right what a program can. Then it counts, reads every item, decides some
 decisions again, and ends with code 1 while anything is missing. It takes rights away and never gives any.

 <table>              ${Object.keys(tables).join(', ')}
  --restored <name>   the name it was restored under
  --since <when>      the point in time it was restored to: 90m, 24h, 2024-06-01T08:00:00+08:00
  --apply             change the restored table (default: say what would be changed)
  --without-live      the live table is gone or not to be believed
  --decisions <n>     how many decisions are decided again (default 20)
  --roots <dir>       of the audit: a copy of the bucket of roots (default: those of this machine)
  --public-key <pem>  of the audit: the key to trust; may be given more than once

 Live tables and keys are named as for the other tools: on AWS by *_TABLE and RESIDENT_KEY_ID (outputs of the data
 stack); or DYNAMODB_ENDPOINT and KEY_FILE; else those of this machine.`;

await runCommand(async () => {
  const { values, positionals } = commandLine();
  const [table, ...rest] = positionals;
  if (values.help || table === undefined) return console.log(usage);
  if (rest.length > 0 || !Object.hasOwn(tables, table))
    throw misused('restore-drill', `There is no table ${positionals.join(' ')}.`);
  const isWell = await drill(table as TableName, values);
  if (!isWell) process.exitCode = 1;
});

type Values = ReturnType<typeof commandLine>['values'];

async function drill(table: TableName, values: Values): Promise<boolean> {
  const { restored, apply, 'without-live': withoutLive } = values;
  if (restored === undefined) throw misused('restore-drill', 'Name the restored table: --restored.');
  const now = Date.now();
  const since = values.since === undefined ? null : parseSince(values.since, now);
  if (since === null) throw misused('restore-drill', 'Name the point in time it was restored to: --since.');
  const decisions = Number(values.decisions);
  if (!Number.isSafeInteger(decisions) || decisions < 0)
    throw misused('restore-drill', '--decisions is a number of decisions.');

  return withTables(async (opened) => {
    const liveName = (name: TableName) => opened.tableName(name);
    if (restored === liveName(table))
      throw new CommandError(`${restored} is the live table: name the one that was restored beside it.`);
    console.log(
      `${restored}, restored to ${since.toISOString()}; ${withoutLive ? 'without the live table' : `live: ${liveName(table)}`}; ${apply ? 'changing it' : 'nothing is changed'}`,
    );
    return await restoreDrill({
      client: opened.client,
      keyStore: keyStoreFor(table, opened),
      table,
      restored,
      liveName,
      hasLive: !withoutLive,
      since: since.toISOString(),
      until: new Date(now).toISOString(),
      apply,
      decisions,
      verifyAudit: auditVerifier(values, opened),
      print: (line) => console.log(line),
    });
  }, neededFor(table));
}

/** Besides the table: the audit, which tells what changed, and what decisions are decided again from. */
function neededFor(table: TableName): TableName[] {
  if (table === 'audit' || table === 'partners') return [table];
  return ['audit', 'decisions', 'policies', 'residents'];
}

function keyStoreFor(table: TableName, { local }: OpenTables) {
  const { RESIDENT_KEY_ID: kmsKeyId, KEY_FILE: keyFile } = process.env;
  if (kmsKeyId) return createKeyStore({ kmsKeyId });
  if (!local && table !== 'audit' && table !== 'partners') {
    throw new CommandError(
      'Name the key of the register: RESIDENT_KEY_ID=<output ResidentKeyId of the data stack>',
    );
  }
  return createKeyStore({ keyFile: keyFile ?? keyFileIn(localDataDirectory) });
}

/** On AWS the roots have to be named; on one machine they lie beside the database. */
function auditVerifier({ roots, 'public-key': keys }: Values, { client, local }: OpenTables) {
  if (!local && (roots === undefined || keys === undefined)) return null;
  const options = {
    rootFolder: roots ?? rootFolderIn(localDataDirectory),
    keyFiles: keys ?? [rootKeyFileIn(localDataDirectory)],
    isOwnKey: keys === undefined,
  };
  return (table: string) => verifyTable(client, table, options, console);
}

function commandLine() {
  return parseCommandLine('restore-drill', {
    allowPositionals: true,
    options: {
      restored: { type: 'string' },
      since: { type: 'string' },
      apply: { type: 'boolean', default: false },
      'without-live': { type: 'boolean', default: false },
      decisions: { type: 'string', default: '20' },
      roots: { type: 'string' },
      'public-key': { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}
