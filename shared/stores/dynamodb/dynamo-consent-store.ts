import type { KeyObject } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Consent } from '../../domain/consents/consent.ts';
import { nobodysResidentId } from '../../domain/consents/consent-id.ts';
import {
  ConsentCorrupted,
  type Consenter,
  type ConsentStore,
  ConsentStoreUnavailable,
  type GiveOutcome,
} from '../../domain/consents/consent-store.ts';
import { nameOf } from '../../observability/describe-error.ts';
import { openBytes, sealBytes } from '../../security/aes-gcm.ts';
import { residentKeyContext } from '../../security/envelope.ts';
import { type KeyStore, KeyUnreadable } from '../../security/key-store.ts';
import {
  type ConsentContent,
  type ConsentItem,
  consentContentSchema,
  consentItemSchema,
  consentItemsSchemaVersion,
  consentKeys,
  consentPrefix,
} from './consent-items.ts';
import { consentWithdrawal } from './consent-writes.ts';
import { itemsOfPages } from './items-of-pages.ts';
import { plainItem } from './plain-item.ts';
import { threeYearsAfter } from './retention.ts';
import { ifAbsentElseOld } from './write-conditions.ts';

const daySeconds = 86_400;

/**
 * {@link ConsentStore} on the `decisions` table, in a collection of each resident. What a consent says is sealed under the
 * resident's data key: with the key gone, nothing but that there was one is left.
 */
export class DynamoConsentStore implements ConsentStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #keyStore: KeyStore;

  /** @param keyStore the one that wraps the data keys of residents. */
  constructor(client: DynamoDBDocumentClient, table: string, keyStore: KeyStore) {
    this.#client = client;
    this.#table = table;
    this.#keyStore = keyStore;
  }

  async give(consent: Consent, fingerprint: string, by: Consenter): Promise<GiveOutcome> {
    const key = await this.#keyOf(by);
    const item = sealed(consent, fingerprint, by, key);
    try {
      await this.#client.send(new PutCommand({ TableName: this.#table, Item: item, ...ifAbsentElseOld }));
      return { outcome: 'given', consent };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined)
        throw unavailable(error);
      const standing = readItem(plainItem(error.Item));
      // Our own write, whose answer was lost on the way and which the client sent again: no two are sealed alike.
      if (Buffer.from(standing.content).equals(item.content)) return { outcome: 'given', consent };
      const { fingerprint: known, ...first } = opened(standing, key);
      if (known !== fingerprint) return { outcome: 'key-reused' };
      return { outcome: 'repeated', consent: { id: consent.id, ...first, withdrawnAt: null } };
    }
  }

  async listOf(by: Consenter | null): Promise<Consent[]> {
    const items: ConsentItem[] = [];
    const pages = itemsOfPages((startKey) =>
      this.#answer(
        this.#client.send(
          new QueryCommand({
            TableName: this.#table,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: {
              ':pk': consentKeys.collection(by?.residentId ?? nobodysResidentId),
              ':prefix': consentPrefix,
            },
            ConsistentRead: true,
            ExclusiveStartKey: startKey,
          }),
        ),
      ),
    );
    for await (const item of pages) items.push(readItem(item));
    if (by === null || items.length === 0) return [];
    const key = await this.#keyOf(by);
    return items
      .map((item) => consentOf(item, key))
      .sort((a, b) => (a.givenAt === b.givenAt ? 0 : a.givenAt < b.givenAt ? 1 : -1));
  }

  async withdraw(id: string, at: string, by: Consenter): Promise<Consent | null> {
    const key = await this.#keyOf(by);
    try {
      const { Attributes } = await this.#client.send(
        new UpdateCommand({
          ...consentWithdrawal(this.#table, consentKeys.consent(by.residentId, id), at),
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return consentOf(readItem(Attributes ?? {}), key);
    } catch (error) {
      if (error instanceof ConsentCorrupted) throw error;
      if (!(error instanceof ConditionalCheckFailedException)) throw unavailable(error);
      return error.Item === undefined ? null : consentOf(readItem(plainItem(error.Item)), key);
    }
  }

  async #keyOf({ residentId, wrappedKey }: Consenter): Promise<KeyObject> {
    try {
      return await this.#keyStore.unwrap(wrappedKey, residentKeyContext(residentId));
    } catch (cause) {
      throw cause instanceof KeyUnreadable ? new ConsentCorrupted({ cause }) : unavailable(cause);
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

function sealed(
  { id, withdrawnAt, partner, services, purpose, until, givenAt }: Consent,
  fingerprint: string,
  { residentId }: Consenter,
  key: KeyObject,
): ConsentItem {
  const item = consentItemSchema.parse({
    ...consentKeys.consent(residentId, id),
    type: 'consent',
    schemaVersion: consentItemsSchemaVersion,
    withdrawnAt,
    contentEncoding: 'json+aes-gcm',
    content: new Uint8Array(),
    // Of the last day in Shanghai, which ends eight hours before that of UTC.
    expiresAt: threeYearsAfter(`${until}T00:00:00+08:00`) + daySeconds,
  });
  const content = consentContentSchema.parse({ partner, services, purpose, until, givenAt, fingerprint });
  return {
    ...item,
    content: sealBytes(key, Buffer.from(JSON.stringify(content), 'utf8'), associatedWith(item)),
  };
}

function opened(item: ConsentItem, key: KeyObject): ConsentContent {
  try {
    const text = openBytes(key, item.content, associatedWith(item)).toString('utf8');
    return consentContentSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ConsentCorrupted({ cause });
  }
}

function consentOf(item: ConsentItem, key: KeyObject): Consent {
  const { fingerprint: _, ...content } = opened(item, key);
  return { id: item.sk.slice(consentPrefix.length), ...content, withdrawnAt: item.withdrawnAt };
}

/** Of what never changes: moved to another resident or id, it does not open. */
function associatedWith({ pk, sk, type, schemaVersion }: ConsentItem): string {
  return JSON.stringify(['consent', pk, sk, type, schemaVersion]);
}

function readItem(stored: Record<string, unknown>): ConsentItem {
  const { data, error } = consentItemSchema.safeParse(stored);
  if (error !== undefined) throw new ConsentCorrupted({ cause: error });
  return data;
}

function unavailable(error: unknown): ConsentStoreUnavailable {
  return new ConsentStoreUnavailable(`The consent store did not answer: ${nameOf(error)}.`, { cause: error });
}
