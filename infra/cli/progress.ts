import cliProgress from 'cli-progress';

/** How far something has come. */
export interface ProgressCounts {
  readonly applied: number;
  readonly duplicate: number;
  readonly rejected: number;
}

export interface Progress {
  update(counts: ProgressCounts): void;
  stop(): void;
}

export interface ProgressOptions {
  /** How much there is in all; null: not known. */
  readonly of: number | null;
  /** What is counted. */
  readonly unit: string;
  /** How much of it is done. */
  now(): number;
}

/** How often a line is written where there is no terminal to draw on. */
const lineEveryMilliseconds = 10_000;

/** Shows how far a command has come, on standard error: a bar on a terminal, a line now and then elsewhere. */
export function showProgress({ of, unit, now }: ProgressOptions): Progress {
  return process.stderr.isTTY && of !== null ? bar(of, now) : lines(unit, now);
}

function bar(of: number, now: () => number): Progress {
  const drawn = new cliProgress.SingleBar({
    format:
      '{bar} {percentage}%  {applied} applied  {duplicate} there already  {rejected} rejected  {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  drawn.start(Math.max(of, 1), 0, { applied: 0, duplicate: 0, rejected: 0 });
  return {
    update: (counts) => drawn.update(Math.min(now(), of), counts),
    stop: () => drawn.stop(),
  };
}

function lines(unit: string, now: () => number): Progress {
  let last = performance.now();
  return {
    update({ applied, duplicate, rejected }) {
      if (performance.now() - last < lineEveryMilliseconds) return;
      last = performance.now();
      console.error(`${now()} ${unit}: ${applied} applied, ${duplicate} there already, ${rejected} rejected`);
    },
    stop() {},
  };
}
