import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

/** What a transaction writes. */
export type TransactWrites = NonNullable<TransactWriteCommandInput['TransactItems']>;

const contended = ['ConditionalCheckFailed', 'TransactionConflict'];

/**
 * Writes all of it or nothing.
 *
 * @returns false: a condition did not hold, or another transaction is under way; nothing was written.
 * @throws what the client throws for any other reason.
 */
export async function writeTogether(
  client: DynamoDBDocumentClient,
  TransactItems: TransactWrites,
): Promise<boolean> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems }));
    return true;
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : undefined;
    if (reasons?.some(({ Code = '' }) => contended.includes(Code))) return false;
    throw error;
  }
}
