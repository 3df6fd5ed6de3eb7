import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { HashKeyStore, WrappedHashKey } from '../../domain/partners/hash-key-store.ts';
import { hashKeyItemSchema, partnerItemsSchemaVersion, partnerKeys } from './partner-items.ts';
import { partnerStoreUnavailable } from './partner-store-unavailable.ts';
import { ifAbsent } from './write-conditions.ts';

/** {@link HashKeyStore} on the `partners` table, beside the hashes that were made with them. */
export class DynamoHashKeyStore implements HashKeyStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async listHashKeys(): Promise<WrappedHashKey[]> {
    try {
      // One page holds them all: there is one a rotation.
      const { Items = [] } = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': partnerKeys.hashKeys },
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => {
        const { version, wrapped } = hashKeyItemSchema.parse(item);
        return { version, wrapped };
      });
    } catch (error) {
      throw partnerStoreUnavailable(error);
    }
  }

  async addHashKey({ version, wrapped }: WrappedHashKey): Promise<'added' | 'exists'> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: hashKeyItemSchema.parse({
            ...partnerKeys.hashKey(version),
            type: 'api-key-hash-key',
            schemaVersion: partnerItemsSchemaVersion,
            version,
            wrapped,
          }),
          ...ifAbsent,
        }),
      );
      return 'added';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'exists';
      throw partnerStoreUnavailable(error);
    }
  }
}
