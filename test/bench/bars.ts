import { PRODUCT } from './contenders.ts';
import { PEERS } from './peers/peer.ts';
import type { Timing } from './rounds.ts';

/** What the product promises, and whether this run bears it out. */
export interface Bar {
  readonly text: string;
  /** How many times as fast, or microseconds. */
  readonly measured: number;
  readonly bound: number;
  readonly passed: boolean;
}

/** `wait`: microseconds within which half of all residents have their answer, JSON in to JSON out. */
export function checkBars(timings: readonly Timing[], wait: number): Bar[] {
  const median = (name: string): number => {
    const timing = timings.find((each) => each.name === name);
    if (timing === undefined) throw new Error(`the bench did not measure ${name}`);
    return timing.median;
  };
  const faster = (what: string, bound: number, product: string, peer: string): Bar => {
    const measured = median(peer) / median(product);
    return {
      text: `${what}: at least ${bound} times as fast as ${peer}`,
      measured,
      bound,
      passed: measured >= bound,
    };
  };
  return [
    ...PEERS.map((peer) => faster('outcomes of the whole policy', 100, PRODUCT.derived, `${peer}, outcomes`)),
    ...PEERS.map((peer) => faster('the reasons of every condition', 50, PRODUCT.reasons, `${peer}, trace`)),
    {
      text: 'JSON in to JSON out from raw histories: at most 150 µs by the clock for half of all residents',
      measured: wait,
      bound: 150,
      passed: wait <= 150,
    },
  ];
}
