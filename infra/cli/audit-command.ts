import { DynamoAnchorStore } from '../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { DynamoAuditPartitions } from '../../shared/stores/dynamodb/dynamo-audit-partitions.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { localDataDirectory, rootFolderIn, rootKeyFileIn } from '../local/data-files.ts';
import { tables } from '../tables.ts';
import { exportLines } from './audit/entries-export.ts';
import { listEntries } from './audit/list-entries.ts';
import { verifyEntries } from './audit/verify-entries.ts';
import { type OpenTables, withTables } from './open-tables.ts';
import type { ResultOutput } from './output.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { parseSince } from './parse-since.ts';

const usage = `Usage: npm run audit -- list [options]
       npm run audit -- export [options] > entries.ndjson
       npm run audit -- verify [options]

 list prints what was recorded in the audit, in the order of recording: a line an entry, each a change of
 something stored or a look at what is kept of a person. export prints the entries as they stand in the
 table, for verify.

  --since <when>   from then on: 90m, 24h, 7d, 2024-06-01, 2024-06-01T08:00:00+08:00 (default 24h)
  --until <when>   until before then (default now)
  --table <name>   list: only changes of that table
  --json           list: everything an entry says, a JSON object a line

verify compares the audit with its signed roots and names what was edited, removed, inserted, reordered or
truncated: the first entry of each shard. It ends with code 1 when there is any. With --entries it needs
no database and no AWS.

  --roots <dir>       a copy of the bucket of roots (default: those of this machine)
  --entries <file>    an export, made before the roots were copied (default: the table)
  --public-key <pem>  the key to trust; may be given more than once (default: that of this machine)

  --data <dir>     where the database of this machine is kept (default .local)

Speaks to the DynamoDB that DYNAMODB_ENDPOINT names; else, where AUDIT_TABLE (an output of the data stack)
is set, to AWS; else to the database of npm start on this machine.`;

/**
 * What `npm run audit` does.
 *
 * @returns false where the audit was verified and is not what was anchored.
 * @throws CommandError when it is asked for what there is not.
 */
export async function auditCommand(
  args: readonly string[],
  environment: Environment,
  output: ResultOutput,
): Promise<boolean> {
  const { values, positionals } = commandLine(args);
  const [command, ...rest] = positionals;
  if (values.help || command === undefined || command === 'help') {
    output.log(usage);
    return true;
  }
  if (rest.length > 0) throw unknownCommand(positionals);
  switch (command) {
    case 'list':
      await list(values, environment, output);
      return true;
    case 'export':
      await exportEntries(values, environment, output);
      return true;
    case 'verify':
      return verify(values, environment, output);
    default:
      throw unknownCommand(positionals);
  }
}

type Values = ReturnType<typeof commandLine>['values'];

async function list(values: Values, environment: Environment, output: ResultOutput): Promise<void> {
  const { table, json } = values;
  if (table !== undefined && !Object.hasOwn(tables, table)) {
    throw new CommandError(`There is no table ${table}. Choose one: ${Object.keys(tables).join(', ')}`);
  }
  const period = periodOf(values);
  const use = (opened: OpenTables) => listEntries(opened, period, { table, json }, output);
  await withTables(use, ['audit'], environment, values.data);
}

async function exportEntries(values: Values, environment: Environment, output: ResultOutput): Promise<void> {
  const period = periodOf(values);
  const use = async (opened: OpenTables) => {
    const table = opened.tableName('audit');
    const anchor = await new DynamoAnchorStore(opened.client, table).read();
    const partitions = new DynamoAuditPartitions(opened.client, table, { asTheyStand: true });
    for await (const line of exportLines(partitions, period, anchor?.last ?? null)) output.log(line);
  };
  await withTables(use, ['audit'], environment, values.data);
}

async function verify(values: Values, environment: Environment, output: ResultOutput): Promise<boolean> {
  const { roots, entries, data, 'public-key': keys } = values;
  const options = {
    rootFolder: roots ?? rootFolderIn(data),
    entriesFile: entries,
    keyFiles: keys ?? [rootKeyFileIn(data)],
    isOwnKey: keys === undefined,
    dataDirectory: data,
  };
  return verifyEntries(options, environment, output);
}

function commandLine(args: readonly string[]) {
  return parseCommandLine('audit', {
    args: [...args],
    allowPositionals: true,
    options: {
      since: { type: 'string' },
      until: { type: 'string' },
      table: { type: 'string' },
      roots: { type: 'string' },
      entries: { type: 'string' },
      'public-key': { type: 'string', multiple: true },
      data: { type: 'string', default: localDataDirectory },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function unknownCommand(given: readonly string[]): CommandError {
  return new CommandError(`There is no command ${given.join(' ')}. See npm run audit -- help`);
}

function periodOf({ since = '24h', until = '0m' }: Values) {
  const now = Date.now();
  return { since: instant('--since', since, now), until: instant('--until', until, now) };
}

function instant(option: string, text: string, now: number): string {
  const parsed = parseSince(text, now);
  if (parsed !== null) return parsed.toISOString();
  throw new CommandError(`${option} is not a time such as 90m, 24h, 7d or 2024-06-01: ${text}`);
}
