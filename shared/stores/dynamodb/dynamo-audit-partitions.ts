import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { StoredItem } from '../../domain/audit/audit-chain.ts';
import type { AuditPartitions, Stretch } from '../../domain/audit/audit-partitions.ts';
import { AuditEntryCorrupted, AuditStoreUnavailable } from '../../domain/audit/audit-store.ts';
import { nameOf } from '../../observability/describe-error.ts';
import { chainedItemSchema } from './audit-anchor-items.ts';
import { auditKeys } from './audit-items.ts';
import { itemsOfPages } from './items-of-pages.ts';

/** {@link AuditPartitions} on the `audit` table, with consistent reads. */
export class DynamoAuditPartitions implements AuditPartitions {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #asTheyStand: boolean;

  /**
   * @param asTheyStand hand out what is no entry too, for whoever looks for tampering; else it is refused with
   * AuditEntryCorrupted.
   */
  constructor(client: DynamoDBDocumentClient, table: string, { asTheyStand = false } = {}) {
    this.#client = client;
    this.#table = table;
    this.#asTheyStand = asTheyStand;
  }

  async *read(hour: string, shard: number, stretch?: Stretch): AsyncGenerator<StoredItem> {
    const items = itemsOfPages((startKey) =>
      this.#client
        .send(
          new QueryCommand({
            TableName: this.#table,
            // A sort key is longer than the instant it begins with: none equals `until`, so that is left out.
            KeyConditionExpression:
              stretch === undefined ? 'pk = :shard' : 'pk = :shard AND sk BETWEEN :from AND :until',
            ExpressionAttributeValues: {
              ':shard': auditKeys.shard(hour, shard),
              ...(stretch && { ':from': stretch.from, ':until': stretch.until }),
            },
            ConsistentRead: true,
            ExclusiveStartKey: startKey,
          }),
        )
        .catch((error: unknown) => {
          throw new AuditStoreUnavailable(`The audit store did not answer: ${nameOf(error)}.`, {
            cause: error,
          });
        }),
    );
    for await (const item of items) {
      if (!this.#asTheyStand && !chainedItemSchema.safeParse(item).success) {
        throw new AuditEntryCorrupted(`${item.pk} ${item.sk}`);
      }
      yield item as StoredItem;
    }
  }
}
