import { setTimeout as wait } from 'node:timers/promises';
import type { Dependency, Outcome } from './dependencies.ts';
import type { FaultName } from './fault-proxy.ts';

export interface Cell {
  readonly dependency: string;
  readonly fault: FaultName;
  /** What came of each time it was asked during the fault. */
  readonly outcomes: readonly Outcome[];
  readonly slowestMilliseconds: number;
  /** From the end of the fault to the first right answer. */
  readonly recoveryMilliseconds: number;
}

const longestRecovery = 30_000;

/**
 * Asks a dependency while it goes wrong, and again until it is well.
 *
 * @param times how often it is asked during the fault.
 * @throws when an answer is wrong, also before and after the fault, or when none is right for 30 s after it.
 */
export async function runCell(dependency: Dependency, fault: FaultName, times: number): Promise<Cell> {
  const meeting = await dependency.meet();
  try {
    if (dependency.faults[fault] !== 'unavailable') await untilRight(meeting.ask);
    meeting.setFault(fault);
    const outcomes: Outcome[] = [];
    let slowestMilliseconds = 0;
    for (let time = 0; time < times; time++) {
      const started = performance.now();
      outcomes.push(await meeting.ask());
      slowestMilliseconds = Math.max(slowestMilliseconds, performance.now() - started);
    }
    meeting.setFault(null);
    const recoveryMilliseconds = await untilRight(meeting.ask);
    await meeting.settle?.();
    return { dependency: dependency.name, fault, outcomes, slowestMilliseconds, recoveryMilliseconds };
  } finally {
    meeting.stop();
  }
}

/** How many milliseconds it took. */
async function untilRight(ask: () => Promise<Outcome>): Promise<number> {
  const started = performance.now();
  while ((await ask()) !== 'right') {
    if (performance.now() - started > longestRecovery) throw new Error('It does not recover.');
    await wait(50);
  }
  return performance.now() - started;
}
