import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { connectDatabase } from '../../../infra/local/connect-database.ts';
import { startDevelopmentCredentials } from '../../../infra/local/credentials/development-credentials.ts';
import { type FunctionHandler, lambdaContext } from '../../../infra/local/gateway/function-instances.ts';
import { createGatewayServer, type GatewayFunctions } from '../../../infra/local/gateway/gateway-server.ts';
import { setFunctionEnvironment } from '../../../infra/local/local-platform.ts';
import { tables } from '../../../infra/tables.ts';
import type { FunctionName } from '../../../shared/contract/route.ts';
import { routes } from '../../../shared/contract/routes.ts';
import type { IssuerSettings } from '../../../shared/security/tokens/issuer.ts';
import { DynamoAnchorStore } from '../../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../dynamodb.ts';

export interface ProductDoors {
  readonly address: string;
  readonly dynamoDb: TestDynamoDb;
  /** Where the development credentials and the key file are. */
  readonly directory: string;
  /** Request ids the gateway has let through to a function. */
  readonly reached: ReadonlySet<string>;
  /** Asks a function as a gateway would that lets everybody in. */
  invoke(name: FunctionName, event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult>;
  stop(): Promise<void>;
}

export interface ProductDoorsOptions {
  /** Beside those of development. */
  readonly issuers?: readonly IssuerSettings[];
  /** Put into the environment of the functions; what is undefined is taken out of it. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

type AnyHandler = FunctionHandler<unknown, unknown>;

/**
 * The product's own gateway stand-in with the real route table, the real authorizer and the real functions, each from its
 * `handler.ts`, over a database in memory. As the platform on one machine, but for the bundles, which take their time
 * to be made and are tried elsewhere. One for a test file: it sets the environment of the process.
 */
export async function openProductDoors(options: ProductDoorsOptions = {}): Promise<ProductDoors> {
  const directory = await mkdtemp(join(tmpdir(), 'doors-'));
  const dynamoDb = await startTestDynamoDb();
  const credentials = await startDevelopmentCredentials(directory, dynamoDb.client);
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  setFunctionEnvironment(await connectDatabase(dynamoDb.endpoint, {}), directory);
  const issuers = [...JSON.parse(credentials.environment.ISSUERS!), ...(options.issuers ?? [])];
  Object.assign(process.env, credentials.environment, { ISSUERS: JSON.stringify(issuers) });
  for (const [name, value] of Object.entries(options.environment ?? {})) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }

  // Counters and third parties are answered only where the audit is being anchored.
  const anchors = new DynamoAnchorStore(dynamoDb.client, tables.audit.name);
  await anchors.begin(new Date().toISOString());

  const reached = new Set<string>();
  const names = [...new Set<FunctionName>(routes.map((route) => route.function))];
  const handlers = Object.fromEntries(
    await Promise.all([...names, 'authorizer'].map(async (name) => [name, await handlerOf(name)] as const)),
  );
  const invoke = (name: string, event: unknown, requestId = 'request-1', milliseconds = 29_000) =>
    handlers[name]!(event, lambdaContext(name, requestId, milliseconds));
  const functions = Object.fromEntries(
    Object.keys(handlers).map((name) => [
      name,
      {
        invoke: (event: unknown, requestId: string, milliseconds: number) => {
          if (name !== 'authorizer') reached.add(requestId);
          return invoke(name, event, requestId, milliseconds);
        },
      },
    ]),
  ) as unknown as GatewayFunctions;
  const server = createGatewayServer({ routes, functions: Promise.resolve(functions) });
  return {
    address: await listen(server),
    dynamoDb,
    directory,
    reached,
    invoke: (name, event) => invoke(name, event) as Promise<APIGatewayProxyResult>,
    async stop() {
      server.closeAllConnections();
      server.close();
      credentials.stop();
      await dynamoDb.stop();
      await rm(directory, { recursive: true });
    },
  };
}

async function handlerOf(name: string): Promise<AnyHandler> {
  const file = fileURLToPath(new URL(`../../../functions/${name}/handler.ts`, import.meta.url));
  const { handler } = (await import(file)) as { handler: AnyHandler };
  return handler;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An answer with nothing in it that differs from one request to the next. */
export async function comparable(response: Response) {
  const { date: _, 'x-request-id': __, ...headers } = Object.fromEntries(response.headers);
  const text = await response.text();
  const requestId = response.headers.get('X-Request-Id') ?? '';
  return { status: response.status, headers, body: requestId === '' ? text : text.replaceAll(requestId, '') };
}
