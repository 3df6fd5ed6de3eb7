import type { PolicyStore } from '../shared/domain/policy/policy-store.ts';
import { DynamoPolicyStore } from '../shared/stores/dynamodb/dynamo-policy-store.ts';
import { databaseClient } from './database-client.ts';

interface PoliciesTable {
  readonly POLICIES_TABLE: string;
  readonly DYNAMODB_ENDPOINT?: string | undefined;
}

/**
 * The policies table. Functions import this when they ask the table for the first time, and with it the schema of packs, and
 * public ones the SDK.
 */
export function openPoliciesTable(
  environment: PoliciesTable,
  client = databaseClient(environment),
): PolicyStore {
  return new DynamoPolicyStore(client, environment.POLICIES_TABLE);
}
