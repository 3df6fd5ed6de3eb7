import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** How far each shard of each stream was delivered, in a file: a restart goes on from there. */
export class StreamCheckpoints {
  readonly #file: string;
  readonly #delivered: Record<string, string>;

  /** A file that is missing or cannot be read means the beginning: what is delivered twice has no second effect. */
  constructor(file: string) {
    this.#file = file;
    this.#delivered = readCheckpoints(file);
  }

  /** The sequence number of the last record that was delivered; undefined: none was. */
  delivered(streamArn: string, shardId: string): string | undefined {
    return this.#delivered[`${streamArn} ${shardId}`];
  }

  /** Remembers it, also after this process was killed. */
  advance(streamArn: string, shardId: string, sequenceNumber: string): void {
    this.#delivered[`${streamArn} ${shardId}`] = sequenceNumber;
    this.#write();
  }

  /** Begins anew: what was remembered is no longer in the stream. */
  forget(streamArn: string, shardId: string): void {
    delete this.#delivered[`${streamArn} ${shardId}`];
    this.#write();
  }

  #write(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    // Replaced in one step: whoever is killed in between leaves the old file.
    const next = `${this.#file}.next`;
    writeFileSync(next, `${JSON.stringify(this.#delivered, null, 2)}\n`);
    renameSync(next, this.#file);
  }
}

function readCheckpoints(file: string): Record<string, string> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const entries = Object.entries(content ?? {}).filter(([, number]) => /^\d+$/.test(String(number)));
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}
