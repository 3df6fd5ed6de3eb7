import { policyKeys } from '../../shared/stores/dynamodb/policy-items.ts';
import type { Finding } from './finding.ts';
import { absentKeys, type RestoredTable, scanTable } from './restored-table.ts';

/** Versions of policies that were published since: whoever has their files publishes them again. */
export async function policiesSince({ client, restored, live, changes }: RestoredTable): Promise<Finding[]> {
  const keys = changes
    .filter(({ kind, action }) => kind === 'policy-version' && action === 'inserted')
    .map(({ key }) => key!);
  if (live !== null) {
    for await (const { pk, sk, type } of scanTable(client, live)) {
      if (type === 'policy-version') keys.push({ pk: String(pk), sk: String(sk) });
    }
  }
  const prefix = policyKeys.version('', '');
  return (await absentKeys(client, restored, keys)).map(({ pk, sk }) => ({
    kind: 'BY HAND',
    text: `${pk.slice(prefix.pk.length)} ${sk.slice(prefix.sk.length)} was published since: publish it again (npm run policy -- publish)`,
  }));
}
