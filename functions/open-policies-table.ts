import type { PolicyStore } from '../shared/domain/policy/policy-store.ts';
import { DynamoPolicyStore } from '../shared/stores/dynamodb/dynamo-policy-store.ts';
import { databaseClient } from './database-client.ts';

interface PoliciesTable {
  readonly POLICIES_TABLE: string;
  readonly DYNAMODB_ENDPOINT?: string | undefined;
}

/** The policies table. Public functions import this, and with it the SDK, when they ask the table for the first time. */
export function openPoliciesTable(environment: PoliciesTable): PolicyStore {
  return new DynamoPolicyStore(databaseClient(environment), environment.POLICIES_TABLE);
}
