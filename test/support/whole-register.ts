import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dumpResidents } from './register.ts';

/**
 * Everything that does not fit together in the residents table, in words; empty: all is whole. Holds between any two
 * calls of whoever writes, save that what is being erased may still be there.
 */
export async function faultsOfRegister(client: DynamoDBDocumentClient): Promise<string[]> {
  const items = await dumpResidents(client);
  const ofType = (type: string) => items.filter((item) => item.type === type);
  const records = new Map(ofType('resident-record').map((item) => [String(item.residentId), item]));
  const keys = new Map(ofType('resident-key').map((item) => [String(item.pk).slice(4), item]));
  const erased = new Set(ofType('erased-resident').map(({ sk }) => sk));
  const erasing = ofType('erasing-resident').map(({ sk }) => `${sk} is still being erased`);
  const faults: string[] = [...erasing];
  if (records.size !== ofType('resident-record').length) faults.push('a resident has two records');
  for (const [id, record] of records) {
    const key = keys.get(id);
    if (key === undefined) faults.push(`${id} has a record and no key`);
    else if (`INDEX#${key.index}` !== record.pk) faults.push(`the key of ${id} leads elsewhere`);
    else if (Buffer.compare(key.dataKey as Uint8Array, record.dataKey as Uint8Array) !== 0) {
      faults.push(`${id} has two data keys`);
    }
    if (erased.has(id)) faults.push(`${id} is erased and there`);
  }
  for (const id of keys.keys()) if (!records.has(id)) faults.push(`${id} has a key and no record`);
  for (const { pk, sk } of [...ofType('register-event'), ...ofType('resident-part')]) {
    if (!records.has(String(pk).slice(9))) faults.push(`${pk} ${sk} belongs to nobody`);
  }
  return faults;
}
