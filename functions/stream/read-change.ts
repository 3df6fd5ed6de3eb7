import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { ChangeAction } from '../../shared/domain/audit/audit-entry.ts';
import type { NamedTable } from './streamed-tables.ts';
import type { TableChange } from './table-change.ts';

/** What of a stream record was read: a change, or the names of the parts that stood in the way. */
export type ReadChange =
  | { readonly change: TableChange }
  | { readonly table: string | null; readonly places: readonly string[] };

const actions = {
  INSERT: 'inserted',
  MODIFY: 'modified',
  REMOVE: 'removed',
} as const satisfies Record<string, ChangeAction>;

const keyText = z.object({ S: z.string().check(z.minLength(1), z.maxLength(1024)) });

/** The parts of a record that are read; an item's other attributes are never looked at. */
const recordSchema = z.object({
  eventID: z.string().check(z.minLength(1), z.maxLength(256)),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  eventSourceARN: z.string().check(z.minLength(1), z.maxLength(2048)),
  userIdentity: z.nullish(z.partial(z.object({ type: z.string(), principalId: z.string() }))),
  dynamodb: z.object({
    /** Seconds since the epoch. */
    ApproximateCreationDateTime: z.number().check(z.minimum(0), z.maximum(8.64e12)),
    SequenceNumber: z.string().check(z.regex(/^\d{1,40}$/)),
    Keys: z.object({ pk: keyText, sk: keyText }),
    NewImage: z.optional(z.object({ schemaVersion: z.optional(z.object({ N: z.string() })) })),
  }),
});

/**
 * Reads a record of a table's stream.
 *
 * @param tables by the names they have on this platform.
 */
export function readChange(record: unknown, tables: ReadonlyMap<string, NamedTable>): ReadChange {
  const result = recordSchema.safeParse(record);
  const table = tableOf((record as { eventSourceARN?: unknown } | null)?.eventSourceARN, tables);
  if (!result.success) {
    const places = result.error.issues.map(({ path }) => path.join('.'));
    return { table: table?.name ?? null, places: [...new Set(places)] };
  }
  if (table === undefined) return { table: null, places: ['eventSourceARN'] };
  const { eventID, eventName, eventSourceARN, userIdentity, dynamodb } = result.data;
  const key = { pk: dynamodb.Keys.pk.S, sk: dynamodb.Keys.sk.S };
  const known = table.kinds.find(({ pk, sk }) => pk.test(key.pk) && sk.test(key.sk));
  const expired = userIdentity?.type === 'Service' && userIdentity.principalId?.startsWith('dynamodb.');
  return {
    change: {
      id: entryId(eventSourceARN, eventID),
      occurredAt: new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString(),
      table: table.name,
      kind: known?.kind ?? 'unknown',
      action: actions[eventName],
      by: expired ? 'expiry' : 'request',
      key: known === undefined ? null : key,
      itemSchemaVersion: schemaVersion(dynamodb.NewImage?.schemaVersion?.N),
      sequenceNumber: dynamodb.SequenceNumber,
    },
  };
}

/** DynamoDB promises event ids to be unique; other servers count them by stream, so the stream is part of it. */
function entryId(stream: string, eventId: string): string {
  const digest = createHash('sha256').update(`${stream}\0${eventId}`).digest();
  return `ev_${digest.subarray(0, 16).toString('base64url')}`;
}

/** The table a stream belongs to: `arn:…:table/<name>/stream/<label>`. */
function tableOf(stream: unknown, tables: ReadonlyMap<string, NamedTable>): NamedTable | undefined {
  if (typeof stream !== 'string') return undefined;
  return tables.get(/:table\/([^/]+)\/stream\//.exec(stream)?.[1] ?? '');
}

function schemaVersion(text: string | undefined): number | null {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 1 ? value : null;
}
