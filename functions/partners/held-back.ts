/** A clock that never goes back, and how to let time pass on it; milliseconds. */
export interface Pace {
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Answers leave only at whole multiples of this since their request began. */
  readonly floor: number;
}

/**
 * Holds an answer back until a whole multiple of the floor has passed since it was asked for, and what is thrown too: so
 * how long the work took shows in steps only, and not at all while it takes less than one.
 */
export async function heldBack<Answer>(
  { clock, sleep, floor }: Pace,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const began = clock();
  try {
    return await work();
  } finally {
    const due = began + Math.max(1, Math.ceil((clock() - began) / floor)) * floor;
    // A timer may ring a little early.
    for (let left = due - clock(); left > 0; left = due - clock()) await sleep(left);
  }
}
