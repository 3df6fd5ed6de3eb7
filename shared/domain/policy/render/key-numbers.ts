/**
 * Numbers for keys, counted from 0 in the order in which keys come. There is room for so many; those that come first keep
 * theirs, so that it never grows and nothing is put in only to be thrown away.
 */
export class KeyNumbers {
  private readonly room: number;
  /** A key and its number behind each other, so that both are fetched at once; twice as many places as are taken at most. */
  private readonly entries: Int32Array;
  /** How far to the right the places lie in a hash of 32 bits. */
  private readonly shift: number;
  private taken = 0;

  /** @param room for so many keys, a power of 2 */
  constructor(room: number) {
    this.room = room;
    this.entries = new Int32Array(4 * room).fill(NO_KEY);
    this.shift = Math.clz32(2 * room - 1);
  }

  /** The number of a key (0 to 2 to the power of 31, not included); {@link NO_NUMBER} where no room is left for it. */
  of(key: number): number {
    const entries = this.entries;
    const last = entries.length - 2;
    // Spreads keys that follow each other evenly (Fibonacci hashing).
    for (let place = (Math.imul(key, 0x9e3779b1) >>> this.shift) * 2; ; place = (place + 2) & last) {
      const there = entries[place]!;
      if (there === key) return entries[place + 1]!;
      if (there !== NO_KEY) continue;
      if (this.taken === this.room) return NO_NUMBER;
      entries[place] = key;
      entries[place + 1] = this.taken;
      return this.taken++;
    }
  }
}

/** No key: what is not to be numbered. */
export const NO_KEY = -1;
export const NO_NUMBER = -1;
