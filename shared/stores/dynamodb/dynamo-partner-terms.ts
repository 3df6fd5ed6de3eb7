import {
  type AttributeValue,
  type CancellationReason,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyedRequest, PartnerTerms, PartnerTermsStore } from '../../domain/partners/partner-terms.ts';
import { type JitterOptions, withFullJitter } from './full-jitter.ts';
import {
  keyedRequestItemSchema,
  newOwnerItem,
  partnerItemsSchemaVersion,
  partnerKeys,
} from './partner-items.ts';
import { partnerStoreUnavailable } from './partner-store-unavailable.ts';
import { partnerUsageItemsSchemaVersion, partnerUsageKeys, termsItemSchema } from './partner-usage-items.ts';
import { plainItem } from './plain-item.ts';
import { ifAbsent, ifAbsentElseOld } from './write-conditions.ts';
import type { TransactWrites } from './write-together.ts';

/** A request is remembered for as long as what was used of a day: well above the 24 hours that are promised. */
const keptSeconds = 3 * 86_400;

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
    request: KeyedRequest | null = null,
  ): Promise<'created' | 'exists' | KeyedRequest> {
    const Item = newOwnerItem({ kind: 'partner', id: partner }, name, createdAt);
    const refused = await this.#write([
      { Put: { TableName: this.#table, Item, ...ifAbsent } },
      this.#putTerms(partner, terms, createdAt),
      ...(request === null ? [] : [this.#putRequest(request, createdAt)]),
    ]);
    if (refused === null) return 'created';
    const standing = refused[2]?.Item;
    return request === null || standing === undefined ? 'exists' : requestIn(request.id, standing);
  }

  async remember(request: KeyedRequest, at: string): Promise<KeyedRequest> {
    const refused = await this.#write([this.#putRequest(request, at)]);
    return refused === null ? request : requestIn(request.id, refused[0]?.Item ?? {});
  }

  async setTerms(partner: string, terms: PartnerTerms, setAt: string): Promise<'set' | 'no-such-partner'> {
    const Key = partnerKeys.owner({ kind: 'partner', id: partner });
    const refused = await this.#write([
      { ConditionCheck: { TableName: this.#table, Key, ConditionExpression: 'attribute_exists(pk)' } },
      this.#putTerms(partner, terms, setAt),
    ]);
    return refused === null ? 'set' : 'no-such-partner';
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

  #putRequest({ id, fingerprint, answer }: KeyedRequest, at: string) {
    const Item = keyedRequestItemSchema.parse({
      ...partnerKeys.request(id),
      type: 'keyed-request',
      schemaVersion: partnerItemsSchemaVersion,
      fingerprint,
      answer,
      expiresAt: Math.floor(Date.parse(at) / 1_000) + keptSeconds,
    });
    return { Put: { TableName: this.#table, Item, ...ifAbsentElseOld } };
  }

  /** Null once it is written; where a condition did not hold, nothing is, and each write's reason is given in its place. */
  async #write(TransactItems: TransactWrites): Promise<readonly CancellationReason[] | null> {
    const outcome = await withFullJitter(
      this.#jitter,
      async () => {
        try {
          await this.#client.send(new TransactWriteCommand({ TransactItems }));
          return 'written';
        } catch (error) {
          const reasons =
            error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
          const codes = reasons.map(({ Code }) => Code);
          if (codes.includes('ConditionalCheckFailed')) return reasons;
          // Somebody is changing the same owner: the next try meets them no more.
          if (codes.includes('TransactionConflict')) return null;
          throw partnerStoreUnavailable(error);
        }
      },
      () => partnerStoreUnavailable(new Error('Others kept writing to this partner.')),
    );
    return outcome === 'written' ? null : outcome;
  }
}

/** The request that stands under an id, from the item that came with a refusal. */
function requestIn(id: string, standing: Readonly<Record<string, AttributeValue>>): KeyedRequest {
  const { data, error } = keyedRequestItemSchema.safeParse(plainItem(standing));
  if (error !== undefined) throw partnerStoreUnavailable(error);
  return { id, fingerprint: data.fingerprint, answer: data.answer };
}
