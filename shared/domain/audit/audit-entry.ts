/** What happened to an item: it came, it was written anew or updated, or it went. */
export type ChangeAction = 'inserted' | 'modified' | 'removed';

/** The key of a table's item as it stands there: ids, versions and keyed hashes, never a value of a person. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** That an item of a table changed. Says what and when, and nothing of what the item holds. */
export interface ChangeEntry {
  readonly type: 'change';
  /** `ev_` and 22 characters of base64url. The same change has the same id however often it is told. */
  readonly id: string;
  /** RFC 3339 instant; DynamoDB tells it to the second, and only approximately. */
  readonly occurredAt: string;
  /** The logical name of the table (`infra/tables.ts`). */
  readonly table: string;
  /** What kind of item of that table it is; `unknown` when this version of the product does not know its key. */
  readonly kind: string;
  readonly action: ChangeAction;
  /** Who changed it: somebody by a request, or DynamoDB because the item's time to live was over. */
  readonly by: 'request' | 'expiry';
  /** Null for an item of an unknown kind: nobody vouches for what such a key may hold. */
  readonly key: ItemKey | null;
  /** The `schemaVersion` of the item after the change; null where the stream does not carry items. */
  readonly itemSchemaVersion: number | null;
  /** Where the change stands in its table's stream: the order of the changes of one item. Decimal digits. */
  readonly sequenceNumber: string;
}

/** What the audit holds. Looks at personal data become a second type of entry beside the changes. */
export type AuditEntry = ChangeEntry;

/** An entry as it stands in the audit. */
export interface RecordedEntry {
  /** RFC 3339 instant, to the millisecond: when it became durable, by the clock of whoever wrote it. */
  readonly recordedAt: string;
  readonly entry: AuditEntry;
}
