import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
  /** Kills after the run had got further than the one before it, as far as it was written down. */
  readonly afterCheckpoint: number;
  readonly faults: readonly string[];
}

export interface KillOptions {
  readonly folder: string;
  /** Compiled modules, kept for all runs. */
  readonly cache: string;
  readonly residents: number;
  /** How many kills while the file is imported, and while it is imported once more. */
  readonly kills: readonly [first: number, again: number];
  readonly pace: Pace;
}

/** How long, in milliseconds, a start takes, and how long after that a run is killed at the latest. Adapts itself. */
export interface Pace {
  start: number;
  work: number;
}

/**
 * Imports a file into an empty register, killed again and again, until it is done; then once more, when nothing but
 * duplicates is left, killed as well. After each all must be there once, and the report right.
 */
export async function importUnderKills(
  chooser: Chooser,
  { folder, cache, residents, kills, pace }: KillOptions,
): Promise<KillFigures> {
  await mkdir(folder, { recursive: true });
  const file = await writeImportFile(join(folder, 'events.ndjson'), chooser, { residents, refused: 12 });
  const total = { imports: 0, kills: 0, databaseKills: 0, afterCheckpoint: 0 };
  const faults: string[] = [];
  for (const [phase, most] of kills.entries()) {
    const again = phase === 1;
    const outcome = await finishUnderKills(chooser, { file, folder, cache, most, pace });
    total.imports++;
    total.kills += outcome.kills;
    total.databaseKills += outcome.databaseKills;
    total.afterCheckpoint += outcome.afterCheckpoint;
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
    pace,
  }: { file: ImportFile; folder: string; cache: string; most: number; pace: Pace },
) {
  const data = join(folder, 'data');
  const outcome = { kills: 0, databaseKills: 0, afterCheckpoint: 0, faults: [] as string[], output: '' };
  for (;;) {
    const run = new ImportRun(file, data, join(folder, 'rejected.ndjson'), cache);
    if (outcome.kills < most) {
      const checkpoint = checkpointIn(data);
      await moment(chooser, run, pace);
      const database = chance(chooser, 50) ? pick(chooser, ['first', 'last'] as const) : 'spared';
      if (run.kill(database)) {
        await run.exited;
        outcome.kills++;
        if (database !== 'spared') outcome.databaseKills++;
        const moved = checkpointIn(data) !== checkpoint;
        if (moved) outcome.afterCheckpoint++;
        // A busy machine gets no further before it is killed; an idle one is done before.
        else pace.work = Math.min(10_000, pace.work * 1.15);
        continue;
      }
      pace.work *= 0.8;
    }
    const code = await run.exited;
    outcome.output = run.output;
    // 2: some lines were rejected, as they must be.
    if (code === 2) return outcome;
    outcome.faults.push(`ended with ${code} after ${outcome.kills} kills: ${run.output.trim().slice(-500)}`);
    if (outcome.faults.length >= 3) return outcome;
  }
}

/** Resolves at any moment of a run: in one case of five of its start, else of its work. */
async function moment(chooser: Chooser, run: ImportRun, pace: Pace): Promise<void> {
  if (chance(chooser, 20)) {
    await wait(chooser.int(0, Math.round(pace.start)));
    return;
  }
  const begun = performance.now();
  await run.databaseStarted();
  pace.start = performance.now() - begun;
  await wait(chooser.int(0, Math.round(pace.work)));
}

/** What is written down of how far an import came; null: nothing. */
function checkpointIn(data: string): string | null {
  const directory = join(data, 'imports');
  if (!existsSync(directory)) return null;
  // Drafts have the number of their process at the end.
  const [name] = readdirSync(directory).filter((file) => file.endsWith('.json'));
  return name === undefined ? null : readFileSync(join(directory, name), 'utf8');
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
