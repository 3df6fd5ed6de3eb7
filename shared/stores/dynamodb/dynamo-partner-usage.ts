import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type {
  AdmittedChecks,
  CheckAdmission,
  LimitedKind,
  PartnerUsage,
  PersonAdmission,
  TakenChecks,
} from '../../domain/partners/partner-usage.ts';
import { nameOf } from '../../observability/describe-error.ts';
import { type JitterOptions, withFullJitter } from './full-jitter.ts';
import { itemsOfPages } from './items-of-pages.ts';
import { partnerStoreUnavailable } from './partner-store-unavailable.ts';
import {
  countedCheckItemSchema,
  noticeItemSchema,
  partnerUsageItemsSchemaVersion,
  partnerUsageKeys,
  personItemSchema,
  usageShardItemSchema,
} from './partner-usage-items.ts';
import { ifAbsent } from './write-conditions.ts';

/** Into how many items each counter of a day is split, so that many callers do not queue for one. */
export const usageShards = 8;

/** As many checks are counted in one transaction, which has 100 writes at most: their marks, and the counter. */
const marksAtOnce = 99;

/** What was used of a day is kept until it is certainly over, and looked at; then it is nobody's business. */
const keptSeconds = 3 * 86_400;

/** {@link PartnerUsage}, as it is kept on. */
export interface DynamoPartnerUsageOptions extends JitterOptions {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/**
 * {@link PartnerUsage} on the `partners` table. A counter is split into {@link usageShards} items, each with its share of
 * the limit and a condition that keeps it: the shares add up to the limit, so no more than the limit is ever admitted, and a
 * caller is refused only once every shard has refused.
 */
export class DynamoPartnerUsage implements PartnerUsage {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #jitter: JitterOptions;
  readonly #random: () => number;

  constructor({ client, table, ...jitter }: DynamoPartnerUsageOptions) {
    this.#client = client;
    this.#table = table;
    this.#jitter = jitter;
    this.#random = jitter.random ?? Math.random;
  }

  async takeChecks(partner: string, day: string, count: number, limit: number): Promise<TakenChecks> {
    let taken = 0;
    for (const shard of this.#shards()) {
      taken += await this.#takeFrom(partner, day, shard, count - taken, shareOf(limit, shard));
      if (taken === count) break;
    }
    return { taken, used: await this.#usedOf(partner, 'checks', day) };
  }

  async takeChecksOnce(
    partner: string,
    day: string,
    ids: readonly string[],
    limit: number,
  ): Promise<AdmittedChecks> {
    const settled = new Map<string, CheckAdmission>();
    /** Those of which it is known that they were not counted before: where there is no room, that is to be known of all. */
    const fresh = new Set<string>();
    const rooms = this.#shards().flatMap((shard) => {
      const share = shareOf(limit, shard);
      return share === 0 ? [] : [{ shard, share, left: share }];
    });
    await withFullJitter(
      this.#jitter,
      async () => {
        for (;;) {
          const open = ids.filter((id) => !settled.has(id));
          const roomy = rooms.find(({ left }) => left > 0);
          const tried = (roomy === undefined ? open.filter((id) => !fresh.has(id)) : open).slice(
            0,
            Math.min(marksAtOnce, roomy?.left ?? marksAtOnce),
          );
          if (tried.length === 0) {
            for (const id of open) settled.set(id, 'exhausted');
            return settled;
          }
          const room = roomy ?? rooms[0]!;
          const outcome = await this.#countChecks(partner, day, tried, room);
          if (outcome === 'conflict') return null;
          if (outcome === 'counted') {
            for (const id of tried) settled.set(id, 'counted');
            room.left -= tried.length;
          } else {
            for (const id of tried) outcome.seen.has(id) ? settled.set(id, 'seen') : fresh.add(id);
            // It only grows, so each turn finds less room than the one before.
            if (outcome.used !== null) room.left = Math.min(tried.length - 1, room.share - outcome.used);
          }
        }
      },
      () => partnerStoreUnavailable(new Error('Others kept counting checks of this partner.')),
    );
    const used = await this.#usedOf(partner, 'checks', day);
    return { admissions: ids.map((id) => settled.get(id)!), used };
  }

  async admitPerson(partner: string, day: string, index: string, limit: number): Promise<PersonAdmission> {
    const full = new Set<number>();
    return withFullJitter(
      this.#jitter,
      async () => {
        for (const shard of this.#shards()) {
          const share = shareOf(limit, shard);
          if (share === 0 || full.has(shard)) continue;
          const outcome = await this.#countPerson(partner, day, index, shard, share);
          if (outcome === 'full') full.add(shard);
          else return outcome === 'conflict' ? null : outcome;
        }
        return 'exhausted';
      },
      () => partnerStoreUnavailable(new Error('Others kept counting persons of this partner.')),
    );
  }

  personsOf(partner: string, day: string): Promise<number> {
    return this.#usedOf(partner, 'persons', day);
  }

  async noticeNear(partner: string, day: string, kind: LimitedKind, limit: number): Promise<boolean> {
    const Item = noticeItemSchema.parse({
      ...partnerUsageKeys.notice(partner, day, kind, limit),
      type: 'partner-notice',
      ...kept(day),
    });
    try {
      await this.#client.send(new PutCommand({ TableName: this.#table, Item, ...ifAbsent }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw partnerStoreUnavailable(error);
    }
  }

  /** Takes up to `wanted` of a shard, and all that is left of it where that is less. */
  async #takeFrom(partner: string, day: string, shard: number, wanted: number, share: number) {
    let taking = Math.min(wanted, share);
    while (taking > 0) {
      try {
        await this.#client.send(
          new UpdateCommand({
            ...this.#adding(partner, 'checks', day, shard, taking, share),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return taking;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw partnerStoreUnavailable(error);
        // What stands there comes as the wire has it. It only grows, so each turn takes less than the one before.
        taking = Math.min(taking - 1, share - Number(error.Item?.used?.N ?? share));
      }
    }
    return 0;
  }

  /** Counts all of some checks in one shard, or says which were counted before and, where the shard is full, what it has. */
  async #countChecks(
    partner: string,
    day: string,
    ids: readonly string[],
    { shard, share }: { readonly shard: number; readonly share: number },
  ): Promise<'counted' | 'conflict' | { readonly seen: ReadonlySet<string>; readonly used: number | null }> {
    const marks = ids.map((id) => {
      const Item = countedCheckItemSchema.parse({
        ...partnerUsageKeys.check(partner, id),
        type: 'partner-check',
        ...kept(day),
      });
      return { Put: { TableName: this.#table, Item, ...ifAbsent } };
    });
    const Update = {
      ...this.#adding(partner, 'checks', day, shard, ids.length, share),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const;
    try {
      await this.#client.send(new TransactWriteCommand({ TransactItems: [...marks, { Update }] }));
      return 'counted';
    } catch (error) {
      // A try of the same call is still at it.
      if (nameOf(error) === 'TransactionInProgressException') return 'conflict';
      const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
      // Before what does not hold: whether a check was counted is not known while another writes its mark.
      if (reasons.some(({ Code }) => Code === 'TransactionConflict')) return 'conflict';
      const seen = new Set(ids.filter((_, place) => reasons[place]?.Code === 'ConditionalCheckFailed'));
      const counter = reasons[ids.length];
      const isFull = counter?.Code === 'ConditionalCheckFailed';
      if (seen.size === 0 && !isFull) throw partnerStoreUnavailable(error);
      return { seen, used: isFull ? Number(counter.Item?.used?.N ?? share) : null };
    }
  }

  async #countPerson(
    partner: string,
    day: string,
    index: string,
    shard: number,
    share: number,
  ): Promise<'counted' | 'seen' | 'full' | 'conflict'> {
    const Item = personItemSchema.parse({
      ...partnerUsageKeys.person(partner, day, markOf(partner, day, index)),
      type: 'partner-person',
      ...kept(day),
    });
    try {
      await this.#client.send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName: this.#table, Item, ...ifAbsent } },
            { Update: this.#adding(partner, 'persons', day, shard, 1, share) },
          ],
        }),
      );
      return 'counted';
    } catch (error) {
      // A try of the same call is still at it.
      if (nameOf(error) === 'TransactionInProgressException') return 'conflict';
      const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : undefined;
      const [mark, counter] = (reasons ?? []).map(({ Code }) => Code);
      if (mark === 'ConditionalCheckFailed') return 'seen';
      // Before a full shard: whether the person was seen is not known while another writes the mark.
      if (mark === 'TransactionConflict' || counter === 'TransactionConflict') return 'conflict';
      if (counter === 'ConditionalCheckFailed') return 'full';
      throw partnerStoreUnavailable(error);
    }
  }

  /** The update that adds to a shard, on condition that its share holds it. */
  #adding(partner: string, kind: LimitedKind, day: string, shard: number, count: number, share: number) {
    const { pk, sk, type, schemaVersion, used, expiresAt } = usageShardItemSchema.parse({
      ...partnerUsageKeys.shard(partner, kind, day, shard),
      type: 'partner-usage',
      used: count,
      ...kept(day),
    });
    return {
      TableName: this.#table,
      Key: { pk, sk },
      UpdateExpression:
        'SET #type = :type, schemaVersion = :schemaVersion, expiresAt = :expiresAt ADD used :count',
      ConditionExpression: 'attribute_not_exists(used) OR used <= :room',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':type': type,
        ':schemaVersion': schemaVersion,
        ':expiresAt': expiresAt,
        ':count': used,
        ':room': share - count,
      },
    };
  }

  async #usedOf(partner: string, kind: LimitedKind, day: string): Promise<number> {
    let used = 0;
    const items = itemsOfPages(async (startKey) => {
      try {
        return await this.#client.send(
          new QueryCommand({
            TableName: this.#table,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :counter)',
            ExpressionAttributeValues: {
              ':pk': partnerUsageKeys.partition(partner),
              ':counter': partnerUsageKeys.counter(kind, day),
            },
            ConsistentRead: true,
            ExclusiveStartKey: startKey,
          }),
        );
      } catch (error) {
        throw partnerStoreUnavailable(error);
      }
    });
    for await (const item of items) {
      const { data, error } = usageShardItemSchema.safeParse(item);
      if (error !== undefined) throw partnerStoreUnavailable(error);
      used += data.used;
    }
    return used;
  }

  /** All shards, from a random one on: callers spread over them, and each still comes to all. */
  #shards(): number[] {
    const first = Math.floor(this.#random() * usageShards);
    return Array.from({ length: usageShards }, (_, place) => (first + place) % usageShards);
  }
}

/** The share of a shard: all of them add up to the limit. */
function shareOf(limit: number, shard: number): number {
  return Math.floor(limit / usageShards) + (shard < limit % usageShards ? 1 : 0);
}

/** Of the index, which nobody can compute without its key; and not the index itself, which finds a record. */
function markOf(partner: string, day: string, index: string): string {
  return createHash('sha256')
    .update(JSON.stringify([partner, day, index]))
    .digest('base64url');
}

/** What every item of a day has in common. */
function kept(day: string) {
  return {
    schemaVersion: partnerUsageItemsSchemaVersion,
    expiresAt: Date.parse(`${day}T00:00:00+08:00`) / 1_000 + keptSeconds,
  };
}
