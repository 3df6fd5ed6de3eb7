import type { KeyObject } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AccessEntry } from '../../domain/audit/audit-entry.ts';
import { type Decision, decisionText, readDecision } from '../../domain/decisions/decision.ts';
import {
  DecisionCorrupted,
  type DecisionStore,
  DecisionStoreUnavailable,
  type DecisionSubject,
  type FoundDecision,
  type KeepOutcome,
} from '../../domain/decisions/decision-store.ts';
import type { ResidentKeys } from '../../domain/register/resident-store.ts';
import { nameOf } from '../../observability/describe-error.ts';
import { openBytes, sealBytes } from '../../security/aes-gcm.ts';
import { decisionKeyContext, residentKeyContext } from '../../security/envelope.ts';
import { type KeyContext, type KeyStore, KeyUnreadable } from '../../security/key-store.ts';
import { auditPuts } from './audit-writes.ts';
import {
  attributesInClear,
  type DecisionItem,
  decisionItemSchema,
  decisionItemsSchemaVersion,
  decisionKeys,
} from './decision-items.ts';
import { withFullJitter } from './full-jitter.ts';
import { plainItem } from './plain-item.ts';
import { threeYearsAfter } from './retention.ts';
import { compressText, decompressText } from './text-compression.ts';
import { ifAbsentElseOld } from './write-conditions.ts';

/** What a decision store works on. */
export interface DecisionTables {
  readonly decisions: string;
  /** Where the look that a decision answers is recorded, in the same transaction. */
  readonly audit: string;
}

/** Tries in all while others write under the same id; with their pauses a second and a half at the most. */
const attempts = 8;

/**
 * {@link DecisionStore} on the `decisions` table. The item is its own idempotency record: one put on condition that none
 * stands under its key, and what stands there comes back with the refusal.
 */
export class DynamoDecisionStore implements DecisionStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #tables: DecisionTables;
  readonly #keyStore: KeyStore;
  readonly #residentKeys: ResidentKeys;
  readonly #now: () => number;

  /**
   * @param keyStore the one that wraps the data keys of residents.
   * @param now milliseconds since the epoch.
   */
  constructor(
    client: DynamoDBDocumentClient,
    tables: DecisionTables,
    keyStore: KeyStore,
    residentKeys: ResidentKeys,
    now: () => number = Date.now,
  ) {
    this.#now = now;
    this.#client = client;
    this.#tables = tables;
    this.#keyStore = keyStore;
    this.#residentKeys = residentKeys;
  }

  async keep(decision: Decision, subject: DecisionSubject | null, access: AccessEntry): Promise<KeepOutcome> {
    const item = await this.#seal(decision, subject);
    const standing = await withFullJitter(
      { attempts },
      () => this.#put(item, access),
      () => unavailable(new Error('Others kept writing to this decision.')),
    );
    return standing === 'kept'
      ? { outcome: 'kept', decision }
      : this.#standing(decision, item, standing, subject);
  }

  /** `kept`, or what stands there; null while another request of the same id is on its way. */
  async #put(item: DecisionItem, access: AccessEntry): Promise<'kept' | Record<string, unknown> | null> {
    const recordedAt = new Date(this.#now()).toISOString();
    const TransactItems = [
      { Put: { TableName: this.#tables.decisions, Item: item, ...ifAbsentElseOld } },
      ...auditPuts(this.#tables.audit, [access], recordedAt),
    ];
    try {
      await this.#client.send(new TransactWriteCommand({ TransactItems }));
      return 'kept';
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw unavailable(error);
      const reasons = error.CancellationReasons ?? [];
      const [{ Code, Item } = {}] = reasons;
      if (Code === 'ConditionalCheckFailed' && Item !== undefined) return plainItem(Item);
      if (reasons.some(({ Code }) => Code === 'TransactionConflict')) return null;
      throw unavailable(error);
    }
  }

  async stands(id: string): Promise<boolean> {
    const { Item } = await this.#answer(
      this.#client.send(
        new GetCommand({
          TableName: this.#tables.decisions,
          Key: decisionKeys.decision(id),
          ProjectionExpression: 'pk',
          ConsistentRead: true,
        }),
      ),
    );
    return Item !== undefined;
  }

  async read(id: string): Promise<FoundDecision | null> {
    const { Item } = await this.#answer(
      this.#client.send(
        new GetCommand({
          TableName: this.#tables.decisions,
          Key: decisionKeys.decision(id),
          ConsistentRead: true,
        }),
      ),
    );
    if (Item === undefined) return null;
    const item = readItem(id, Item);
    const { residentId = null } = item;
    if (residentId === null) return { decision: await this.#open(id, item, null), residentId };
    const wrappedKey = await this.#residentKeys.wrappedKeyOf(residentId);
    return wrappedKey === null ? null : { decision: await this.#open(id, item, wrappedKey), residentId };
  }

  /** What it means that an item stands under the id of a decision that was to be kept. */
  async #standing(
    decision: Decision,
    item: DecisionItem,
    found: Record<string, unknown>,
    subject: DecisionSubject | null,
  ): Promise<KeepOutcome> {
    const standing = readItem(decision.id, found);
    // Our own write, whose answer was lost on the way and which the client sent again: no two are sealed alike.
    if (Buffer.from(standing.content).equals(item.content)) return { outcome: 'kept', decision };
    const isAboutAnother = standing.residentId !== undefined && standing.residentId !== subject?.residentId;
    if (isAboutAnother) return { outcome: 'key-reused' };
    const first = await this.#open(decision.id, standing, subject?.wrappedKey ?? null);
    return first.fingerprint === decision.fingerprint
      ? { outcome: 'repeated', decision: first }
      : { outcome: 'key-reused' };
  }

  async #seal(decision: Decision, subject: DecisionSubject | null): Promise<DecisionItem> {
    const { id, madeAt, engine, policy } = decision;
    const own =
      subject === null ? await this.#answer(this.#keyStore.generateDataKey(decisionKeyContext(id))) : null;
    const key =
      own?.key ?? (await this.#unwrap(id, subject!.wrappedKey, residentKeyContext(subject!.residentId)));
    const unsealed = {
      ...decisionKeys.decision(id),
      type: 'decision',
      schemaVersion: decisionItemsSchemaVersion,
      madeAt,
      engine,
      policyDigest: policy.digest,
      ...(own === null ? { residentId: subject!.residentId } : { dataKey: own.wrapped }),
      contentEncoding: 'json+br+aes-gcm',
      content: new Uint8Array(),
      expiresAt: threeYearsAfter(madeAt),
    };
    const item = decisionItemSchema.parse(unsealed);
    const content = sealBytes(key, await compressText(decisionText(decision)), associatedWith(item));
    return { ...item, content };
  }

  /** @param residentKey wrapped; null where the decision has a key of its own. */
  async #open(id: string, item: DecisionItem, residentKey: Uint8Array | null): Promise<Decision> {
    const { residentId, dataKey, content } = item;
    const key =
      residentId === undefined
        ? await this.#unwrap(id, dataKey!, decisionKeyContext(id))
        : await this.#unwrap(id, residentKey!, residentKeyContext(residentId));
    try {
      return readDecision(await decompressText(openBytes(key, content, associatedWith(item))));
    } catch (cause) {
      throw new DecisionCorrupted(id, { cause });
    }
  }

  async #unwrap(id: string, wrapped: Uint8Array, context: KeyContext): Promise<KeyObject> {
    try {
      return await this.#keyStore.unwrap(wrapped, context);
    } catch (cause) {
      throw cause instanceof KeyUnreadable ? new DecisionCorrupted(id, { cause }) : unavailable(cause);
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

/** In an order of its own: the table gives attributes back in another one. */
function associatedWith(item: DecisionItem): string {
  return JSON.stringify([
    'decision',
    Object.entries(attributesInClear(item)).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}

function readItem(id: string, stored: Record<string, unknown>): DecisionItem {
  const { data, error } = decisionItemSchema.safeParse(stored);
  if (error !== undefined) throw new DecisionCorrupted(id, { cause: error });
  return data;
}

function unavailable(error: unknown): DecisionStoreUnavailable {
  return new DecisionStoreUnavailable(`The decision store did not answer: ${nameOf(error)}.`, {
    cause: error,
  });
}
