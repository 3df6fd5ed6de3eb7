import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import {
  isLive,
  type KeyOwner,
  type KeySummary,
  maxLiveKeys,
  type PartnerEntry,
  type PartnerKey,
  type PartnerStore,
  PartnerStoreUnavailable,
} from '../../domain/partners/partner-store.ts';
import { itemsOfPages } from './items-of-pages.ts';
import {
  keyItemSchema,
  newOwnerItem,
  type OwnerItem,
  ownerItemSchema,
  partnerItemsSchemaVersion,
  partnerKeys,
} from './partner-items.ts';
import { partnerStoreUnavailable } from './partner-store-unavailable.ts';
import { ifAbsent } from './write-conditions.ts';
import { type TransactWrites, writeTogether } from './write-together.ts';

/** How often a change is tried when somebody else changed the same owner's keys in between. */
const maxAttempts = 5;

/**
 * {@link PartnerStore} on the `partners` table. A key has an item of its own, found by its id in one read, and a line in
 * its owner's item; both are written in one transaction, under the condition that the owner's `revision` is the one
 * that was read. So two operators who each add a key cannot make three. All reads are consistent.
 */
export class DynamoPartnerStore implements PartnerStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async createOwner(owner: KeyOwner, name: string, createdAt: string): Promise<'created' | 'exists'> {
    const item = newOwnerItem(owner, name, createdAt);
    try {
      await this.#client.send(new PutCommand({ TableName: this.#table, Item: item, ...ifAbsent }));
      return 'created';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'exists';
      throw partnerStoreUnavailable(error);
    }
  }

  async addKey(key: PartnerKey): Promise<'added' | 'no-such-owner' | 'too-many-keys' | 'exists'> {
    const { id, createdAt, expiresAt, revokedAt, owner, ...rest } = key;
    const Item = keyItemSchema.parse({
      ...partnerKeys.key(id),
      type: 'api-key',
      schemaVersion: partnerItemsSchemaVersion,
      id,
      ownerKind: owner.kind,
      ownerId: owner.id,
      createdAt,
      expiresAt,
      revokedAt,
      ...rest,
    });
    const put = {
      Put: { TableName: this.#table, Item, ...ifAbsent },
    };
    return this.#changing(owner, async (entry) => {
      if (entry === null) return 'no-such-owner';
      if (entry.keys.some((known) => known.id === id)) return 'exists';
      if (entry.keys.filter((known) => isLive(known, createdAt)).length >= maxLiveKeys)
        return 'too-many-keys';
      const keys = [...entry.keys, { id, createdAt, expiresAt, revokedAt }];
      return (await this.#write([put, this.#setKeys(entry, keys)])) ? 'added' : null;
    });
  }

  async revokeKey(id: string, revokedAt: string): Promise<'revoked' | 'revoked-before' | 'unknown'> {
    const key = await this.findKey(id);
    if (key === null) return 'unknown';
    const update = {
      Update: {
        TableName: this.#table,
        Key: partnerKeys.key(id),
        UpdateExpression: 'SET revokedAt = :revokedAt',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':revokedAt': revokedAt },
      },
    };
    return this.#changing(key.owner, async (entry) => {
      if (entry === null) throw new PartnerStoreUnavailable('The owner of a key is missing.');
      const known = entry.keys.find((candidate) => candidate.id === id);
      if (known === undefined || known.revokedAt !== null) return 'revoked-before';
      const keys = entry.keys.map((other) => (other.id === id ? { ...other, revokedAt } : other));
      return (await this.#write([update, this.#setKeys(entry, keys)])) ? 'revoked' : null;
    });
  }

  async findKey(id: string): Promise<PartnerKey | null> {
    const stored = await this.#read(partnerKeys.key(id));
    if (stored === undefined) return null;
    const { hash, scopes, ipRanges, createdAt, expiresAt, revokedAt, lastUsedOn, ...item } = parse(
      keyItemSchema,
      stored,
    );
    const owner = { kind: item.ownerKind, id: item.ownerId };
    return { id: item.id, owner, hash, scopes, ipRanges, createdAt, expiresAt, revokedAt, lastUsedOn };
  }

  async findOwner(owner: KeyOwner): Promise<PartnerEntry | null> {
    const item = await this.#readOwner(owner);
    return item === null ? null : entryOf(item);
  }

  async listOwners(): Promise<PartnerEntry[]> {
    const owners: PartnerEntry[] = [];
    const items = itemsOfPages((startKey) =>
      this.#answer(
        this.#client.send(
          new QueryCommand({
            TableName: this.#table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': partnerKeys.owners },
            ConsistentRead: true,
            ExclusiveStartKey: startKey,
          }),
        ),
      ),
    );
    for await (const item of items) owners.push(entryOf(parse(ownerItemSchema, item)));
    return owners;
  }

  async listPartners(count: number, after: string | null): Promise<PartnerEntry[]> {
    const partner = (id: string) => partnerKeys.owner({ kind: 'partner', id });
    const { Items = [] } = await this.#answer(
      this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :kind)',
          ExpressionAttributeValues: { ':pk': partnerKeys.owners, ':kind': partner('').sk },
          ConsistentRead: true,
          Limit: count,
          ...(after !== null && { ExclusiveStartKey: partner(after) }),
        }),
      ),
    );
    return Items.map((item) => entryOf(parse(ownerItemSchema, item)));
  }

  async markUsed(id: string, day: string): Promise<void> {
    try {
      await this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: partnerKeys.key(id),
          UpdateExpression: 'SET lastUsedOn = :day',
          // Never makes an item of its own, and never goes back. The type NULL sorts as nothing: it is asked for.
          ConditionExpression:
            'attribute_exists(pk) AND (attribute_type(lastUsedOn, :null) OR lastUsedOn < :day)',
          ExpressionAttributeValues: { ':day': day, ':null': 'NULL' },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw partnerStoreUnavailable(error);
    }
  }

  /** Tries a change of an owner's keys until it finds the owner as it read it: null asks for another try. */
  async #changing<Outcome>(
    owner: KeyOwner,
    change: (entry: OwnerItem | null) => Promise<Outcome | null>,
  ): Promise<Outcome> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const outcome = await change(await this.#readOwner(owner));
      if (outcome !== null) return outcome;
    }
    throw new PartnerStoreUnavailable("Others kept changing this owner's keys.");
  }

  #setKeys({ pk, sk, revision }: OwnerItem, keys: readonly KeySummary[]) {
    return {
      Update: {
        TableName: this.#table,
        Key: { pk, sk },
        UpdateExpression: 'SET #keys = :keys, revision = :next',
        ConditionExpression: 'revision = :expected',
        ExpressionAttributeNames: { '#keys': 'keys' },
        ExpressionAttributeValues: {
          ':keys': ownerItemSchema.shape.keys.parse(keys),
          ':next': revision + 1,
          ':expected': revision,
        },
      },
    };
  }

  /** False: a condition did not hold, or another transaction is under way; nothing was written. */
  #write(writes: TransactWrites): Promise<boolean> {
    return this.#answer(writeTogether(this.#client, writes));
  }

  async #readOwner(owner: KeyOwner): Promise<OwnerItem | null> {
    const stored = await this.#read(partnerKeys.owner(owner));
    return stored === undefined ? null : parse(ownerItemSchema, stored);
  }

  async #read(Key: { pk: string; sk: string }): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.#answer(
      this.#client.send(new GetCommand({ TableName: this.#table, Key, ConsistentRead: true })),
    );
    return Item;
  }

  async #answer<Output>(sent: Promise<Output>): Promise<Output> {
    try {
      return await sent;
    } catch (error) {
      throw partnerStoreUnavailable(error);
    }
  }
}

/** An item of another form lets nobody in and is nobody's fault who calls: unavailable, as when there is no answer. */
function parse<Value>(schema: { parse(stored: unknown): Value }, stored: unknown): Value {
  try {
    return schema.parse(stored);
  } catch (error) {
    throw partnerStoreUnavailable(error);
  }
}

function entryOf({ kind, id, name, createdAt, keys }: OwnerItem): PartnerEntry {
  return { kind, id, name, createdAt, keys };
}
