import type { AccessEntry, ChangeEntry, RecordedEntry } from '../../shared/domain/audit/audit-entry.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { CommandError } from '../command-error.ts';
import { localDataDirectory } from '../local/data-files.ts';
import { tables } from '../tables.ts';
import { openTables } from './open-tables.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { parseSince } from './parse-since.ts';
import { runCommand } from './run-command.ts';

const usage = `Usage: npm run audit -- list [options]

Prints what was recorded in the audit, in the order of recording: a line an entry, each a change of
something stored or a look at what is kept of a person.

  --since <when>   from then on: 90m, 24h, 7d, 2024-06-01, 2024-06-01T08:00:00+08:00 (default 24h)
  --until <when>   until before then (default now)
  --table <name>   only changes of that table
  --json           everything an entry says, a JSON object a line

  --data <dir>     where the database of this machine is kept (default .local)

Speaks to the DynamoDB that DYNAMODB_ENDPOINT names; else, where AUDIT_TABLE (an output of the data stack)
is set, to AWS; else to the database of npm start on this machine.`;

await runCommand(async () => {
  const { values, positionals } = commandLine();
  const [command, ...rest] = positionals;
  if (values.help || command === undefined || command === 'help') return console.log(usage);
  if (command !== 'list' || rest.length > 0) {
    throw new CommandError(`There is no command ${positionals.join(' ')}. See npm run audit -- help`);
  }
  const { since = '24h', until = '0m', table, json } = values;
  if (table !== undefined && !Object.hasOwn(tables, table)) {
    throw new CommandError(`There is no table ${table}. Choose one: ${Object.keys(tables).join(', ')}`);
  }
  const now = Date.now();
  const period = { since: instant('--since', since, now), until: instant('--until', until, now) };
  const opened = await openTables(['audit'], process.env, values.data);
  try {
    const store = new DynamoAuditStore(opened.client, opened.tableName('audit'));
    for await (const recorded of store.list(period)) {
      const { entry } = recorded;
      if (table !== undefined && (entry.type !== 'change' || entry.table !== table)) continue;
      console.log(json ? JSON.stringify(recorded) : line(recorded));
    }
  } finally {
    await opened.close();
  }
});

function commandLine() {
  return parseCommandLine('audit', {
    allowPositionals: true,
    options: {
      since: { type: 'string' },
      until: { type: 'string' },
      table: { type: 'string' },
      data: { type: 'string', default: localDataDirectory },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function instant(option: string, text: string, now: number): string {
  const parsed = parseSince(text, now);
  if (parsed !== null) return parsed.toISOString();
  throw new CommandError(`${option} is not a time such as 90m, 24h, 7d or 2024-06-01: ${text}`);
}

function line({ recordedAt, entry }: RecordedEntry): string {
  return `${recordedAt}  ${entry.id}  ${entry.type === 'change' ? changeLine(entry) : accessLine(entry)}`;
}

function changeLine({ table, kind, action, by, key }: ChangeEntry): string {
  const who = by === 'expiry' ? ' (expired)' : '';
  return `${table}  ${kind} ${action}${who}  ${key === null ? '-' : `${key.pk} ${key.sk}`}`;
}

function accessLine({ operation, by, residentId, purpose, caseNumber, disclosed }: AccessEntry): string {
  const { kind, ...unit } = by;
  const what = [purpose, caseNumber, disclosed ? null : 'nothing disclosed'].filter((part) => part !== null);
  return `access  ${operation} by ${kind} ${Object.values(unit).join(' ')}  ${residentId ?? 'unregistered'}  ${what.join(', ')}`;
}
