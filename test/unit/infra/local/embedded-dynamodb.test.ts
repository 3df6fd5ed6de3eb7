import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../../infra/command-error.ts';
import { embeddedDynamoDbBinary } from '../../../../infra/local/embedded-dynamodb.ts';

describe('the embedded DynamoDB', () => {
  it('says in one line what to do on a platform it is not made for', () => {
    const find = () => embeddedDynamoDbBinary('plan9-mips');
    expect(find).toThrow(CommandError);
    expect(find).toThrow(/^[^\n]*plan9-mips[^\n]*DYNAMODB_ENDPOINT=[^\n]*$/);
  });
});
