import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { indexKeys } from '../../shared/stores/dynamodb/index-key-items.ts';
import { itemsOfPages } from '../../shared/stores/dynamodb/items-of-pages.ts';
import type { ResidentEraser } from '../../shared/stores/dynamodb/resident-eraser.ts';
import { residentKeys } from '../../shared/stores/dynamodb/resident-items.ts';
import type { Finding } from './finding.ts';
import { absentKeys, getItem, type RestoredTable } from './restored-table.ts';

/**
 * What happened to residents since: who was erased is erased again, from the list of the live table and from the audit, which knows
 * of every key that was removed. Events have to come from their bureaus again.
 *
 * @param eraser of the restored table.
 */
export async function residentsSince(table: RestoredTable, eraser: ResidentEraser): Promise<Finding[]> {
  const erased = await erasedSince(table);
  return [
    ...(await erasures(table, erased, eraser)),
    ...(await indexKeyFindings(table)),
    ...(await eventFindings(table, erased)),
  ];
}

/** Ids, sorted: by the live table's own word, and by the audit's. */
async function erasedSince({ client, live, changes }: RestoredTable): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  if (live !== null) for await (const id of sortKeys(client, live, 'ERASED')) ids.add(id);
  for (const { kind, action, key } of changes) {
    if (kind === 'erased-resident' && action !== 'removed') ids.add(key!.sk);
    if (kind === 'resident-key' && action === 'removed') ids.add(key!.pk.slice('KEY#'.length));
  }
  return new Set([...ids].sort());
}

async function erasures(
  { client, restored }: RestoredTable,
  erased: ReadonlySet<string>,
  eraser: ResidentEraser,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const id of erased) {
    const [key, listed, unfinished] = await Promise.all(
      [residentKeys.key(id), residentKeys.erased(id), residentKeys.erasing(id)].map((place) =>
        getItem(client, restored, place),
      ),
    );
    const remains = await hasItems(client, restored, residentKeys.collection(id));
    const isBack = key !== undefined || remains;
    if (!isBack && listed !== undefined && unfinished === undefined) continue;
    const text = isBack ? `${id} was erased and is back` : `${id} is not on the list of the erased`;
    findings.push({
      kind: 'ERASURE',
      text,
      apply: async () => {
        await eraser.eraseById(id);
      },
    });
  }
  return findings;
}

/** Whoever has seen the old key can look people up in a table that stands under it. */
async function indexKeyFindings({ client, restored, live }: RestoredTable): Promise<Finding[]> {
  if (live === null) return [];
  const [is, was] = await Promise.all(
    [restored, live].map(async (table) => (await getItem(client, table, indexKeys.current))?.version),
  );
  if (was === undefined || is === was) return [];
  return [
    {
      kind: 'BY HAND',
      text: `the key of the index is ${is ?? 'none'} again, it was ${was}: change it again (npm run index-key)`,
    },
  ];
}

async function eventFindings(
  { client, restored, changes }: RestoredTable,
  erased: ReadonlySet<string>,
): Promise<Finding[]> {
  const residentOf = ({ pk }: { readonly pk: string }) => pk.slice('RESIDENT#'.length);
  const stored = changes.filter(
    ({ kind, action, key }) =>
      kind === 'register-event' && action === 'inserted' && !erased.has(residentOf(key!)),
  );
  const absent = await absentKeys(
    client,
    restored,
    stored.map(({ key }) => key!),
  );
  const residents = [...new Set(absent.map(residentOf))];
  const unknown = new Set(
    (await absentKeys(client, restored, residents.map(residentKeys.key))).map(({ pk }) =>
      pk.slice('KEY#'.length),
    ),
  );
  const findings: Finding[] = [];
  const bySource = Map.groupBy(
    absent.filter((key) => !unknown.has(residentOf(key))),
    ({ sk }) => sk.split('#')[1]!,
  );
  for (const [source, events] of bySource) {
    const missing = new Set(events.map(({ pk, sk }) => `${pk} ${sk}`));
    const times = stored
      .filter(({ key }) => missing.has(`${key!.pk} ${key!.sk}`))
      .map(({ occurredAt }) => occurredAt)
      .sort();
    findings.push({
      kind: 'BY HAND',
      text: `events of ${source}, missing: ${events.length}. Have it send again what it sent since ${times[0]}`,
    });
  }
  if (unknown.size > 0) {
    const sources = [
      ...new Set(absent.filter((key) => unknown.has(residentOf(key))).map(({ sk }) => sk.split('#')[1])),
    ];
    findings.push({
      kind: 'LOST',
      text: `residents who came since: ${unknown.size}. Sent again (${sources.sort().join(', ')}) they have other ids, and what was decided about them, or consented to by them, cannot be opened`,
    });
  }
  return findings;
}

async function hasItems(client: RestoredTable['client'], table: string, pk: string): Promise<boolean> {
  for await (const _ of sortKeys(client, table, pk, 1)) return true;
  return false;
}

async function* sortKeys(
  client: RestoredTable['client'],
  TableName: string,
  pk: string,
  Limit?: number,
): AsyncGenerator<string> {
  const items = itemsOfPages((ExclusiveStartKey) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ProjectionExpression: 'sk',
        ConsistentRead: true,
        Limit,
        ExclusiveStartKey,
      }),
    ),
  );
  for await (const { sk } of items) yield String(sk);
}
