import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededChooser } from '../support/chooser.ts';
import { importUnderKills, type KillFigures } from '../support/import-kills/import-under-kills.ts';

const kills = Number(process.env.IMPORT_KILLS ?? 1_000);
const seed = Number(process.env.IMPORT_KILLS_SEED ?? Date.now() % 1_000_000);
/** Imports at a time, each with a register of its own: most of a kill's time is one process's start. */
const lanes = 2;
const MINUTES = 60_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-kills-'));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

describe('imports that are killed and run again', () => {
  it(
    `have stored every event once, and reported every rejected line once, after ${kills} kills (seed ${seed})`,
    async () => {
      const started = performance.now();
      const rounds: KillFigures[] = [];
      const sum = (of: keyof Omit<KillFigures, 'faults'>) =>
        rounds.reduce((total, figures) => total + figures[of], 0);
      let begun = 0;
      const lane = async () => {
        const pace = { start: 500, work: 800 };
        while (sum('kills') < kills) {
          const round = begun++;
          const figures = await importUnderKills(seededChooser(seed + round), {
            folder: join(folder, `round-${round}`),
            cache: join(folder, 'cache'),
            residents: 140,
            kills: [20, 10],
            pace,
          });
          rounds.push(figures);
          for (const fault of figures.faults) console.error(`round ${round} (seed ${seed}): ${fault}`);
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
      const seconds = (performance.now() - started) / 1_000;
      const faults = rounds.flatMap((figures) => figures.faults);
      console.log(
        `import kills: ${sum('kills')} kills, ${sum('databaseKills')} of them of the database too, ${sum('afterCheckpoint')} after a checkpoint more, over ${sum('imports')} imports of about 3,000 events in ${seconds.toFixed(0)} s (${(seconds / sum('kills')).toFixed(2)} s a kill): ${faults.length} faults`,
      );
      expect(sum('kills')).toBeGreaterThanOrEqual(kills);
      expect(faults).toEqual([]);
    },
    120 * MINUTES,
  );
});
