import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { StandardRetryStrategy } from '@smithy/core/retry';

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

const pauseBaseMilliseconds = 25;

/**
 * The one place that makes DynamoDB clients.
 *
 * A call fails with a `TimeoutError` when its tries are used up and with an `AbortError` at the deadline.
 */
export function createDocumentClient(options: DocumentClientOptions = {}): DynamoDBDocumentClient {
  const { maxAttempts = 3, tryTimeoutMilliseconds = 300, deadlineMilliseconds = 1_000 } = options;
  const client = new DynamoDBClient({
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    maxAttempts,
    // The SDK waits up to a second before it retries a throttled call, which alone would use up the deadline.
    retryStrategy: new StandardRetryStrategy({
      maxAttempts,
      baseDelay: pauseBaseMilliseconds,
      backoff: {
        setDelayBase() {},
        computeNextBackoffDelay: (retry) => Math.random() * pauseBaseMilliseconds * 2 ** retry,
      },
    }),
    requestHandler: {
      connectionTimeout: tryTimeoutMilliseconds,
      requestTimeout: tryTimeoutMilliseconds,
      // Without it the SDK only warns and goes on waiting.
      throwOnRequestTimeout: true,
    },
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
