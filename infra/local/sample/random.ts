/** Seeds there are: whole numbers of 32 bits. */
export const LAST_SEED = 0xffff_ffff;

/**
 * Choices that are the same for the same seed on every machine (mulberry32). Each stream of a seed is a sequence of
 * its own, so that what is drawn for one household never shifts what is drawn for the next.
 */
export class Random {
  private state: number;

  constructor(seed: number, stream: number) {
    this.state = scrambled(scrambled(seed) ^ Math.imul(stream + 1, 0x9e37_79b1));
  }

  /** A whole number from `min` to `max`, both included; `min` where there is nothing between them. */
  int(min: number, max: number): number {
    const choice = this.next();
    return max <= min ? min : min + Math.floor(choice * (max - min + 1));
  }

  /** True in `percent` of 100 choices, which may be a fraction. */
  chance(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.int(0, values.length - 1)] as T;
  }

  /** One of `choices`, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return choices.at(-1)![0];
  }

  private next(): number {
    this.state = (this.state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** Seeds and streams are small numbers beside each other; their sequences must have nothing in common. */
function scrambled(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
