import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDocumentClient } from '../../shared/stores/dynamodb/document-client.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { connectDatabase, type Database, startDatabase } from '../local/connect-database.ts';
import { createTables } from '../local/create-tables.ts';
import { databaseFileIn, localDataDirectory } from '../local/data-files.ts';
import { runningPlatform } from '../local/running-platform.ts';
import { type TableName, tables } from '../tables.ts';
import { closedAfter } from './closed-after.ts';

/** The tables a command works on. */
export interface OpenTables {
  readonly client: DynamoDBDocumentClient;
  /** Tells one set of tables from another, also after a restart: a file, an address, or their names on AWS. */
  readonly place: string;
  /** The physical name of a table. */
  tableName(table: TableName): string;
  /** True: these are tables of this machine, and what is beside them lies in the folder of its data. */
  readonly local: boolean;
  close(): Promise<void>;
}

/**
 * Opens the tables a command is meant for: those of the DynamoDB that `DYNAMODB_ENDPOINT` names; else, where the
 * variable of a table is set, those on AWS; else those of this machine: of the platform that runs, or, when none does,
 * of the embedded DynamoDB, started for as long as the command takes.
 *
 * @param needed the tables the command cannot do without: on AWS each must be named.
 * @throws CommandError when one is not named or nothing answers.
 */
export async function openTables(
  needed: readonly TableName[],
  environment: Environment = process.env,
  dataDirectory = localDataDirectory,
): Promise<OpenTables> {
  const { DYNAMODB_ENDPOINT: endpoint } = environment;
  if (endpoint) return opened(await connectDatabase(endpoint, environment), endpoint, environment);
  const isNamed = (name: TableName) => Boolean(environment[tables[name].environmentVariable]);
  if (needed.some(isNamed)) return openOnAws(needed, environment);
  const running = runningPlatform(dataDirectory);
  const file = databaseFileIn(dataDirectory);
  if (running !== null) return opened(await connectDatabase(running.databaseEndpoint, environment), file, {});
  const database = await startDatabase(file);
  await createTables(database.client);
  return opened(database, file, {});
}

/** Uses tables for as long as a command takes, and closes them whatever comes of it. */
export async function withTables<Outcome>(
  use: (opened: OpenTables) => Promise<Outcome>,
  ...where: Parameters<typeof openTables>
): Promise<Outcome> {
  return closedAfter(await openTables(...where), use);
}

function opened(database: Database, place: string, environment: Environment): OpenTables {
  return {
    client: database.client,
    place,
    tableName: (table) => environment[tables[table].environmentVariable] ?? tables[table].name,
    local: true,
    close: () => database.stop(),
  };
}

function openOnAws(needed: readonly TableName[], environment: Environment): OpenTables {
  const missing = needed.map((name) => tables[name].environmentVariable).filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new CommandError(`Name the tables to use (outputs of the data stack): ${missing.join(', ')}`);
  }
  return {
    // A person waits longer than a caller of the API, and the link may be slower than inside a region.
    client: createDocumentClient({ tryTimeoutMilliseconds: 5_000, deadlineMilliseconds: 30_000 }),
    place: needed.map((name) => environment[tables[name].environmentVariable]).join(' '),
    tableName: (table) => environment[tables[table].environmentVariable] ?? tables[table].name,
    local: false,
    async close() {},
  };
}
