import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { CsvMapping } from '../../../functions/import/csv-mapping.ts';
import { noEventless } from '../../../functions/import/import-events.ts';

const checkpointSchema = z.strictObject({
  /** Everything up to this line, inclusive, is done. */
  line: z.int().check(z.minimum(0)),
  /** How many of a table's rows that is. */
  lines: z.int().check(z.minimum(0)),
  /** How many of them hold no event, and the first few. */
  eventless: z.strictObject({
    count: z.int().check(z.minimum(0)),
    first: z.readonly(z.array(z.int().check(z.minimum(1)))),
  }),
  applied: z.int().check(z.minimum(0)),
  duplicate: z.int().check(z.minimum(0)),
  rejected: z.int().check(z.minimum(0)),
  /** How long the report was then: what was written after is written again. */
  reportBytes: z.int().check(z.minimum(0)),
});

export type Checkpoint = z.infer<typeof checkpointSchema>;

export const beginning: Checkpoint = {
  line: 0,
  lines: 0,
  eventless: noEventless,
  applied: 0,
  duplicate: 0,
  rejected: 0,
  reportBytes: 0,
};

/** What an import is an import of: another file, mapping, bureau or register is another import. */
export interface ImportIdentity {
  readonly file: string;
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly source: string;
  /** Null: the file is no table. What a mapping left out, the mended one may not. */
  readonly mapping: CsvMapping | null;
  readonly database: string;
}

/** Where an import remembers how far it came. Written whole or not at all, kill or no kill. */
export class CheckpointFile {
  readonly #path: string;

  constructor(directory: string, identity: ImportIdentity) {
    const { file, bytes, modifiedAt, source, mapping, database } = identity;
    const name = createHash('sha256')
      .update(JSON.stringify([file, bytes, modifiedAt, source, mapping, database]))
      .digest('hex');
    this.#path = join(directory, `${name.slice(0, 32)}.json`);
  }

  /** Null: there is none, or it cannot be read; everything is then done again, which changes nothing. */
  async read(): Promise<Checkpoint | null> {
    try {
      return checkpointSchema.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return null;
    }
  }

  async write(checkpoint: Checkpoint): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const draft = `${this.#path}.${process.pid}`;
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(checkpoint));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, this.#path);
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}
