/**
 * Values for many things, each by the bytes at some places of an array: outcomes of some nodes, codes of some facts. There
 * is room for so many values of each; those that come first stay, so that it never grows and nothing is put in only to be
 * thrown away. All share a few arrays: what takes time is to fetch memory from all over, not to look at it.
 */
export class ByteMemos<T> {
  private readonly room: number;
  private readonly untold: number;
  /** Places of thing i: `places[starts[i]]` to `places[starts[i + 1]]`, the end not included. */
  private readonly starts: Uint32Array;
  private readonly places: Uint16Array;
  /** By thing: how many values are kept. */
  private readonly taken: Uint32Array;
  /** By number of a value, so many bytes: those of its thing's number, and those it is kept for. */
  private readonly keys: Uint8Array;
  private readonly width: number;
  private readonly values: T[] = [];
  /** A hash table of the numbers of values, counted from 1, 0 for none; twice as many as there is room for at least. */
  private readonly numbers: Uint32Array;
  /** How far to the right a slot lies in a hash of 32 bits. */
  private readonly shift: number;

  /**
   * @param places of each thing: where the bytes are that its values follow from; at most 65,536 things.
   * @param room for so many values of each.
   * @param untold a byte that does not tell all there is to tell: where one is such, nothing is kept, and nothing found.
   */
  constructor(places: readonly (readonly number[])[], room: number, untold = NO_BYTE) {
    this.room = room;
    this.untold = untold;
    this.starts = new Uint32Array(places.length + 1);
    for (const [thing, own] of places.entries()) this.starts[thing + 1] = this.starts[thing]! + own.length;
    this.places = Uint16Array.from(places.flat());
    this.taken = new Uint32Array(places.length);
    this.width = BYTES_OF_THING + Math.max(0, ...places.map((own) => own.length));
    const most = places.length * room;
    this.keys = new Uint8Array(most * this.width);
    const bits = 33 - Math.clz32(most);
    this.numbers = new Uint32Array(1 << bits);
    this.shift = 32 - bits;
  }

  /** What is kept of a thing for the bytes at its places; null: nothing is. */
  find(thing: number, bytes: Uint8Array): T | null {
    const slot = this.slotOf(thing, bytes);
    if (slot === NO_SLOT) return null;
    const number = this.numbers[slot]!;
    return number === 0 ? null : this.values[number - 1]!;
  }

  /** Keeps a value of a thing for the bytes at its places, for which none is kept, if there is room for it. */
  keep(thing: number, bytes: Uint8Array, value: T): void {
    if (this.taken[thing] === this.room) return;
    const [starts, places, keys, values] = [this.starts, this.places, this.keys, this.values];
    const slot = this.slotOf(thing, bytes);
    if (slot === NO_SLOT) return;
    let at = values.length * this.width;
    keys[at++] = thing;
    keys[at++] = thing >>> 8;
    for (let index = starts[thing]!; index < starts[thing + 1]!; index++) keys[at++] = bytes[places[index]!]!;
    this.taken[thing]! += 1;
    values.push(value);
    this.numbers[slot] = values.length;
  }

  /** The slot of the value for these bytes, or the free one where it would be put; NO_SLOT where none may be. */
  private slotOf(thing: number, bytes: Uint8Array): number {
    const [starts, places, numbers, untold] = [this.starts, this.places, this.numbers, this.untold];
    const end = starts[thing + 1]!;
    let hash = Math.imul(thing + 1, SPREAD);
    for (let index = starts[thing]!; index < end; index++) {
      const byte = bytes[places[index]!]!;
      if (byte === untold) return NO_SLOT;
      hash = Math.imul(hash ^ byte, SPREAD);
    }
    let slot = hash >>> this.shift;
    while (numbers[slot] !== 0 && !this.isFor(numbers[slot]! - 1, thing, bytes)) {
      slot = (slot + 1) & (numbers.length - 1);
    }
    return slot;
  }

  private isFor(number: number, thing: number, bytes: Uint8Array): boolean {
    const [starts, places, keys] = [this.starts, this.places, this.keys];
    const end = starts[thing + 1]!;
    let at = number * this.width;
    if (keys[at++] !== (thing & 0xff) || keys[at++] !== thing >>> 8) return false;
    for (let index = starts[thing]!; index < end; index++) {
      if (keys[at++] !== bytes[places[index]!]) return false;
    }
    return true;
  }
}

const BYTES_OF_THING = 2;
const NO_BYTE = 256;
const NO_SLOT = -1;
/** Spreads keys that follow each other evenly (Fibonacci hashing). */
const SPREAD = 0x9e3779b1;
