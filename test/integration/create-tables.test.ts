import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, startDatabase } from '../../infra/local/connect-database.ts';
import { createTables } from '../../infra/local/create-tables.ts';
import { tables } from '../../infra/tables.ts';

const item = { pk: 'a', sk: 'b', of: 'before' };
let folder: string;
let database: Database;
const file = () => join(folder, 'dynamodb.db');

/** As a kill leaves it that comes between two statements. */
async function reopenedAfter(statement: string): Promise<void> {
  await database.stop();
  const sqlite = new DatabaseSync(file());
  sqlite.exec(statement);
  sqlite.close();
  database = await startDatabase(file());
}

const created = async () =>
  (await createTables(database.client)).filter((table) => table.created).map(({ name }) => name);
const itemOf = async (TableName: string) =>
  (await database.client.send(new GetCommand({ TableName, Key: { pk: item.pk, sk: item.sk } }))).Item;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'create-tables-'));
  database = await startDatabase(file());
});
afterAll(async () => {
  await database.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

describe('the tables of this machine', () => {
  it('are created once, and kept', async () => {
    expect((await created()).sort()).toEqual(Object.keys(tables).sort());
    await database.client.send(new PutCommand({ TableName: tables.partners.name, Item: item }));
    expect(await created()).toEqual([]);
    expect(await itemOf(tables.partners.name)).toEqual(item);
  });

  it('are whole after a kill in the middle of making one, and the others keep what they hold', async () => {
    await reopenedAfter('DROP TABLE residents');
    await expect(itemOf(tables.residents.name)).rejects.toThrow('no such table');
    expect(await created()).toEqual([tables.residents.name]);
    expect(await itemOf(tables.residents.name)).toBeUndefined();
    expect(await itemOf(tables.partners.name)).toEqual(item);
  });

  it('have their time to live after a kill before it was set', async () => {
    const TableName = tables.decisions.name;
    const attribute = async () =>
      (await database.client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription
        ?.AttributeName;
    expect(await attribute()).toBe('expiresAt');
    await reopenedAfter(
      `UPDATE _tables SET ttl_attribute = NULL, ttl_enabled = 0 WHERE table_name = 'decisions'`,
    );
    expect(await attribute()).toBeUndefined();
    expect(await created()).toEqual([]);
    expect(await attribute()).toBe('expiresAt');
  });
});
