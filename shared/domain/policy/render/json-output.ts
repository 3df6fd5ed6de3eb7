const ENCODER = new TextEncoder();

/** Fragments lie one behind the other in slabs: an answer takes them in the order in which one before it made them. */
const SLAB_BYTES = 256 * 1024;
let slab = new Uint8Array(0);

function encode(text: string): Uint8Array {
  const most = text.length * 3;
  if (slab.length < most) slab = new Uint8Array(Math.max(SLAB_BYTES, most));
  const { written } = ENCODER.encodeInto(text, slab);
  const bytes = slab.subarray(0, written);
  slab = slab.subarray(written);
  return bytes;
}

/**
 * A part of answers that is made once and lasts as long as its policy: as text, and from its first use in bytes on as
 * UTF-8 too. What is of one answer only is written as a string.
 */
export class Fragment {
  readonly text: string;
  private utf8: Uint8Array | null = null;

  constructor(...pieces: string[]) {
    // Joined, because what `+` makes is a tree of pieces, to be walked through again with every answer.
    this.text = pieces.join('');
  }

  get bytes(): Uint8Array {
    this.utf8 ??= encode(this.text);
    return this.utf8;
  }
}

/** Where the JSON of an answer goes, piece by piece. */
export interface JsonOutput {
  add(fragment: Fragment): void;
  /** Text that differs from person to person: short, and mostly without Chinese characters. */
  write(text: string): void;
}

/** The answer as a string, for whom a string is to be handed. */
export class TextOutput implements JsonOutput {
  text = '';

  add(fragment: Fragment): void {
    this.text += fragment.text;
  }

  write(text: string): void {
    this.text += text;
  }
}

/**
 * The answer as UTF-8, in one piece of memory that is used again for the next answer. A string of an answer's length is
 * memory that the runtime fetches from the system and gives back, and whoever sends it has it encoded once more: both
 * take longer than the answer.
 */
export class Utf8Output implements JsonOutput {
  private buffer: Uint8Array;
  private length = 0;

  constructor(capacity = 256 * 1024) {
    this.buffer = new Uint8Array(capacity);
  }

  /** What was written, until {@link clear}: the memory itself, not a copy. */
  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  add(fragment: Fragment): void {
    const { bytes } = fragment;
    const end = this.length + bytes.length;
    if (end > this.buffer.length) this.growTo(end);
    this.buffer.set(bytes, this.length);
    this.length = end;
  }

  write(text: string): void {
    // No UTF-16 unit takes more than three bytes.
    const most = this.length + text.length * 3;
    if (most > this.buffer.length) this.growTo(most);
    this.length += ENCODER.encodeInto(text, this.buffer.subarray(this.length)).written;
  }

  private growTo(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    larger.set(this.bytes);
    this.buffer = larger;
  }
}

/** The JSON of an object without its closing brace: more members are to follow. */
export function openObject(value: object): string {
  return JSON.stringify(value).slice(0, -1);
}

/** A text as it stands between the quotes of a JSON string, so that it can become part of a longer one. */
export function insideJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
