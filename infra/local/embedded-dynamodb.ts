import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../command-error.ts';
import { indexStreamRecords } from './index-stream-records.ts';

export interface EmbeddedDynamoDbOptions {
  /** Where the data is kept between starts; absent: in memory. */
  readonly databaseFile?: string;
}

/** A DynamoDB server of our own, on a free port of the loopback interface. */
export interface EmbeddedDynamoDb {
  readonly endpoint: string;
  /** Resolves when the server is gone, whoever ended it. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

const guardFile = fileURLToPath(new URL('./process-guard.ts', import.meta.url));
const startTimeoutMilliseconds = 10_000;
const stopTimeoutMilliseconds = 3_000;

/**
 * Starts the embedded DynamoDB. It ends with {@link EmbeddedDynamoDb.stop} and in any case with this process.
 *
 * @throws CommandError when there is no embedded DynamoDB for this platform, or it does not start.
 */
export async function startEmbeddedDynamoDb(
  options: EmbeddedDynamoDbOptions = {},
): Promise<EmbeddedDynamoDb> {
  const binary = embeddedDynamoDbBinary();
  if (options.databaseFile !== undefined) mkdirSync(dirname(options.databaseFile), { recursive: true });
  // Between asking for a free port and using it somebody else may take it.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await freePort(), binary, options);
    } catch (error) {
      if (attempt === 3 || !String(error).includes('already in use')) throw error;
    }
  }
}

/**
 * The path of the server's binary.
 *
 * @throws CommandError when no binary is installed for this platform.
 */
export function embeddedDynamoDbBinary(platform = `${process.platform}-${process.arch}`): string {
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${platform}/dynoxide`);
  } catch {
    throw new CommandError(
      `There is no embedded DynamoDB for ${platform}: start any other (DynamoDB Local, for one) and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start`,
    );
  }
}

async function startOn(
  port: number,
  binary: string,
  { databaseFile }: EmbeddedDynamoDbOptions,
): Promise<EmbeddedDynamoDb> {
  const serverArguments = ['--host', '127.0.0.1', '--port', String(port)];
  if (databaseFile !== undefined) serverArguments.push('--db-path', databaseFile);
  const guard = spawn(process.execPath, [guardFile, binary, ...serverArguments], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C in the terminal reaches us alone, and we end the server after the last request.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  await listening(guard);
  try {
    if (databaseFile !== undefined) indexStreamRecords(databaseFile);
  } catch (error) {
    killGroup(guard);
    throw error;
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    exited,
    async stop() {
      guard.stdin?.destroy();
      const timer = setTimeout(() => killGroup(guard), stopTimeoutMilliseconds);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Resolves when the server says that it listens; it says so, and everything else, on standard error. */
function listening(guard: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      killGroup(guard);
      reject(
        new CommandError(`The embedded DynamoDB did not start in ${startTimeoutMilliseconds / 1000} s.`),
      );
    }, startTimeoutMilliseconds);
    guard.once('exit', () => {
      clearTimeout(timer);
      reject(new CommandError(`The embedded DynamoDB did not start: ${said.trim().replaceAll(/\s+/g, ' ')}`));
    });
    guard.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      if (said.length < 10_000) said += chunk;
      if (!said.includes('listening on')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
