import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { threeYearsAfter } from './retention.ts';

/**
 * The end of a consent that holds, on condition that it does: one that was withdrawn keeps its first day, and none is made.
 * Nothing of what is sealed changes.
 *
 * @param at RFC 3339.
 */
export function consentWithdrawal(
  TableName: string,
  { pk, sk }: { readonly pk: string; readonly sk: string },
  at: string,
): UpdateCommandInput {
  return {
    TableName,
    Key: { pk, sk },
    UpdateExpression: 'SET withdrawnAt = :at, expiresAt = :expiresAt',
    ConditionExpression: 'attribute_exists(pk) AND attribute_type(withdrawnAt, :null)',
    ExpressionAttributeValues: { ':at': at, ':expiresAt': threeYearsAfter(at), ':null': 'NULL' },
  };
}
