import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { routes } from '../../shared/contract/routes.ts';
import { createKeyStore } from '../../shared/security/create-key-store.ts';
import { DynamoPolicyStore } from '../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { bundleFunctionsOnce, type FunctionBundle } from '../bundling.ts';
import { CommandError } from '../command-error.ts';
import type { ProductFunctionName } from '../function-names.ts';
import { tables } from '../tables.ts';
import { type AnchorInterval, anchorByInterval } from './anchor-by-interval.ts';
import { connectDatabase, type Database, startDatabase } from './connect-database.ts';
import { type CreatedTable, createTables } from './create-tables.ts';
import {
  type DevelopmentCredentials,
  startDevelopmentCredentials,
} from './credentials/development-credentials.ts';
import { databaseFileIn, keyFileIn, rootFolderIn, rootKeyFileIn } from './data-files.ts';
import { eventRecorder } from './event-recorder.ts';
import { FunctionInstances } from './gateway/function-instances.ts';
import { createGatewayServer, type GatewayFunctions, type GatewayOptions } from './gateway/gateway-server.ts';
import { type PublishedPacks, publishPacks } from './publish-packs.ts';
import { readPacks } from './read-packs.ts';
import { announcePlatform, withdrawPlatform } from './running-platform.ts';
import { type LoadedEvents, loadEvents } from './sample/load-events.ts';
import { personas } from './sample/personas.ts';
import { pumpToBundle } from './streams/pump-to-bundle.ts';
import type { StreamPump } from './streams/stream-pump.ts';

export interface LocalPlatformOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Where the database and the bundles are kept. */
  readonly dataDirectory: string;
  readonly policiesDirectory: string;
  /** Another DynamoDB to use instead of the embedded one. */
  readonly dynamoDbEndpoint?: string;
  /** Throw the embedded database away and begin with an empty one. */
  readonly fresh?: boolean;
  readonly onAnswer?: NonNullable<GatewayOptions['onAnswer']>;
  readonly onFunctionError?: (name: ProductFunctionName, error: unknown) => void;
}

export interface LocalPlatform {
  /** Where the API answers, without a slash at the end. */
  readonly address: string;
  readonly bundles: readonly FunctionBundle[];
  readonly databaseEndpoint: string;
  readonly tables: readonly CreatedTable[];
  readonly packs: PublishedPacks;
  /** What was stored of the events of the personas. */
  readonly residents: LoadedEvents;
  /** Resolves when the database is gone without having been told to. */
  readonly databaseLost: Promise<void>;
  /** Lets the requests and deliveries under way finish, then stops the database. */
  stop(): Promise<void>;
}

const startAnew = 'start from an empty database with: npm start -- --fresh';
const host = '127.0.0.1';
const drainMilliseconds = 5_000;

/**
 * The whole product on one machine: the functions' real bundles behind a gateway stand-in and beside the streams of a
 * DynamoDB with all tables and all policies. Sets the environment variables the functions read in this process.
 *
 * @throws CommandError when something a person can mend is in the way; nothing is left running then.
 */
export async function startLocalPlatform(options: LocalPlatformOptions): Promise<LocalPlatform> {
  const functions = Promise.withResolvers<GatewayFunctions>();
  // Nobody may be waiting yet when it fails.
  functions.promise.catch(() => {});
  const server = createGatewayServer({ ...options, routes, functions: functions.promise });
  // First of all: a port in use is found out before anything is built, and requests may wait from now on.
  await listen(server, options.port);

  let database: Database | undefined;
  let credentials: DevelopmentCredentials | undefined;
  let anchoring: AnchorInterval | undefined;
  try {
    const packFiles = readPacks(options.policiesDirectory);
    // With the packs that are published below, or the start fails: what is edited on disk is never answered from a bundle.
    const bundling = bundleFunctionsOnce(
      join(options.dataDirectory, 'functions'),
      undefined,
      packFiles.packs.map(({ pack }) => pack),
    );
    // A failure before its turn to be awaited must not end the process.
    bundling.catch(() => {});
    database = await openDatabase(options);
    const createdTables = await createTables(database.client);
    const store = new DynamoPolicyStore(database.client, tables.policies.name);
    const packs = await publishPacks(packFiles, store, startAnew);
    credentials = await startDevelopmentCredentials(options.dataDirectory, database.client);
    const residents = await loadPersonas(database.client, options.dataDirectory);
    const bundles = await bundling;
    setFunctionEnvironment(database, options.dataDirectory);
    Object.assign(process.env, credentials.environment);
    anchoring = await anchorByInterval(bundles, (error) => options.onFunctionError?.('anchor', error));
    const loaded = await loadFunctions(bundles);
    // Counters are turned away while nothing is anchored.
    await anchoring.begun;
    functions.resolve(loaded);
    const { dataDirectory } = options;
    const pump = await pumpToBundle(database, bundles, dataDirectory, (error) =>
      options.onFunctionError?.('stream', error),
    );
    return running({
      server,
      database,
      credentials,
      pump,
      anchoring,
      bundles,
      tables: createdTables,
      packs,
      residents,
      dataDirectory,
    });
  } catch (error) {
    functions.reject(error);
    server.closeAllConnections();
    server.close();
    credentials?.stop();
    await anchoring?.stop();
    await database?.stop();
    throw error;
  }
}

function running(parts: {
  server: Server;
  database: Database;
  credentials: DevelopmentCredentials;
  pump: StreamPump;
  anchoring: AnchorInterval;
  bundles: readonly FunctionBundle[];
  tables: readonly CreatedTable[];
  packs: PublishedPacks;
  residents: LoadedEvents;
  dataDirectory: string;
}): LocalPlatform {
  const { server, database, credentials, pump, anchoring, dataDirectory, ...rest } = parts;
  const address = `http://${host}:${(server.address() as AddressInfo).port}`;
  announcePlatform(dataDirectory, { pid: process.pid, address, databaseEndpoint: database.endpoint });
  let stopping: Promise<void> | undefined;
  return {
    ...rest,
    address,
    databaseEndpoint: database.endpoint,
    databaseLost: new Promise((resolve) => {
      database.exited.then(() => {
        if (stopping === undefined) resolve();
      });
    }),
    stop() {
      stopping ??= Promise.all([drain(server), pump.stop(), anchoring.stop()]).then(() => {
        withdrawPlatform(dataDirectory);
        credentials.stop();
        return database.stop();
      });
      return stopping;
    },
  };
}

async function openDatabase(options: LocalPlatformOptions): Promise<Database> {
  const { dynamoDbEndpoint, dataDirectory, fresh = false } = options;
  if (dynamoDbEndpoint !== undefined) {
    if (fresh) {
      throw new CommandError(
        `--fresh empties the embedded database only, not the one DYNAMODB_ENDPOINT names (${dynamoDbEndpoint}).`,
      );
    }
    return connectDatabase(dynamoDbEndpoint, process.env);
  }
  const file = databaseFileIn(dataDirectory);
  if (fresh) {
    // The journal files belong to the database; left behind they would be replayed into the new one.
    await Promise.all(['', '-wal', '-shm', '-journal'].map((suffix) => rm(file + suffix, { force: true })));
    // The roots are those of the audit that is thrown away.
    await rm(rootFolderIn(dataDirectory), { recursive: true, force: true });
  }
  return startDatabase(file);
}

/** The sample residents of docs/sample-city.md: what is there from an earlier start stays as it is. */
function loadPersonas(client: Database['client'], dataDirectory: string): Promise<LoadedEvents> {
  const keyStore = createKeyStore({ keyFile: keyFileIn(dataDirectory) });
  const record = eventRecorder({ client, table: tables.residents.name, keyStore });
  return loadEvents(
    personas.flatMap(({ events }) => events),
    record,
  );
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(new CommandError(`Port ${port} is in use. Choose another: PORT=${port + 1} npm start`));
      } else if (error.code === 'EACCES') {
        reject(new CommandError(`Port ${port} may not be used by this user. Choose one above 1023.`));
      } else reject(error);
    });
    server.listen(port, host, resolve);
  });
}

/** What the deployment sets as the functions' environment; they run in this process, so it is set here. */
export function setFunctionEnvironment(database: Pick<Database, 'environment'>, dataDirectory: string): void {
  for (const { environmentVariable, name } of Object.values(tables)) process.env[environmentVariable] = name;
  // A profile would be preferred to the credentials that go with the database.
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  Object.assign(process.env, database.environment);
  process.env.KEY_FILE = keyFileIn(dataDirectory);
  process.env.ROOT_FOLDER = rootFolderIn(dataDirectory);
  process.env.ROOT_KEY_FILE = rootKeyFileIn(dataDirectory);
  for (const name of ['RESIDENT_KEY_ID', 'ROOT_BUCKET', 'ROOT_KEY_ID']) delete process.env[name];
  // Whose pages may use the guarded doors is for the environment to say; nobody's, where it says nothing.
  process.env.ALLOWED_ORIGINS ??= '';
  // The console has a line for each answer; metrics have nobody to read them here.
  process.env.POWERTOOLS_LOG_LEVEL ??= 'WARN';
  process.env.POWERTOOLS_METRICS_DISABLED ??= 'true';
}

async function loadFunctions(bundles: readonly FunctionBundle[]): Promise<GatewayFunctions> {
  const functions: Partial<Record<string, FunctionInstances>> = {};
  // The others are called by the pump or by an interval, or by nobody on one machine: their environment is not that of a caller's function.
  const called = new Set<string>(['authorizer', ...routes.map((route) => route.function)]);
  for (const { name, file } of bundles) {
    if (!called.has(name)) continue;
    const instances = new FunctionInstances(name, file);
    await instances.warmUp();
    functions[name] = instances;
  }
  const missing = routes.find((route) => functions[route.function] === undefined);
  if (missing !== undefined) {
    throw new Error(
      `${missing.operationId} is served by functions/${missing.function}, which has no handler.ts.`,
    );
  }
  // A bundle's handler takes what its function is called with; the names are those of the folders.
  return functions as unknown as GatewayFunctions;
}

/** Takes no more requests and waits for those under way, but not for ever. */
function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
