import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { tables } from '../../../infra/tables.ts';
import {
  createDocumentClient,
  type DocumentClientOptions,
} from '../../../shared/stores/dynamodb/document-client.ts';
import { type FaultName, refusals, startFaultProxy } from './fault-proxy.ts';

export interface Amplification {
  /** Calls that were made while nothing answered. */
  readonly offered: number;
  /** What arrived at the database because of them. */
  readonly arrived: number;
  readonly slowestMilliseconds: number;
}

/**
 * Offers calls to a database that fails every one of them, and counts what arrives there.
 *
 * @param together how many calls are under way at a time.
 */
export async function measureAmplification(
  endpoint: string,
  fault: FaultName,
  { offered, together, ...options }: DocumentClientOptions & { offered: number; together: number },
): Promise<Amplification> {
  const proxy = await startFaultProxy(endpoint, refusals.dynamoDb);
  const client = createDocumentClient({
    endpoint: proxy.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...options,
  });
  const get = () =>
    client.send(new GetCommand({ TableName: tables.partners.name, Key: { pk: 'nobody', sk: 'nobody' } }));
  try {
    await connected(get);
    proxy.attempts = 0;
    proxy.fault = fault;
    let open = offered;
    let slowestMilliseconds = 0;
    const caller = async () => {
      while (open > 0) {
        open--;
        const started = performance.now();
        const outcome = await get().then(
          () => 'answered',
          () => 'failed',
        );
        slowestMilliseconds = Math.max(slowestMilliseconds, performance.now() - started);
        if (outcome === 'answered') throw new Error('The outage was not total.');
      }
    };
    await Promise.all(Array.from({ length: together }, caller));
    return { offered, arrived: proxy.attempts, slowestMilliseconds };
  } finally {
    proxy.stop();
    client.destroy();
  }
}

const CONNECTING_TRIES = 20;

/** Waits for the first answer: on a busy machine to connect takes longer than the deadline of a call. */
async function connected(get: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; attempt < CONNECTING_TRIES; attempt++) {
    const isAnswered = await get().then(
      () => true,
      () => false,
    );
    if (isAnswered) return;
  }
  await get();
}
