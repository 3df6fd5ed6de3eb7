import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { PartnerTerms, PartnerTermsStore } from '../../domain/partners/partner-terms.ts';
import { type JitterOptions, withFullJitter } from './full-jitter.ts';
import { newOwnerItem, partnerKeys } from './partner-items.ts';
import { partnerStoreUnavailable } from './partner-store-unavailable.ts';
import { partnerUsageItemsSchemaVersion, partnerUsageKeys, termsItemSchema } from './partner-usage-items.ts';
import { ifAbsent } from './write-conditions.ts';

/**
 * {@link PartnerTermsStore} on the `partners` table. Terms never stand without their owner: each write of them is one
 * transaction with what makes the owner, or with the condition that there is one.
 */
export class DynamoPartnerTerms implements PartnerTermsStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #jitter: JitterOptions;

  constructor(client: DynamoDBDocumentClient, table: string, jitter: JitterOptions = {}) {
    this.#client = client;
    this.#table = table;
    this.#jitter = jitter;
  }

  async termsOf(partner: string): Promise<PartnerTerms | null> {
    try {
      const { Item } = await this.#client.send(
        new GetCommand({
          TableName: this.#table,
          Key: partnerUsageKeys.terms(partner),
          ConsistentRead: true,
        }),
      );
      if (Item === undefined) return null;
      const { services, purposes, lawfulBasis, checksADay, personsADay } = termsItemSchema.parse(Item);
      return { services, purposes, lawfulBasis, checksADay, personsADay };
    } catch (error) {
      throw partnerStoreUnavailable(error);
    }
  }

  async createPartner(
    partner: string,
    name: string,
    terms: PartnerTerms,
    createdAt: string,
  ): Promise<'created' | 'exists'> {
    const Item = newOwnerItem({ kind: 'partner', id: partner }, name, createdAt);
    const done = await this.#write([
      { Put: { TableName: this.#table, Item, ...ifAbsent } },
      this.#putTerms(partner, terms, createdAt),
    ]);
    return done ? 'created' : 'exists';
  }

  async setTerms(partner: string, terms: PartnerTerms, setAt: string): Promise<'set' | 'no-such-partner'> {
    const Key = partnerKeys.owner({ kind: 'partner', id: partner });
    const done = await this.#write([
      { ConditionCheck: { TableName: this.#table, Key, ConditionExpression: 'attribute_exists(pk)' } },
      this.#putTerms(partner, terms, setAt),
    ]);
    return done ? 'set' : 'no-such-partner';
  }

  #putTerms(partner: string, terms: PartnerTerms, setAt: string) {
    const Item = termsItemSchema.parse({
      ...partnerUsageKeys.terms(partner),
      type: 'partner-terms',
      schemaVersion: partnerUsageItemsSchemaVersion,
      ...terms,
      setAt,
    });
    return { Put: { TableName: this.#table, Item } };
  }

  /** False: the condition on the owner did not hold, and nothing was written. */
  #write(TransactItems: NonNullable<TransactWriteCommandInput['TransactItems']>): Promise<boolean> {
    return withFullJitter(
      this.#jitter,
      async () => {
        try {
          await this.#client.send(new TransactWriteCommand({ TransactItems }));
          return true;
        } catch (error) {
          const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : [];
          const codes = (reasons ?? []).map(({ Code }) => Code);
          if (codes.includes('ConditionalCheckFailed')) return false;
          // Somebody is changing the same owner: the next try meets them no more.
          if (codes.includes('TransactionConflict')) return null;
          throw partnerStoreUnavailable(error);
        }
      },
      () => partnerStoreUnavailable(new Error('Others kept writing to this partner.')),
    );
  }
}
