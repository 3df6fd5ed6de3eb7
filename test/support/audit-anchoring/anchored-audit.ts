import type { StoredItem } from '../../../shared/domain/audit/audit-chain.ts';
import type { AuditVerification } from '../../../shared/domain/audit/audit-damage.ts';
import { segmentMilliseconds } from '../../../shared/domain/audit/audit-root.ts';
import { ItemsByPartition } from '../../../shared/domain/audit/items-by-partition.ts';
import { graceMilliseconds, sealAudit } from '../../../shared/domain/audit/seal-audit.ts';
import { verifyAudit } from '../../../shared/domain/audit/verify-audit.ts';
import { auditShards } from '../../../shared/stores/dynamodb/audit-items.ts';
import { MemoryAnchorStore } from './memory-anchor-store.ts';
import { memoryRootSigner } from './memory-root-signer.ts';
import { MemoryRootStore } from './memory-root-store.ts';

/** When the anchoring of sample audits begins. */
export const sampleBeginning = '2024-06-01T08:00:00.000Z';

/** An audit and its roots, in memory. */
export interface AnchoredAudit {
  readonly items: readonly StoredItem[];
  readonly roots: MemoryRootStore;
  readonly anchors: MemoryAnchorStore;
  readonly signer: ReturnType<typeof memoryRootSigner>;
}

const signer = memoryRootSigner();

/** The audit of these items, anchored by the product's own sealer for so many segments from {@link sampleBeginning} on. */
export async function anchoredAudit(items: readonly StoredItem[], segments: number): Promise<AnchoredAudit> {
  const roots = new MemoryRootStore();
  const anchors = new MemoryAnchorStore({ beganAt: sampleBeginning, last: null });
  const now = Date.parse(sampleBeginning) + segments * segmentMilliseconds + graceMilliseconds;
  const partitions = new ItemsByPartition(items);
  await sealAudit({ partitions, roots, signer, anchors, shards: auditShards, now: () => now });
  return { items, roots, anchors, signer };
}

/** Verifies it, with other items than were anchored if so given. */
export function verified(
  { items, roots, anchors, signer: { trusted } }: AnchoredAudit,
  standing: readonly StoredItem[] = items,
): Promise<AuditVerification> {
  return verifyAudit({
    copies: roots,
    keys: trusted,
    partitions: new ItemsByPartition(standing),
    noted: anchors.anchor?.last ?? null,
    from: null,
    until: new Date(Date.parse(sampleBeginning) + 24 * 3_600_000).toISOString(),
  });
}
