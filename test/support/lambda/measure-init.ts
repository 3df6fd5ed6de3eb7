import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPublic } from '../../../infra/bundle/size-limits.ts';
import { bundleFunctions } from '../../../infra/bundling.ts';
import { functionEnvironment } from './function-environment.ts';
import { type LambdaRuntime, startFunction } from './function-process.ts';

/** How many times the start of an empty handler a function's start may take. */
export const initBars = { public: 2, other: 3 } as const;

export interface MeasuredInit {
  readonly name: string;
  /** Loaded before the first request. */
  readonly bytes: number;
  /** Milliseconds from the start of the process until it asks for its first event, of each round, in order. */
  readonly times: readonly number[];
  readonly median: number;
  /** Of the median of an empty handler in the same run. */
  readonly ratio: number;
  readonly bar: number;
  readonly passed: boolean;
}

/**
 * Starts every function and an empty handler, in turns, `rounds` times and once more to warm up the machine's caches.
 *
 * @returns the functions in their order, and before them the empty handler.
 */
export async function measureInit(runtime: LambdaRuntime, rounds: number): Promise<MeasuredInit[]> {
  const folder = await mkdtemp(join(tmpdir(), 'init-'));
  try {
    const empty = await bundleEmpty(join(folder, 'empty'));
    const contenders = [
      empty,
      ...(await bundleFunctions(join(folder, 'functions'))).map(({ name, directory, bytes }) => ({
        name,
        directory,
        bytes,
        bar: initBars[isPublic(name) ? 'public' : 'other'],
        times: [] as number[],
      })),
    ];
    const environment = functionEnvironment(folder);
    for (let round = 0; round <= rounds; round++) {
      for (const { directory, times } of contenders) {
        const started = await startFunction(runtime, directory, environment);
        await started.stop();
        if (round > 0) times.push(started.initMilliseconds);
      }
    }
    const unit = median(empty.times);
    return contenders.map(({ name, bytes, bar, times }) => {
      const ratio = median(times) / unit;
      return { name, bytes, times, median: median(times), ratio, bar, passed: ratio <= bar };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundleEmpty(directory: string) {
  const text = 'export const handler = async () => ({});\n';
  await mkdir(directory);
  await writeFile(join(directory, 'handler.mjs'), text);
  return { name: 'an empty handler', directory, bytes: text.length, bar: 1, times: [] as number[] };
}

function median(of: readonly number[]): number {
  const sorted = of.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
