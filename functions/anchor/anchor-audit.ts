import type { Context } from 'aws-lambda';
import { anchorAge } from '../../shared/domain/audit/anchor-watch.ts';
import { type SealDependencies, sealAudit } from '../../shared/domain/audit/seal-audit.ts';
import { namesOf, placesOf } from '../../shared/observability/describe-error.ts';
import type { Log } from '../../shared/observability/log.ts';
import type { AnchorMeasures } from '../../shared/observability/measures.ts';

export interface AnchorAudit extends Omit<SealDependencies, 'hasTime' | 'onDifference'> {
  readonly log: Log;
  readonly measures: AnchorMeasures;
}

export type AnchorHandler = (
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<void>;

/** Kept back from the function's time: a segment that was begun takes a while. */
const timeForOneSegment = 60_000;

/**
 * The handler of the schedule: seals what is over, and says how old the newest root is, also when it failed. What it did
 * not finish the next run does.
 */
export function anchorAudit({ log, measures, ...dependencies }: AnchorAudit): AnchorHandler {
  return async (_, context) => {
    try {
      const roots = await sealAudit({
        ...dependencies,
        hasTime: () => context.getRemainingTimeInMillis() > timeForOneSegment,
        onDifference: (sequence) => log.write('rootDiffers', { sequence }),
      });
      log.write('auditAnchored', { roots });
    } catch (error) {
      log.write('auditNotAnchored', { errorName: namesOf(error), stack: placesOf(error) });
      throw error;
    } finally {
      await measureAge(dependencies, measures);
    }
  };
}

/** Where even that cannot be read, the alarm goes off for want of a measure. */
async function measureAge(
  { anchors, now }: Pick<SealDependencies, 'anchors' | 'now'>,
  measures: AnchorMeasures,
) {
  const anchor = await anchors.read().catch(() => null);
  if (anchor === null) return;
  measures.recordAnchorAge(Math.round(anchorAge(anchor, now()) / 1_000));
  measures.publish();
}
