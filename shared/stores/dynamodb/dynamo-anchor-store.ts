import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Anchor,
  type AnchoredRoot,
  type AnchorStore,
  AnchorStoreUnavailable,
} from '../../domain/audit/anchor-store.ts';
import { nameOf } from '../../observability/describe-error.ts';
import {
  auditAnchorItemSchema,
  auditAnchorItemsSchemaVersion,
  auditAnchorKey,
} from './audit-anchor-items.ts';
import { ifAbsent } from './write-conditions.ts';

const { sequence, until, anchoredAt, digest } = auditAnchorItemSchema.shape;

/** {@link AnchorStore} as one item of the `audit` table. Reads are consistent. */
export class DynamoAnchorStore implements AnchorStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(): Promise<Anchor | null> {
    const { Item } = await this.#answer(
      this.#client.send(
        new GetCommand({ TableName: this.#table, Key: auditAnchorKey, ConsistentRead: true }),
      ),
    );
    if (Item === undefined) return null;
    const item = auditAnchorItemSchema.safeParse(Item);
    if (!item.success) {
      throw new AnchorStoreUnavailable('What stands for the anchor of the audit cannot be read.', {
        cause: item.error,
      });
    }
    const { beganAt, sequence, until, anchoredAt, digest } = item.data;
    if (until === null || anchoredAt === null || digest === null) return { beganAt, last: null };
    return { beganAt, last: { sequence, until, anchoredAt, digest } };
  }

  async begin(at: string): Promise<void> {
    const Item = auditAnchorItemSchema.parse({
      ...auditAnchorKey,
      type: 'audit-anchor',
      schemaVersion: auditAnchorItemsSchemaVersion,
      beganAt: at,
      sequence: 0,
      until: null,
      anchoredAt: null,
      digest: null,
    });
    await this.#unlessRefused(
      this.#client.send(new PutCommand({ TableName: this.#table, Item, ...ifAbsent })),
    );
  }

  advance(root: AnchoredRoot): Promise<boolean> {
    return this.#unlessRefused(
      this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: auditAnchorKey,
          UpdateExpression:
            'SET #sequence = :sequence, #until = :until, #anchoredAt = :anchoredAt, #digest = :digest',
          // Also refuses to make the item: it says when anchoring began, which nobody knows here.
          ConditionExpression: '#sequence < :sequence',
          ExpressionAttributeNames: {
            '#sequence': 'sequence',
            '#until': 'until',
            '#anchoredAt': 'anchoredAt',
            '#digest': 'digest',
          },
          ExpressionAttributeValues: {
            ':sequence': sequence.parse(root.sequence),
            ':until': until.parse(root.until),
            ':anchoredAt': anchoredAt.parse(root.anchoredAt),
            ':digest': digest.parse(root.digest),
          },
        }),
      ),
    );
  }

  /** Whether a conditional write took place. */
  async #unlessRefused(sent: Promise<unknown>): Promise<boolean> {
    try {
      await sent;
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw unavailable(error);
    }
  }

  async #answer<Output>(sent: Promise<Output>): Promise<Output> {
    try {
      return await sent;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

function unavailable(error: unknown): Error {
  return new AnchorStoreUnavailable(`The store of the anchor did not answer: ${nameOf(error)}.`, {
    cause: error,
  });
}
