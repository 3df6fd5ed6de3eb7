import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { batchGet } from '../../../../shared/stores/dynamodb/batch-get.ts';

const database = mockClient(DynamoDBDocumentClient);
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'local' }));
const key = (id: string) => ({ pk: id });
const asked = () =>
  database.commandCalls(BatchGetCommand).map(({ args: [{ input }] }) => input.RequestItems?.things?.Keys);
const get = (keys: readonly { pk: string }[], pauses: number[] = []) =>
  batchGet(client, 'things', keys, { pause: async (milliseconds) => pauses.push(milliseconds) });

beforeEach(() => database.reset());

describe('items by their keys', () => {
  it('asks once more for what the table left out, and for nothing else', async () => {
    database
      .on(BatchGetCommand)
      .resolvesOnce({
        Responses: { things: [key('a')] },
        UnprocessedKeys: { things: { Keys: [key('b'), key('c')] } },
      })
      .resolvesOnce({ Responses: { things: [key('c')] }, UnprocessedKeys: { things: { Keys: [key('b')] } } })
      .resolvesOnce({ Responses: { things: [] }, UnprocessedKeys: {} });
    const pauses: number[] = [];
    expect(await get([key('a'), key('b'), key('c')], pauses)).toEqual([key('a'), key('c')]);
    expect(asked()).toEqual([[key('a'), key('b'), key('c')], [key('b'), key('c')], [key('b')]]);
    expect(pauses).toHaveLength(2);
  });

  it('gives up after five tries, and never answers with a part', async () => {
    database.on(BatchGetCommand).resolves({
      Responses: { things: [key('a')] },
      UnprocessedKeys: { things: { Keys: [key('b')] } },
    });
    await expect(get([key('a'), key('b')])).rejects.toThrow('did not give all');
    expect(asked()).toHaveLength(5);
  });

  it('asks for nothing where there is nothing to ask for', async () => {
    expect(await get([])).toEqual([]);
    expect(asked()).toEqual([]);
  });
});
