import cliProgress from 'cli-progress';
import type { Checkpoint } from './checkpoint.ts';

export interface Progress {
  update(done: Checkpoint): void;
  stop(): void;
}

/** How often a line is written where there is no terminal to draw on. */
const LINE_EVERY_MILLISECONDS = 10_000;

/**
 * Shows how far an import has come, on standard error: a bar on a terminal, a line now and then elsewhere.
 *
 * @param bytes of the whole file; null: not known.
 * @param bytesRead so far.
 */
export function showProgress(bytes: number | null, bytesRead: () => number): Progress {
  return process.stderr.isTTY && bytes !== null ? bar(bytes, bytesRead) : lines();
}

function bar(bytes: number, bytesRead: () => number): Progress {
  const drawn = new cliProgress.SingleBar({
    format:
      '{bar} {percentage}%  line {line}  {applied} applied  {duplicate} there already  {rejected} rejected  {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  drawn.start(Math.max(bytes, 1), 0, { line: 0, applied: 0, duplicate: 0, rejected: 0 });
  return {
    update: (done) => drawn.update(Math.min(bytesRead(), bytes), done),
    stop: () => drawn.stop(),
  };
}

function lines(): Progress {
  let last = performance.now();
  return {
    update({ line, applied, duplicate, rejected }) {
      if (performance.now() - last < LINE_EVERY_MILLISECONDS) return;
      last = performance.now();
      console.error(`line ${line}: ${applied} applied, ${duplicate} there already, ${rejected} rejected`);
    },
    stop() {},
  };
}
