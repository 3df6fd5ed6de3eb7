import { type FileHandle, open } from 'node:fs/promises';
import type { RejectedEvent } from '../../../functions/import/import-events.ts';

/** The rejected lines of an import, one JSON object a line; the file is made with the first of them. */
export class RejectionReport {
  readonly path: string;
  #bytes: number;
  #file: FileHandle | null = null;

  /** @param bytes how much of the file stands from before; what is behind it is dropped. */
  constructor(path: string, bytes: number) {
    this.path = path;
    this.#bytes = bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** On the disk when it returns, so that a checkpoint may count on it. */
  async add(rejected: readonly RejectedEvent[]): Promise<void> {
    if (rejected.length === 0) return;
    this.#file ??= await this.#open();
    const text = Buffer.from(rejected.map((event) => `${JSON.stringify(event)}\n`).join(''));
    await this.#file.write(text, 0, text.length, this.#bytes);
    await this.#file.datasync();
    this.#bytes += text.length;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  async #open(): Promise<FileHandle> {
    const file = await open(this.path, this.#bytes === 0 ? 'w' : 'r+');
    await file.truncate(this.#bytes);
    return file;
  }
}
