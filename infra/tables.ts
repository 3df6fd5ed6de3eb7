/**
 * The one definition of every DynamoDB table. The data stack and the local DynamoDB are both created
 * from it, so a key or a time-to-live attribute cannot exist in one place and be missing in the other.
 */

/** A key attribute. Names are generic (`pk`, `sk`) because one table holds several kinds of item. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'string' | 'number' | 'binary';
}

export interface TableIndexDefinition {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
}

export interface TableDefinition {
  /** The logical name: the local table's name and the CDK construct id. On AWS the stage goes before it. */
  readonly name: string;
  /** The variable that tells a function the physical name of the table. */
  readonly environmentVariable: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly indexes: readonly TableIndexDefinition[];
  /** The attribute (epoch seconds) after which DynamoDB deletes an item; absent: items stay. */
  readonly timeToLiveAttribute?: string;
  /** What a change record carries; absent: no stream. */
  readonly stream?: 'keys-only' | 'new-image' | 'old-image' | 'new-and-old-images';
}

const partitionKey = { name: 'pk', type: 'string' } as const satisfies KeyAttribute;
const sortKey = { name: 'sk', type: 'string' } as const satisfies KeyAttribute;

/** Every table of the product by logical name. A table is added here with the feature that needs it. */
export const tables = {
  /** Policy versions (append-only), their digest guards and one pointer a policy: docs/adr/0002-tables.md. */
  policies: {
    name: 'policies',
    environmentVariable: 'POLICIES_TABLE',
    partitionKey,
    sortKey,
    indexes: [],
    stream: 'keys-only',
  },
  /**
   * What happened to stored things: append-only, kept for three years, so nothing in it expires:
   * docs/adr/0008-streams-and-audit.md. It has no stream: the consumer of streams writes to it.
   */
  audit: {
    name: 'audit',
    environmentVariable: 'AUDIT_TABLE',
    partitionKey,
    sortKey,
    indexes: [],
  },
  /**
   * Third parties and the feeds of bureaus, their API keys (hashed) and what hashes them: docs/adr/0006-credentials.md.
   * Third parties' terms too, and what they have used of them: docs/adr/0010-third-parties.md.
   */
  partners: {
    name: 'partners',
    environmentVariable: 'PARTNERS_TABLE',
    partitionKey,
    sortKey,
    indexes: [],
    // Of what was used on a day; everything else stays.
    timeToLiveAttribute: 'expiresAt',
  },
  /** Residents: their records, events and wrapped keys, and the keys of the index: docs/adr/0005-register.md. */
  residents: {
    name: 'residents',
    environmentVariable: 'RESIDENTS_TABLE',
    partitionKey,
    sortKey,
    indexes: [],
    // Keys name the resident's id, the bureau and its event, and say what came and went: all an audit needs. Images
    // would carry envelopes and wrapped keys past the deletion that is to make them unreadable.
    stream: 'keys-only',
  },
  /**
   * Decisions, each its own idempotency record, kept for three years: docs/adr/0007-decisions.md. And what residents
   * consented to, kept as long after it ended: docs/adr/0010-third-parties.md.
   */
  decisions: {
    name: 'decisions',
    environmentVariable: 'DECISIONS_TABLE',
    partitionKey,
    sortKey,
    indexes: [],
    timeToLiveAttribute: 'expiresAt',
    // Keys name the decision, and say that one was made: images would carry what is sealed, and wrapped keys, elsewhere.
    stream: 'keys-only',
  },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof tables;

/** The tables whose changes are told to the stream function. */
export type StreamedTableName = {
  [Name in TableName]: (typeof tables)[Name] extends { readonly stream: string } ? Name : never;
}[TableName];
