import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDocumentClient } from '../../shared/stores/dynamodb/document-client.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { startEmbeddedDynamoDb } from './embedded-dynamodb.ts';

export interface Database {
  readonly endpoint: string;
  readonly client: DynamoDBDocumentClient;
  /** What the SDK must find in the environment of whoever uses the database. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves when the database is gone; never, when it is not ours. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** DynamoDB servers other than AWS's ask for credentials and a region, and take any. */
const anyCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const anyRegion = 'local';

/** A start may find the disk cold and the processor busy. */
const patience = { tryTimeoutMilliseconds: 5_000, deadlineMilliseconds: 20_000 };

/**
 * The embedded DynamoDB, on a file.
 *
 * @throws CommandError when it cannot be started.
 */
export async function startDatabase(databaseFile: string): Promise<Database> {
  const embedded = await startEmbeddedDynamoDb({ databaseFile });
  return {
    ...embedded,
    client: createDocumentClient({
      endpoint: embedded.endpoint,
      region: anyRegion,
      credentials: anyCredentials,
      ...patience,
    }),
    environment: {
      DYNAMODB_ENDPOINT: embedded.endpoint,
      AWS_REGION: anyRegion,
      AWS_ACCESS_KEY_ID: anyCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: anyCredentials.secretAccessKey,
    },
  };
}

/**
 * A DynamoDB that somebody else runs. Region and credentials are the environment's, where it has any.
 *
 * @throws CommandError when it does not answer.
 */
export async function connectDatabase(endpoint: string, environment: Environment): Promise<Database> {
  if (!URL.canParse(endpoint)) {
    throw new CommandError(`DYNAMODB_ENDPOINT is not an address such as http://127.0.0.1:8000: ${endpoint}`);
  }
  const region = environment.AWS_REGION ?? anyRegion;
  const hasCredentials = environment.AWS_ACCESS_KEY_ID !== undefined || environment.AWS_PROFILE !== undefined;
  const connection = { endpoint, region, ...(hasCredentials ? {} : { credentials: anyCredentials }) };
  await probe(
    createDocumentClient({ ...connection, maxAttempts: 1, tryTimeoutMilliseconds: 3_000 }),
    endpoint,
  );
  const client = createDocumentClient({ ...connection, ...patience });
  return {
    endpoint,
    client,
    environment: {
      DYNAMODB_ENDPOINT: endpoint,
      AWS_REGION: region,
      ...(await credentialsOf(client)),
    },
    exited: new Promise(() => {}),
    async stop() {},
  };
}

/** The functions' bundles look for credentials where Lambda puts them, in the environment, and in no profile. */
async function credentialsOf({ config }: DynamoDBDocumentClient): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = await config.credentials();
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  };
}

async function probe(client: DynamoDBDocumentClient, endpoint: string): Promise<void> {
  try {
    await client.send(new ListTablesCommand({ Limit: 1 }));
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string };
    throw new CommandError(
      `DYNAMODB_ENDPOINT names ${endpoint}, but no DynamoDB answers there: ${code ?? name}`,
    );
  }
}
