import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { tables } from '../../infra/tables.ts';
import { checkCharacter } from '../../shared/domain/identity/check-character.ts';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import {
  DynamoResidentStore,
  type DynamoResidentStoreOptions,
} from '../../shared/stores/dynamodb/dynamo-resident-store.ts';

export const residentsTable = tables.residents.name;

/** The document of a sample resident: region 000000, a day of birth in 1899, the serial number and the check digit. */
export function sampleDocument(serial: number): CanonicalDocument {
  const [day, order] = [Math.floor(serial / 1_000) % 28, serial % 1_000];
  const digits = `0000001899${String((Math.floor(serial / 28_000) % 12) + 1).padStart(2, '0')}${String(day + 1).padStart(2, '0')}${String(order).padStart(3, '0')}`;
  const { document } = normaliseDocument({
    type: 'resident-id',
    number: digits + checkCharacter(digits),
  });
  if (document === undefined) throw new Error('The sample number is none.');
  return document;
}

/** A store as a function has it, with no pauses between tries. */
export function residentStore(
  client: DynamoDBDocumentClient,
  keyStore: KeyStore,
  options: DynamoResidentStoreOptions & { readonly index?: DynamoIndexKeys } = {},
): DynamoResidentStore {
  const { index = new DynamoIndexKeys(client, residentsTable, keyStore), ...rest } = options;
  return new DynamoResidentStore(client, residentsTable, keyStore, index, {
    pause: async () => {},
    ...rest,
  });
}

/** Every item of the residents table. */
export async function dumpResidents(client: DynamoDBDocumentClient): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: residentsTable, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}
