import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';
import { consentItemSchema, consentPrefix } from '../../shared/stores/dynamodb/consent-items.ts';
import { consentWithdrawal } from '../../shared/stores/dynamodb/consent-writes.ts';
import type { Finding } from './finding.ts';
import { absentKeys, getItem, type RestoredTable, scanTable } from './restored-table.ts';

interface Withdrawal {
  readonly pk: string;
  readonly sk: string;
  /** RFC 3339, UTC; to the second where only the audit knows. */
  readonly at: string;
}

/**
 * What was decided, consented to and withdrawn since. Consents that were withdrawn are withdrawn again: the live table knows, and so does
 * the audit, for a consent is changed by its withdrawal alone. Decisions and consents that were made since are lost.
 */
export async function decisionsSince(table: RestoredTable): Promise<Finding[]> {
  return [...(await withdrawalFindings(table)), ...(await lostFindings(table))];
}

async function withdrawalFindings({ client, restored, live, changes }: RestoredTable): Promise<Finding[]> {
  const known = new Map<string, Withdrawal>();
  for (const { kind, action, by, key, occurredAt } of changes) {
    if (kind !== 'consent' || action !== 'modified' || by !== 'request') continue;
    known.set(`${key!.pk} ${key!.sk}`, { ...key!, at: occurredAt });
  }
  if (live !== null) {
    const consents = scanTable(client, live, {
      FilterExpression: 'begins_with(sk, :consent)',
      ExpressionAttributeValues: { ':consent': consentPrefix },
    });
    for await (const item of consents) {
      const { pk, sk, withdrawnAt } = consentItemSchema.parse(item);
      // Its own word is more exact than the audit's.
      if (withdrawnAt !== null) known.set(`${pk} ${sk}`, { pk, sk, at: withdrawnAt });
    }
  }
  const findings: Finding[] = [];
  for (const withdrawal of known.values()) {
    const kept = await getItem(client, restored, withdrawal);
    // Given and withdrawn since: it is gone, and needs no end.
    if (kept === undefined || consentItemSchema.parse(kept).withdrawnAt !== null) continue;
    findings.push({
      kind: 'WITHDRAWAL',
      text: `${withdrawal.sk.slice(consentPrefix.length)} was withdrawn at ${withdrawal.at} and holds again`,
      apply: () => withdraw(client, restored, withdrawal),
    });
  }
  return findings;
}

/** As the store of consents does it, without the resident's key: nothing of what is sealed changes. */
async function withdraw(
  client: RestoredTable['client'],
  table: string,
  { pk, sk, at }: Withdrawal,
): Promise<void> {
  try {
    await client.send(new UpdateCommand(consentWithdrawal(table, { pk, sk }, at)));
  } catch (error) {
    // Somebody withdrew it meanwhile.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

const lostKinds = [
  ['decision', 'decisions made since', 'The audit still says who looked, and when'],
  ['consent', 'consents given since', 'Whoever gave them has to give them again'],
  ['review', 'requests for review made since', 'Have them made again'],
] as const;

async function lostFindings({ client, restored, changes }: RestoredTable): Promise<Finding[]> {
  const findings: Finding[] = [];
  const lost = (text: string) => findings.push({ kind: 'LOST', text });
  const keysOf = (kind: string, action: ChangeEntry['action']) =>
    changes.filter((change) => change.kind === kind && change.action === action).map(({ key }) => key!);
  const expired = new Set(
    changes.filter(({ action }) => action === 'removed').map(({ key }) => `${key?.pk} ${key?.sk}`),
  );
  for (const [kind, what, then] of lostKinds) {
    const absent = await absentKeys(client, restored, keysOf(kind, 'inserted'));
    const count = absent.filter(({ pk, sk }) => !expired.has(`${pk} ${sk}`)).length;
    if (count > 0) lost(`${what}: ${count}. ${then}`);
  }
  const moved = new Set(keysOf('review', 'modified').map(({ pk }) => pk));
  if (moved.size > 0) {
    lost(
      `requests for review that moved on since: ${moved.size}. They stand as they stood; clerks go on from there`,
    );
  }
  return findings;
}
