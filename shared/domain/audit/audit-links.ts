import * as z from 'zod/mini';
import { canonicalJson } from '../digests/canonical-json.ts';

const linkSchema = z.strictObject({
  shard: z.int().check(z.minimum(0), z.maximum(9)),
  sk: z.string(),
  /** The id of the entry. */
  id: z.string(),
  /** 64 hex digits. */
  link: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

/** One entry of a segment, as it was when its root was made. */
export type EntryLink = z.infer<typeof linkSchema>;

/** A line of the text beside a root, which has one an entry, by shard and sort key. Equal links have equal lines. */
export function linkLine(link: EntryLink): string {
  return `${canonicalJson(link)}\n`;
}

/** @throws Error when the text is not of such lines. */
export function parseLinks(text: string): EntryLink[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => linkSchema.parse(JSON.parse(line)));
}
