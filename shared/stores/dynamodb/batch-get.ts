import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type JitterOptions, withFullJitter } from './full-jitter.ts';

type Key = Record<string, unknown>;

/** How often items are asked for that a batch left out: the table gives as many as it has capacity for. */
const attempts = 5;

export interface BatchGetOptions extends JitterOptions {
  /** The attributes to read, as an expression; all of them when absent. */
  readonly ProjectionExpression?: string;
}

/**
 * The items under these keys, read consistently, in any order; what is not there is left out.
 *
 * @param keys at most 100, each once.
 * @throws Error when the table has not given all of them after five tries (`attempts`); whatever the client throws.
 */
export async function batchGet(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Key[],
  { ProjectionExpression, ...options }: BatchGetOptions = {},
): Promise<Key[]> {
  if (keys.length === 0) return [];
  const items: Key[] = [];
  let missing: Key[] = [...keys];
  return withFullJitter(
    { attempts, ...options },
    async () => {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({
          RequestItems: { [table]: { Keys: missing, ConsistentRead: true, ProjectionExpression } },
        }),
      );
      items.push(...(Responses?.[table] ?? []));
      missing = UnprocessedKeys?.[table]?.Keys ?? [];
      return missing.length === 0 ? items : null;
    },
    () => new Error('The table did not give all that was asked for.'),
  );
}
