import type { Fragment } from './json-output.ts';

/**
 * Fragments by a key that tells all they say. There is room for so many; what comes first stays, so that it never grows
 * and, once it is full, nothing is made that is thrown away. What comes out is what went in under that key, or nothing:
 * no answer depends on what is in it.
 */
export class FragmentMemo {
  static readonly ROOM = 128;
  private readonly keys = new Int32Array(FragmentMemo.ROOM).fill(NO_KEY);
  private readonly fragments: (Fragment | null)[] = new Array(FragmentMemo.ROOM).fill(null);

  /** The fragment that is kept under a key (0 or greater), made by `make` if there is room for it; null: it is not kept. */
  get(key: number, make: () => Fragment): Fragment | null {
    const place = placeOf(key);
    const kept = this.keys[place]!;
    if (kept === key) return this.fragments[place]!;
    if (kept !== NO_KEY) return null;
    const fragment = make();
    this.keys[place] = key;
    this.fragments[place] = fragment;
    return fragment;
  }
}

const NO_KEY = -1;

/** Spreads keys that follow each other evenly (Fibonacci hashing), over as many places as there are. */
function placeOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 25;
}
