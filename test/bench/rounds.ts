/** One thing measured: `run` does it for the residents from `first` on, `count` of them. */
export interface Contender {
  readonly name: string;
  /** How many residents a round takes: what is slow takes fewer. */
  readonly perRound: number;
  run(first: number, count: number): void | Promise<void>;
}

export interface Timing {
  readonly name: string;
  /**
   * Microseconds of processor time a resident, of all threads: the median of the rounds, and the least and the most of
   * them. Not time by the clock, which on a machine with other work tells how much of that there is.
   */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Times contenders against each other: in every round each has its turn, so that what else the machine is doing falls on
 * all of them, and the median of the rounds is taken. The first round warms up and does not count.
 */
export async function timeRounds(
  contenders: readonly Contender[],
  rounds: number,
  population: number,
): Promise<Timing[]> {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { perRound, run }] of contenders.entries()) {
      const count = Math.min(perRound, population);
      const first = (round * count) % (population - count + 1);
      const start = process.cpuUsage();
      await run(first, count);
      const { user, system } = process.cpuUsage(start);
      if (round > 0) times[index]!.push((user + system) / count);
    }
  }
  return contenders.map(({ name }, index) => {
    const sorted = times[index]!.sort((a, b) => a - b);
    return { name, median: medianOf(sorted), least: sorted[0]!, most: sorted.at(-1)! };
  });
}

/** The median of numbers in order. */
export function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
