import { describe, expect, it } from 'vitest';
import { tamperingRound } from '../support/audit-anchoring/tampering-rounds.ts';
import { seededChooser } from '../support/chooser.ts';

const wanted = Number(process.env.AUDIT_TAMPERINGS ?? 10_000);
const seed = Number(process.env.AUDIT_TAMPERINGS_SEED ?? Date.now() % 1_000_000);
const MINUTES = 60_000;

describe('tampering with an audit', () => {
  it(
    `is found at the first entry it shows in, each of ${wanted} times, without a false alarm (seed ${seed})`,
    async () => {
      const started = performance.now();
      const faults: string[] = [];
      let logs = 0;
      let tried = 0;
      for (; tried < wanted; logs++) {
        const chooser = seededChooser(seed + logs);
        const round = await tamperingRound((bound) => chooser.int(0, bound - 1));
        tried += round.tried;
        for (const fault of round.faults) faults.push(`log ${logs} (seed ${seed}): ${fault}`);
      }
      const seconds = (performance.now() - started) / 1_000;
      console.log(
        `audit tampering: ${tried} tamperings with ${logs} logs in ${seconds.toFixed(0)} s: ${faults.length} faults`,
      );
      expect(tried).toBeGreaterThanOrEqual(wanted);
      expect(faults).toEqual([]);
    },
    60 * MINUTES,
  );
});
