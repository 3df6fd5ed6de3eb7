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

/**
 * Who looked. Residents look at their own data, so the entry's `residentId` says who; what their identity platform calls
 * them may be their telephone number, and is not kept.
 */
export type Accessor =
  | { readonly kind: 'resident' }
  | { readonly kind: 'clerk'; readonly subject: string; readonly district: string; readonly post: string }
  | { readonly kind: 'partner'; readonly partner: string; readonly key: string };

/**
 * That somebody looked at what is kept of a person. Recorded before anything of the person leaves, so a look that is
 * not in the audit has not happened (PIPL art. 51, 55; docs/adr/0008-streams-and-audit.md).
 */
export interface AccessEntry {
  readonly type: 'access';
  /** `ev_` and 22 random characters of base64url. */
  readonly id: string;
  /** RFC 3339 instant, to the millisecond: when it was asked. */
  readonly occurredAt: string;
  /** The operation, as the API calls it. */
  readonly operation: string;
  readonly by: Accessor;
  /** The register's own id of the person; null for somebody it does not know. */
  readonly residentId: string | null;
  /** What for; null for residents who look at their own data. */
  readonly purpose: string | null;
  readonly caseNumber: string | null;
  /** Why a clerk of another district looks; null inside their own. */
  readonly outsideDistrict: string | null;
  /** The services asked about; null: all, or none in particular. */
  readonly services: readonly string[] | null;
  /** The decision that was made, or looked at. */
  readonly decisionId: string | null;
  /** Whether anything of the person was answered; false where the answer is the same for somebody unknown. */
  readonly disclosed: boolean;
}

/** What the audit holds: changes of what is stored, and looks at it. */
export type AuditEntry = ChangeEntry | AccessEntry;

/** An entry as it stands in the audit. */
export interface RecordedEntry {
  /** RFC 3339 instant, to the millisecond: when it became durable, by the clock of whoever wrote it. */
  readonly recordedAt: string;
  readonly entry: AuditEntry;
}
