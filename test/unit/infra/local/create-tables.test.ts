import { describe, expect, it } from 'vitest';
import { createTableInput } from '../../../../infra/local/create-tables.ts';
import { type TableDefinition, tables } from '../../../../infra/tables.ts';

const full: TableDefinition = {
  name: 'things',
  environmentVariable: 'THINGS_TABLE',
  partitionKey: { name: 'pk', type: 'string' },
  sortKey: { name: 'at', type: 'number' },
  indexes: [
    {
      name: 'by-owner',
      partitionKey: { name: 'owner', type: 'binary' },
      sortKey: { name: 'at', type: 'number' },
    },
  ],
  timeToLiveAttribute: 'expiresAt',
  stream: 'new-and-old-images',
};

describe('the request that creates a table', () => {
  it('has keys, indexes and stream of the definition, and each key attribute once', () => {
    expect(createTableInput(full)).toEqual({
      TableName: 'things',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
        { AttributeName: 'owner', AttributeType: 'B' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-owner',
          KeySchema: [
            { AttributeName: 'owner', KeyType: 'HASH' },
            { AttributeName: 'at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('asks for nothing the definition does not have', () => {
    expect(createTableInput(tables.audit)).toEqual({
      TableName: 'audit',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  });
});
