import type { StoredItem } from '../../../shared/domain/audit/audit-chain.ts';
import { segmentMilliseconds } from '../../../shared/domain/audit/audit-root.ts';
import { anchoredAudit, sampleBeginning, verified } from './anchored-audit.ts';
import { storedEntry } from './stored-entry.ts';
import { type Pick, tamper, tamperings } from './tamper.ts';

/** A log of entries spread over some segments, a few of them empty, a few entries after the last root. */
export function randomLog(pick: Pick): { items: StoredItem[]; segments: number } {
  const segments = 1 + pick(10);
  const items = Array.from({ length: 1 + pick(60) }, (_, number) => {
    // Some at the very ends of a segment, some at one instant.
    const segment = pick(segments + 1) * segmentMilliseconds;
    const within = [0, segmentMilliseconds - 1, 1_000, pick(segmentMilliseconds)][pick(4)]!;
    const recordedAt = new Date(Date.parse(sampleBeginning) + segment + within).toISOString();
    return storedEntry(number, recordedAt, pick(50));
  });
  return { items, segments };
}

/**
 * Makes a log, anchors it, tampers with it in every way and verifies each.
 *
 * @returns how many were tried, and what was not found as it should have been, or found where nothing was.
 */
export async function tamperingRound(pick: Pick): Promise<{ tried: number; faults: string[] }> {
  const { items, segments } = randomLog(pick);
  const audit = await anchoredAudit(items, segments);
  const faults: string[] = [];
  const untouched = await verified(audit);
  if (untouched.damages.length > 0) faults.push(`a false alarm: ${JSON.stringify(untouched.damages)}`);
  const until = audit.anchors.anchor!.last!.until;
  const anchored = items.filter(({ sk }) => sk < until).length;
  if (untouched.entries !== anchored || untouched.notYetAnchored !== items.length - anchored) {
    faults.push(`counted ${untouched.entries} of ${anchored} anchored entries`);
  }
  let tried = 0;
  if (anchored === 0) return { tried, faults };
  for (const how of tamperings) {
    const tampering = tamper(audit, how, pick);
    if (tampering === null) continue;
    tried++;
    const { damages } = await verified(audit, tampering.standing);
    const found = damages.map((damage) =>
      damage.of === 'entry'
        ? [damage.shard, damage.fault, damage.place.sk, damage.id]
        : ['not of an entry', damage.of],
    );
    const expected = [...tampering.expected].map(([shard, { fault, sk, id }]) => [shard, fault, sk, id]);
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      faults.push(`${how}: found ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
    }
  }
  return { tried, faults };
}
