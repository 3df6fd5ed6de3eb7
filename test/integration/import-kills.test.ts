import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededChooser } from '../support/chooser.ts';
import { importUnderKills } from '../support/import-kills/import-under-kills.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-kills-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an import that is killed and run again', () => {
  it('has stored every event once, and reports every rejected line once', async () => {
    const { faults, kills } = await importUnderKills(seededChooser(Date.now()), {
      folder: join(folder, 'round'),
      cache: join(folder, 'cache'),
      residents: 70,
      kills: [3, 1],
      pace: { start: 500, work: 600 },
    });
    expect(faults).toEqual([]);
    expect(kills).toBeGreaterThan(0);
  }, 120_000);
});
