import { DynamoPartnerStore } from '../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { keyItemSchema, ownerItemSchema } from '../../shared/stores/dynamodb/partner-items.ts';
import { termsItemSchema } from '../../shared/stores/dynamodb/partner-usage-items.ts';
import type { Finding } from './finding.ts';
import { getItem, type RestoredTable, scanTable } from './restored-table.ts';

/**
 * What became of third parties, feeds and their keys since. Their table has no stream, so the live table alone knows. Keys
 * that were revoked are revoked again. Rights that were given since are named and not given: a table that has to be replaced is no
 * ground to let somebody in.
 */
export async function partnersSince({ client, restored, live }: RestoredTable): Promise<Finding[]> {
  if (live === null) {
    return [
      {
        kind: 'BY HAND',
        text: 'which keys were revoked since cannot be known without the live table: revoke those of the log (PE1004), and those that operators say they revoked (npm run partner -- revoke)',
      },
    ];
  }
  const store = new DynamoPartnerStore(client, restored);
  const findings: Finding[] = [];
  for await (const item of scanTable(client, live)) {
    if (item.type === 'api-key') findings.push(...(await keyFindings(item, store)));
    if (item.type === 'key-owner') {
      const { kind, id } = ownerItemSchema.parse(item);
      if ((await store.findOwner({ kind, id })) === null) {
        findings.push(
          byHand(`${kind} ${id} was made since: make it again (npm run partner -- create ${kind})`),
        );
      }
    }
    if (item.type === 'partner-terms') {
      const { pk, sk, setAt } = termsItemSchema.parse(item);
      const kept = await getItem(client, restored, { pk, sk });
      if (kept === undefined || String(kept.setAt) < setAt) {
        const id = pk.slice('PARTNER#'.length);
        findings.push(byHand(`the terms of partner ${id} were set at ${setAt}, after that: set them again`));
      }
    }
  }
  return findings;
}

async function keyFindings(item: Record<string, unknown>, store: DynamoPartnerStore): Promise<Finding[]> {
  const { id, ownerKind, ownerId, revokedAt } = keyItemSchema.parse(item);
  const kept = await store.findKey(id);
  const whose = `${id} of ${ownerKind} ${ownerId}`;
  if (kept === null) {
    // One that was made and revoked since is as good as one that never was.
    return revokedAt === null ? [byHand(`${whose} was made since and is unknown: make another one`)] : [];
  }
  if (revokedAt === null || kept.revokedAt !== null) return [];
  return [
    {
      kind: 'REVOCATION',
      text: `${whose} was revoked at ${revokedAt} and is good again`,
      apply: async () => {
        await store.revokeKey(id, revokedAt);
      },
    },
  ];
}

function byHand(text: string): Finding {
  return { kind: 'BY HAND', text };
}
