import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DecisionCorrupted } from '../../shared/domain/decisions/decision-store.ts';
import { replayDecision } from '../../shared/domain/decisions/replay-decision.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { CachedPolicyHistories } from '../../shared/stores/cached-policy-histories.ts';
import { DynamoDecisionStore } from '../../shared/stores/dynamodb/dynamo-decision-store.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import { DynamoPolicyStore } from '../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { DynamoResidentStore } from '../../shared/stores/dynamodb/dynamo-resident-store.ts';
import type { TableName } from '../tables.ts';
import { itemForms } from './item-forms.ts';
import { scanTable } from './restored-table.ts';

/** Items of a table by what they are, and how many are of no form that this version reads. */
export interface ItemCounts {
  readonly byType: ReadonlyMap<string, number>;
  readonly unreadable: number;
}

/** Goes through a whole table. */
export async function countItems(
  client: DynamoDBDocumentClient,
  table: string,
  logicalName: TableName,
): Promise<ItemCounts> {
  const byType = new Map<string, number>();
  let unreadable = 0;
  for await (const item of scanTable(client, table)) {
    const type = String(item.type);
    byType.set(type, (byType.get(type) ?? 0) + 1);
    const form = Object.hasOwn(itemForms[logicalName], type) ? itemForms[logicalName][type] : undefined;
    if (form?.safeParse(item).success !== true) unreadable++;
  }
  return { byType, unreadable };
}

/** Decisions that were decided again from the tables as they would be after the change. */
export interface Replayed {
  readonly identical: number;
  /** Ids of decisions that came out otherwise, or could not be opened or decided. */
  readonly different: readonly string[];
}

/**
 * Decides some decisions again, byte for byte: of the table of decisions, with the keys of the table of residents, under the
 * versions of the table of policies. Whose person was erased is not among them.
 *
 * @param tables by their physical names, the restored one in its place.
 * @param count how many at most.
 */
export async function replaySome(
  client: DynamoDBDocumentClient,
  tables: Readonly<Record<'audit' | 'decisions' | 'policies' | 'residents', string>>,
  keyStore: KeyStore,
  count: number,
): Promise<Replayed> {
  const residents = new DynamoResidentStore(
    client,
    tables.residents,
    keyStore,
    new DynamoIndexKeys(client, tables.residents, keyStore),
  );
  const decisions = new DynamoDecisionStore(client, tables, keyStore, residents);
  const histories = new CachedPolicyHistories(new DynamoPolicyStore(client, tables.policies));
  let identical = 0;
  const different: string[] = [];
  for await (const { type, pk } of scanTable(client, tables.decisions)) {
    if (identical + different.length === count) break;
    if (type !== 'decision') continue;
    const id = String(pk).slice('DECISION#'.length);
    const found = await decisions.read(id).catch((error: unknown) => {
      if (error instanceof DecisionCorrupted) return error;
      throw error;
    });
    if (found === null) continue;
    if (found instanceof DecisionCorrupted) {
      different.push(id);
      continue;
    }
    const { decision } = found;
    const replay = replayDecision(decision, await histories.history(decision.policy.id));
    if (replay.result === 'decided' && replay.identical) identical++;
    else different.push(id);
  }
  return { identical, different };
}
