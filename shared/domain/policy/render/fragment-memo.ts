/**
 * Fragments by a key that tells all they say. There is room for so many; what comes first stays, so that it never grows
 * and, once it is full, nothing is put in that is thrown away. What comes out is what went in under that key, or nothing:
 * no answer depends on what is in it.
 */
export class FragmentMemo {
  static readonly ROOM = 128;
  /** A key and its fragment behind each other, so that both are fetched at once. */
  private readonly entries: (number | string)[] = new Array(2 * FragmentMemo.ROOM).fill(NO_KEY);

  /** The fragment that is kept under a key (0 or greater); null: none is. */
  find(key: number): string | null {
    const place = placeOf(key);
    return this.entries[place] === key ? (this.entries[place + 1] as string) : null;
  }

  /** Keeps a fragment if there is room for it. */
  keep(key: number, fragment: string): void {
    const place = placeOf(key);
    if (this.entries[place] !== NO_KEY) return;
    this.entries[place] = key;
    this.entries[place + 1] = fragment;
  }
}

/** No key: what is not to be kept. */
export const NO_KEY = -1;

/** Spreads keys that follow each other evenly (Fibonacci hashing), over as many places as there are. */
function placeOf(key: number): number {
  return (Math.imul(key, 0x9e3779b1) >>> 25) * 2;
}
