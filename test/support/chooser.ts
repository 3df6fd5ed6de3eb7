import * as fc from 'fast-check';

/** Where generated residents take their choices from: a seed (the same residents everywhere) or fast-check (shrinks). */
export interface Chooser {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
}

/** mulberry32: small, fast, the same on every machine. */
export function seededChooser(seed: number): Chooser {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { int: (min, max) => min + Math.floor(next() * (max - min + 1)) };
}

/** What `generate` makes, as an arbitrary of fast-check. */
export function arbitraryOf<T>(generate: (chooser: Chooser) => T): fc.Arbitrary<T> {
  return fc.gen().map((draw) => generate({ int: (min, max) => draw(integerBetween(min, max)) }));
}

const integers = new Map<string, () => fc.Arbitrary<number>>();

/** One function for each range: fast-check finds again what it drew from by going through all it was given with a function. */
function integerBetween(min: number, max: number): () => fc.Arbitrary<number> {
  const range = `${min} ${max}`;
  const known = integers.get(range) ?? (() => fc.integer({ min, max }));
  integers.set(range, known);
  return known;
}

export const pick = <T>(chooser: Chooser, values: readonly T[]): T =>
  values[chooser.int(0, values.length - 1)] as T;

/** True in `percent` of 100 choices. */
export const chance = (chooser: Chooser, percent: number) => chooser.int(1, 100) <= percent;

export function shuffled<T>(chooser: Chooser, values: readonly T[]): T[] {
  const result = [...values];
  for (let last = result.length - 1; last > 0; last--) {
    const other = chooser.int(0, last);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** A copy without some of the optional fields: each is left out in `percent` of 100 choices. */
export function withOmissions<T extends object>(chooser: Chooser, value: T, percent: number): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(() => !chance(chooser, percent))) as Partial<T>;
}
