import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Chooser, chance, pick } from '../chooser.ts';
import { faultsOfImport, faultsOfReport } from './faults-of-import.ts';
import { type ImportFile, writeImportFile } from './import-file.ts';
import { ImportRun } from './import-run.ts';

export interface KillFigures {
  readonly imports: number;
  readonly kills: number;
  readonly databaseKills: number;
  /** Kills before anything was done for good: in the start, or within the first step. */
  readonly withoutCheckpoint: number;
  readonly faults: readonly string[];
}

export interface KillOptions {
  readonly folder: string;
  /** Compiled modules, kept for all runs. */
  readonly cache: string;
  readonly residents: number;
  /** How many kills while the file is imported, and while it is imported once more. */
  readonly kills: readonly [first: number, again: number];
  /** How many milliseconds after the start of its database a run is killed at the latest. */
  readonly within: number;
}

/**
 * Imports a file into an empty register, killed again and again, until it is done; then once more, when nothing but
 * duplicates is left, killed as well. After each all must be there once, and the report right.
 */
export async function importUnderKills(
  chooser: Chooser,
  { folder, cache, residents, kills, within }: KillOptions,
): Promise<KillFigures> {
  await mkdir(folder, { recursive: true });
  const file = await writeImportFile(join(folder, 'events.ndjson'), chooser, { residents, refused: 12 });
  const total = { imports: 0, kills: 0, databaseKills: 0, withoutCheckpoint: 0 };
  const faults: string[] = [];
  for (const [phase, most] of kills.entries()) {
    const again = phase === 1;
    const outcome = await finishUnderKills(chooser, { file, folder, cache, most, within });
    total.imports++;
    total.kills += outcome.kills;
    total.databaseKills += outcome.databaseKills;
    total.withoutCheckpoint += outcome.withoutCheckpoint;
    const found = [
      ...outcome.faults,
      ...faultsOfSummary(file, outcome.output, again),
      ...faultsOfReport(file, join(folder, 'rejected.ndjson')),
      ...(await faultsOfImport(file, join(folder, 'data'))),
    ];
    faults.push(...found.map((fault) => `${again ? 'again' : 'first'}: ${fault}`));
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  return { ...total, faults };
}

async function finishUnderKills(
  chooser: Chooser,
  {
    file,
    folder,
    cache,
    most,
    within,
  }: { file: ImportFile; folder: string; cache: string; most: number; within: number },
) {
  const data = join(folder, 'data');
  const outcome = { kills: 0, databaseKills: 0, withoutCheckpoint: 0, faults: [] as string[], output: '' };
  let startTime = 500;
  for (;;) {
    const run = new ImportRun(file, data, join(folder, 'rejected.ndjson'), cache);
    if (outcome.kills < most) {
      const begun = performance.now();
      if (chance(chooser, 20)) await wait(chooser.int(0, startTime));
      else {
        await run.databaseStarted();
        startTime = Math.round(performance.now() - begun);
        await wait(chooser.int(0, within));
      }
      const database = chance(chooser, 50) ? pick(chooser, ['first', 'last'] as const) : 'spared';
      if (run.kill(database)) {
        outcome.kills++;
        if (database !== 'spared') outcome.databaseKills++;
        if (!existsSync(join(data, 'imports'))) outcome.withoutCheckpoint++;
        await run.exited;
        continue;
      }
    }
    const code = await run.exited;
    outcome.output = run.output;
    // 2: some lines were rejected, as they must be.
    if (code === 2) return outcome;
    outcome.faults.push(`ended with ${code} after ${outcome.kills} kills: ${run.output.trim().slice(-500)}`);
    if (outcome.faults.length >= 3) return outcome;
  }
}

/** What is counted adds up to the file: what a killed run stored and did not count is there already. */
function faultsOfSummary(file: ImportFile, output: string, again: boolean): string[] {
  const summary = /^([\d,]+) lines: ([\d,]+) applied, ([\d,]+) there already, ([\d,]+) rejected$/m.exec(
    output,
  );
  const [lines, applied, there, rejected] = (summary ?? [])
    .slice(1)
    .map((count) => Number(count.replaceAll(',', '')));
  const right =
    lines === file.lines &&
    rejected === file.rejected.length &&
    applied! + there! === file.events + file.repeated &&
    (again ? applied === 0 : there! >= file.repeated);
  return right ? [] : [`the summary is another: ${summary?.[0] ?? 'none'}`];
}
