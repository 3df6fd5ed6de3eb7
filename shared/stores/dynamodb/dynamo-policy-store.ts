import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { packDigest } from '../../domain/policy/digest.ts';
import { type Pack, packSchema } from '../../domain/policy/pack-schema.ts';
import {
  type PolicyPointer,
  type PolicyStore,
  PolicyStoreUnavailable,
  PolicyVersionCorrupted,
  PolicyVersionTooLarge,
  type PublishOutcome,
  type StoredPolicyVersion,
} from '../../domain/policy/policy-store.ts';
import { nameOf } from '../../observability/describe-error.ts';
import { itemsOfPages } from './items-of-pages.ts';
import { compressPack, decompressPack } from './pack-compression.ts';
import {
  policyDigestItemSchema,
  policyItemsSchemaVersion,
  policyKeys,
  policyPointerItemSchema,
  policyVersionItemSchema,
  policyVersionSummarySchema,
} from './policy-items.ts';
import { ifAbsentElseOld } from './write-conditions.ts';

/** DynamoDB refuses items above 400 KB; the rest is for the attributes beside the pack. */
const maxPackBytes = 390 * 1024;

type CancellationReasons = NonNullable<TransactionCanceledException['CancellationReasons']>;

/** {@link PolicyStore} on the `policies` table. All reads are consistent: what was published is seen. */
export class DynamoPolicyStore implements PolicyStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async listPointers(): Promise<PolicyPointer[]> {
    const pointers: PolicyPointer[] = [];
    const items = itemsOfPages((startKey) =>
      this.#answer(
        this.#client.send(
          new QueryCommand({
            TableName: this.#table,
            KeyConditionExpression: 'pk = :pointers',
            ExpressionAttributeValues: { ':pointers': policyKeys.pointers },
            ConsistentRead: true,
            ExclusiveStartKey: startKey,
          }),
        ),
      ),
    );
    for await (const item of items) pointers.push(readPointerItem(item));
    return pointers;
  }

  async readPointer(policy: string): Promise<PolicyPointer | null> {
    const item = await this.#read(policyKeys.pointer(policy));
    return item === undefined ? null : readPointerItem(item);
  }

  async readVersion(policy: string, version: string): Promise<StoredPolicyVersion | null> {
    const stored = await this.#read(policyKeys.version(policy, version));
    if (stored === undefined) return null;
    let read: StoredPolicyVersion;
    try {
      const item = policyVersionItemSchema.parse(stored);
      read = { pack: packSchema.parse(await decompressPack(item.pack)), digest: item.digest };
    } catch (cause) {
      throw new PolicyVersionCorrupted(policy, version, { cause });
    }
    const { pack, digest } = read;
    if (packDigest(pack) !== digest || pack.policy !== policy || pack.version !== version) {
      throw new PolicyVersionCorrupted(policy, version);
    }
    return read;
  }

  async publish(
    pack: Pack,
    digest: string,
    publishedAt: string,
    expectedRevision: number | null,
  ): Promise<PublishOutcome> {
    // A version under a wrong digest could be neither read nor replaced.
    if (packDigest(pack) !== digest) throw new TypeError(`${digest} is not the digest of the pack.`);
    const version = await this.#putVersion(pack, digest, publishedAt);
    try {
      await this.#client.send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: version },
            { Put: this.#putDigest(pack, digest) },
            { Update: this.#movePointer(pack, digest, publishedAt, expectedRevision) },
          ],
        }),
      );
      return 'published';
    } catch (error) {
      if (error instanceof TransactionCanceledException) {
        const outcome = outcomeOf(error.CancellationReasons ?? [], digest);
        if (outcome !== null) return outcome;
      }
      throw unavailable(error);
    }
  }

  async #putVersion(pack: Pack, digest: string, publishedAt: string) {
    const compressed = await compressPack(pack);
    if (compressed.byteLength > maxPackBytes) {
      throw new PolicyVersionTooLarge(
        `Version ${pack.version} of policy ${pack.policy} has ${compressed.byteLength} bytes compressed; at most ${maxPackBytes} fit.`,
      );
    }
    return {
      TableName: this.#table,
      Item: policyVersionItemSchema.parse({
        ...policyKeys.version(pack.policy, pack.version),
        type: 'policy-version',
        schemaVersion: policyItemsSchemaVersion,
        policy: pack.policy,
        packEncoding: 'json+br',
        pack: compressed,
        ...summaryOf(pack, digest, publishedAt),
      }),
      ...ifAbsentElseOld,
    };
  }

  #putDigest(pack: Pack, digest: string) {
    return {
      TableName: this.#table,
      Item: policyDigestItemSchema.parse({
        ...policyKeys.digest(digest),
        type: 'policy-digest',
        schemaVersion: policyItemsSchemaVersion,
        policy: pack.policy,
        version: pack.version,
        digest,
      }),
      ...ifAbsentElseOld,
    };
  }

  #movePointer(pack: Pack, digest: string, publishedAt: string, expectedRevision: number | null) {
    return {
      TableName: this.#table,
      Key: policyKeys.pointer(pack.policy),
      UpdateExpression:
        'SET versions = list_append(if_not_exists(versions, :none), :added), revision = :next, #type = :type, #policy = :policy, schemaVersion = :schemaVersion',
      ConditionExpression: expectedRevision === null ? 'attribute_not_exists(pk)' : 'revision = :expected',
      ExpressionAttributeNames: { '#type': 'type', '#policy': 'policy' },
      ExpressionAttributeValues: {
        ':none': [],
        ':added': [summaryOf(pack, digest, publishedAt)],
        ':next': (expectedRevision ?? 0) + 1,
        ':type': 'policy-pointer',
        ':policy': pack.policy,
        ':schemaVersion': policyItemsSchemaVersion,
        ...(expectedRevision === null ? {} : { ':expected': expectedRevision }),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
  }

  async #read(key: { pk: string; sk: string }): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.#answer(
      this.#client.send(new GetCommand({ TableName: this.#table, Key: key, ConsistentRead: true })),
    );
    return Item;
  }

  async #answer<Output>(sent: Promise<Output>): Promise<Output> {
    try {
      return await sent;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

function summaryOf(pack: Pack, digest: string, publishedAt: string) {
  return policyVersionSummarySchema.parse({
    version: pack.version,
    digest,
    effective: pack.effective,
    publishedAt,
  });
}

function readPointerItem(stored: unknown): PolicyPointer {
  const { policy, revision, versions } = policyPointerItemSchema.parse(stored);
  versions.sort((a, b) => compare(a.effective.from, b.effective.from) || compare(a.version, b.version));
  return { policy, revision, versions };
}

/** By code unit, so that the order is the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * What a cancelled publication means, from the reasons of its three writes in their order; `null` when it was
 * not cancelled by a condition or by another publication.
 */
function outcomeOf(
  reasons: CancellationReasons,
  digest: string,
): Exclude<PublishOutcome, 'published'> | null {
  const [version, guard, pointer] = reasons;
  if (guard?.Code === 'ConditionalCheckFailed') return 'digest-exists';
  if (version?.Code === 'ConditionalCheckFailed') {
    return version.Item?.digest?.S === digest ? 'digest-exists' : 'version-exists';
  }
  if (pointer?.Code === 'ConditionalCheckFailed') return 'pointer-moved';
  // Another transaction holds one of the items right now: to the caller the same as a pointer that moved.
  if (reasons.some((reason) => reason.Code === 'TransactionConflict')) return 'pointer-moved';
  return null;
}

function unavailable(error: unknown): Error {
  return new PolicyStoreUnavailable(`The policy store did not answer: ${nameOf(error)}.`, { cause: error });
}
