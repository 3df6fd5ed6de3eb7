import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import type { AnchoredRoot } from '../../../shared/domain/audit/anchor-store.ts';
import type { StoredItem } from '../../../shared/domain/audit/audit-chain.ts';
import { type AuditPartitions, possibleShards } from '../../../shared/domain/audit/audit-partitions.ts';
import { markBefore } from '../../../shared/domain/audit/audit-root.ts';
import { DIGEST_FORM } from '../../../shared/domain/digests/digest-form.ts';
import { CommandError } from '../../command-error.ts';

const hourMilliseconds = 3_600_000;
const instant = z.iso.datetime({ precision: 3 });

/** The first line of an export: what the others are. */
const headSchema = z.strictObject({
  type: z.literal('audit-export'),
  version: z.literal(1),
  since: instant,
  until: instant,
  /** The newest root by the table's word when the export began; null: there was none. */
  anchored: z.nullable(
    z.strictObject({
      sequence: z.int().check(z.minimum(1)),
      until: instant,
      anchoredAt: instant,
      digest: z.string().check(z.regex(DIGEST_FORM)),
    }),
  ),
});

const itemSchema = z.looseObject({
  pk: z.string().check(z.regex(/^ENTRIES#\d{4}-\d\d-\d\dT\d\dZ#\d$/)),
  sk: z.string().check(z.minLength(1)),
});

/** Entries as they stand in the audit, with what is known of them. */
export interface EntriesExport {
  readonly since: string;
  readonly until: string;
  readonly anchored: AnchoredRoot | null;
  readonly items: readonly StoredItem[];
}

/**
 * The lines of an export, by hour, shard and place: everything that stands in the hours of a period.
 *
 * @param anchored read before: roots that are copied later are as new at least.
 */
export async function* exportLines(
  partitions: AuditPartitions,
  period: { readonly since: string; readonly until: string },
  anchored: AnchoredRoot | null,
): AsyncGenerator<string> {
  // Whole segments: of half a one nothing could be said.
  const since = new Date(markBefore(Date.parse(period.since))).toISOString();
  const { until } = period;
  yield JSON.stringify(headSchema.parse({ type: 'audit-export', version: 1, since, until, anchored }));
  const first = Math.floor(Date.parse(since) / hourMilliseconds) * hourMilliseconds;
  for (let hour = first; hour < Date.parse(until); hour += hourMilliseconds) {
    const name = new Date(hour).toISOString().slice(0, 13);
    for (let shard = 0; shard < possibleShards; shard++) {
      for await (const item of partitions.read(name, shard)) {
        // What stands where it does not belong is told, too.
        const isOutside = item.sk.startsWith(name) && (item.sk < since || item.sk >= until);
        if (!isOutside) yield JSON.stringify(item);
      }
    }
  }
}

/** @throws CommandError naming the line at fault. */
export async function readExport(path: string): Promise<EntriesExport> {
  const items: StoredItem[] = [];
  let head: z.infer<typeof headSchema> | undefined;
  let number = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      number++;
      if (text === '') continue;
      const value = parseJson(text);
      if (head === undefined) {
        const read = headSchema.safeParse(value);
        if (!read.success) throw new CommandError(`${path} does not begin as an export of the audit does.`);
        head = read.data;
        continue;
      }
      const item = itemSchema.safeParse(value);
      if (!item.success)
        throw new CommandError(`Line ${number} of ${path} is no item of the audit's entries.`);
      if (!isInHours(item.data.pk, head)) {
        throw new CommandError(`Line ${number} of ${path} is of an hour that the export is not of.`);
      }
      items.push(item.data);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  if (head === undefined) throw new CommandError(`${path} is empty.`);
  const { since, until, anchored } = head;
  return { since, until, anchored, items };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isInHours(pk: string, { since, until }: { readonly since: string; readonly until: string }) {
  const hour = Date.parse(`${pk.slice('ENTRIES#'.length, 'ENTRIES#'.length + 13)}:00:00.000Z`);
  return hour + hourMilliseconds > Date.parse(since) && hour < Date.parse(until);
}
