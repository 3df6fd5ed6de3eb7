import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DependencyRetryStrategy } from '../../resilience/dependency-retry-strategy.ts';
import { LateHttpHandler } from './late-http-handler.ts';

/** How long DynamoDB may take. The SDK's own defaults wait for minutes, longer than anyone waits for an answer. */
export interface DocumentClientOptions {
  /** Names another DynamoDB than the region's, for example `http://127.0.0.1:8000`. */
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** How often a call is tried in all, the first time included. */
  readonly maxAttempts?: number;
  /** For connecting, and again from sending a try to the first byte of its answer. */
  readonly tryTimeoutMilliseconds?: number;
  /** For the whole call with all its tries and the pauses between them. */
  readonly deadlineMilliseconds?: number;
}

/**
 * The one place that makes DynamoDB clients.
 *
 * A call fails with a `TimeoutError` when its tries are used up, with an `AbortError` at the deadline, and with
 * `CircuitOpen`, without being sent, while the database is left in peace.
 */
export function createDocumentClient(options: DocumentClientOptions = {}): DynamoDBDocumentClient {
  const { maxAttempts = 3, tryTimeoutMilliseconds = 300, deadlineMilliseconds = 1_000 } = options;
  const client = new DynamoDBClient({
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    maxAttempts,
    retryStrategy: new DependencyRetryStrategy({ maxAttempts, throttled: 'one-key' }),
    requestHandler: new LateHttpHandler({
      connectionTimeout: tryTimeoutMilliseconds,
      requestTimeout: tryTimeoutMilliseconds,
      // Without it the SDK only warns and goes on waiting.
      throwOnRequestTimeout: true,
    }),
  });
  // An attribute that is absent is left out of the item instead of failing the write.
  const documentClient = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  return withDeadline(documentClient, deadlineMilliseconds);
}

function withDeadline(client: DynamoDBDocumentClient, milliseconds: number): DynamoDBDocumentClient {
  const send = client.send.bind(client) as (command: unknown, options: object) => Promise<unknown>;
  client.send = ((command: unknown, options: object = {}) =>
    send(command, { abortSignal: AbortSignal.timeout(milliseconds), ...options })) as typeof client.send;
  return client;
}
