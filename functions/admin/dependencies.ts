import type * as z from 'zod/mini';
import { PageTokens } from '../../shared/http/page-token.ts';
import type { Log } from '../../shared/observability/log.ts';
import { ApiKeyHashes } from '../../shared/security/api-keys/api-key-hashes.ts';
import { DynamoHashKeyStore } from '../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoPartnerStore } from '../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { credentialsKeyStore } from '../credentials-environment.ts';
import { databaseClient } from '../database-client.ts';
import { policyDependencies } from '../policy-dependencies.ts';
import type { environmentSchema } from './env.ts';
import type { AdminDependencies } from './routes.ts';

/** The dependencies of the running function: the tables of partners and policies, the keys of hashes, and the system's clock. */
export function adminDependencies(
  environment: z.infer<typeof environmentSchema>,
  log: Log,
): AdminDependencies {
  const { PARTNERS_TABLE: table, API_KEY_ENVIRONMENT: keyEnvironment } = environment;
  const client = databaseClient(environment);
  const keyStore = credentialsKeyStore(environment);
  const { histories, defaultPolicy, now } = policyDependencies(environment, log, client);
  return {
    histories,
    defaultPolicy,
    now,
    partners: new DynamoPartnerStore(client, table),
    terms: new DynamoPartnerTerms(client, table),
    hashes: new ApiKeyHashes(new DynamoHashKeyStore(client, table), keyStore),
    keyEnvironment,
    pageTokens: new PageTokens(keyStore),
    log,
  };
}
