import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { AnchorHandler } from '../../functions/anchor/anchor-audit.ts';
import { anchorSchedule } from '../anchor-schedule.ts';
import type { FunctionBundle } from '../bundling.ts';
import { lambdaContext } from './gateway/function-instances.ts';

export interface AnchorInterval {
  /** Resolves when the first run is over, however it ended, or has made its first roots. */
  readonly begun: Promise<void>;
  /** Begins no further run, and waits for the one under way. */
  stop(): Promise<void>;
}

/** A platform that was off for weeks has thousands of segments to seal; its first root takes a fraction of this. */
const beginningMilliseconds = 2_000;
const timeoutMilliseconds = anchorSchedule.functionTimeoutSeconds * 1_000;

/**
 * Calls the real bundle of the anchor function at once and then as often as AWS's schedule does, in this process. The variables
 * it reads, and those of the SDK, must be set.
 */
export async function anchorByInterval(
  bundles: readonly FunctionBundle[],
  onError: (error: unknown) => void,
): Promise<AnchorInterval> {
  const bundle = bundles.find(({ name }) => name === 'anchor');
  if (bundle === undefined) throw new Error('functions/anchor has no handler.ts.');
  const { handler } = (await import(pathToFileURL(bundle.file).href)) as { handler: AnchorHandler };
  const ending = new AbortController();
  const run = async () => {
    const context = lambdaContext('anchor', randomUUID(), timeoutMilliseconds);
    // Told to stop, it has no time for another segment.
    const getRemainingTimeInMillis = () => (ending.signal.aborted ? 0 : context.getRemainingTimeInMillis());
    await handler({}, { getRemainingTimeInMillis }).catch(onError);
  };
  let running = run();
  const begun = Promise.race([running, wait(beginningMilliseconds, undefined, { ref: false })]);
  const timer = setInterval(() => {
    running = running.then(run);
  }, anchorSchedule.everyMinutes * 60_000);
  return {
    begun,
    stop() {
      ending.abort();
      clearInterval(timer);
      return running;
    },
  };
}
