import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AccessEntry, AuditEntry, RecordedEntry } from '../../domain/audit/audit-entry.ts';
import {
  type AccessesFound,
  type AccessPage,
  AuditEntryCorrupted,
  type AuditPeriod,
  type AuditStore,
  AuditStoreUnavailable,
  entriesTogether,
  type RecordOutcome,
} from '../../domain/audit/audit-store.ts';
import { nameOf } from '../../observability/describe-error.ts';
import {
  type AuditEntryItem,
  type AuditPlaceItem,
  auditEntryItemSchema,
  auditKeys,
  auditPlaceItemSchema,
  auditShards,
} from './audit-items.ts';
import { auditPuts, writesAnEntry } from './audit-writes.ts';
import { batchGet } from './batch-get.ts';
import { itemsOfPages } from './items-of-pages.ts';

export interface DynamoAuditStoreOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Waits between two tries. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** How often entries are tried that another writer is writing right now. */
const maxConflicts = 5;
const hourMilliseconds = 3_600_000;

/** {@link AuditStore} on the `audit` table. All reads are consistent: what was recorded is listed. */
export class DynamoAuditStore implements AuditStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #now: () => number;
  readonly #pause: (milliseconds: number) => Promise<void>;

  constructor(client: DynamoDBDocumentClient, table: string, options: DynamoAuditStoreOptions = {}) {
    this.#client = client;
    this.#table = table;
    this.#now = options.now ?? Date.now;
    this.#pause =
      options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  }

  async record(entries: readonly AuditEntry[]): Promise<readonly RecordOutcome[]> {
    // A transaction may write an item once only.
    const distinct = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
    const present = new Set<string>();
    for (let start = 0; start < distinct.length; start += entriesTogether) {
      await this.#recordTogether(distinct.slice(start, start + entriesTogether), present);
    }
    return entries.map(({ id }) => (present.has(id) ? 'present' : 'recorded'));
  }

  async *list(period: AuditPeriod): AsyncIterable<RecordedEntry> {
    const since = new Date(period.since).toISOString();
    const until = new Date(period.until).toISOString();
    if (since >= until) return;
    for (let hour = startOfHour(since); hour < Date.parse(until); hour += hourMilliseconds) {
      const name = new Date(hour).toISOString().slice(0, 13);
      const shards = Array.from({ length: auditShards }, (_, shard) => auditKeys.shard(name, shard));
      const items = mergeSorted(shards.map((shard) => this.#readShard(shard, since, until)));
      for await (const { recordedAt, entry } of items) yield { recordedAt, entry };
    }
  }

  async accesses(residentId: string, { limit, before }: AccessPage): Promise<AccessesFound> {
    const { Items = [], LastEvaluatedKey } = await this.#answer(
      this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: before === null ? 'pk = :pk' : 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: {
            ':pk': auditKeys.accesses(residentId),
            ...(before !== null && { ':before': before }),
          },
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: limit,
        }),
      ),
    );
    const places = Items.map(readPlaceItem);
    const entries = await this.#entriesAt(places.map(({ place }) => place));
    return { entries, next: LastEvaluatedKey === undefined ? null : places.at(-1)!.sk };
  }

  /** The looks at these places, in their order. */
  async #entriesAt(places: readonly AuditPlaceItem['place'][]): Promise<AccessEntry[]> {
    const found = new Map<string, AccessEntry>();
    for (const stored of await this.#answer(
      batchGet(this.#client, this.#table, places, { pause: this.#pause }),
    )) {
      const { pk, sk, entry } = readEntryItem(stored);
      if (entry.type === 'access') found.set(`${pk} ${sk}`, entry);
    }
    return places.map(({ pk, sk }) => {
      const entry = found.get(`${pk} ${sk}`);
      // Both were written together and neither is ever removed.
      if (entry === undefined) throw new AuditEntryCorrupted(`${pk} ${sk}`);
      return entry;
    });
  }

  /** Records what is not there yet in one transaction, and notes the ids that were there. */
  async #recordTogether(entries: readonly AuditEntry[], present: Set<string>): Promise<void> {
    let missing = entries;
    for (let conflicts = 0; missing.length > 0; ) {
      try {
        const recordedAt = new Date(this.#now()).toISOString();
        const TransactItems = auditPuts(this.#table, missing, recordedAt);
        await this.#client.send(new TransactWriteCommand({ TransactItems }));
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw unavailable(error);
        const reasons = error.CancellationReasons ?? [];
        const there = missing.filter(
          (_, index) => reasons[writesAnEntry * index]?.Code === 'ConditionalCheckFailed',
        );
        for (const { id } of there) present.add(id);
        if (there.length > 0) {
          missing = missing.filter(({ id }) => !present.has(id));
          continue;
        }
        const conflict = reasons.some(({ Code }) => Code === 'TransactionConflict');
        if (!conflict || ++conflicts === maxConflicts) throw unavailable(error);
        await this.#pause(Math.random() * 50 * 2 ** conflicts);
      }
    }
  }

  async *#readShard(shard: string, since: string, until: string): AsyncGenerator<AuditEntryItem> {
    const items = itemsOfPages((startKey) =>
      this.#answer(
        this.#client.send(
          new QueryCommand({
            TableName: this.#table,
            // A sort key is longer than the instant it begins with: none equals `until`, so that is left out.
            KeyConditionExpression: 'pk = :shard AND sk BETWEEN :since AND :until',
            ExpressionAttributeValues: { ':shard': shard, ':since': since, ':until': until },
            ConsistentRead: true,
            ExclusiveStartKey: startKey,
          }),
        ),
      ),
    );
    for await (const item of items) yield readEntryItem(item);
  }

  async #answer<Output>(sent: Promise<Output>): Promise<Output> {
    try {
      return await sent;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

/** Brings shards, each in its order, into one order, and holds one page of each in memory. */
async function* mergeSorted(
  shards: readonly AsyncGenerator<AuditEntryItem>[],
): AsyncGenerator<AuditEntryItem> {
  const heads = await Promise.all(shards.map((shard) => shard.next()));
  for (;;) {
    let first = -1;
    heads.forEach(({ done, value }, index) => {
      if (!done && (first < 0 || value.sk < heads[first]?.value.sk)) first = index;
    });
    if (first < 0) return;
    yield heads[first]?.value;
    heads[first] = await shards[first]!.next();
  }
}

function readEntryItem(stored: Record<string, unknown>): AuditEntryItem {
  const result = auditEntryItemSchema.safeParse(stored);
  if (result.success) return result.data;
  throw new AuditEntryCorrupted(`${stored.pk} ${stored.sk}`, { cause: result.error });
}

function readPlaceItem(stored: Record<string, unknown>): AuditPlaceItem {
  const result = auditPlaceItemSchema.safeParse(stored);
  if (result.success) return result.data;
  throw new AuditEntryCorrupted(`${stored.pk} ${stored.sk}`, { cause: result.error });
}

function startOfHour(instant: string): number {
  return Math.floor(Date.parse(instant) / hourMilliseconds) * hourMilliseconds;
}

function unavailable(error: unknown): Error {
  return new AuditStoreUnavailable(`The audit store did not answer: ${nameOf(error)}.`, { cause: error });
}
