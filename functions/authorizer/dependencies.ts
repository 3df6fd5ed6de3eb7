import type * as z from 'zod/mini';
import { nameOf } from '../../shared/observability/describe-error.ts';
import type { Log } from '../../shared/observability/log.ts';
import type { Measures } from '../../shared/observability/measures.ts';
import { ApiKeyHashes } from '../../shared/security/api-keys/api-key-hashes.ts';
import { ApiKeyVerifier } from '../../shared/security/api-keys/api-key-verifier.ts';
import { fetchIssuerKeys } from '../../shared/security/tokens/fetch-issuer-keys.ts';
import { TokenVerifier } from '../../shared/security/tokens/token-verifier.ts';
import { DynamoHashKeyStore } from '../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoPartnerStore } from '../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { credentialsKeyStore } from '../credentials-environment.ts';
import { databaseClient } from '../database-client.ts';
import type { Verifiers } from './authorize.ts';
import type { environmentSchema } from './env.ts';

type Environment = z.infer<typeof environmentSchema>;

/**
 * The verifiers of a running function: the issuers' keys over HTTP, the partners table, the system's clock.
 *
 * @param client replaced in tests.
 */
export function verifiersOf(
  environment: Environment,
  log: Log,
  measures: Pick<Measures, 'countKeyExpiresSoon'>,
  client = databaseClient(environment),
): Verifiers {
  const { PARTNERS_TABLE: table } = environment;
  const tokens = new TokenVerifier(environment.ISSUERS, {
    fetchKeys: fetchIssuerKeys,
    now: Date.now,
    onStale: (error) => log.write('staleIssuerKeys', { errorName: nameOf(error) }),
  });
  const apiKeys = new ApiKeyVerifier({
    store: new DynamoPartnerStore(client, table),
    hashes: new ApiKeyHashes(new DynamoHashKeyStore(client, table), credentialsKeyStore(environment)),
    environment: environment.API_KEY_ENVIRONMENT,
    now: Date.now,
    onUseNotKept: (error) => log.write('keyUseNotKept', { errorName: nameOf(error) }),
    onExpiresSoon: () => measures.countKeyExpiresSoon(),
  });
  return {
    verifyToken: (token) => tokens.verify(token),
    verifyApiKey: (key, sourceIp) => apiKeys.verify(key, sourceIp),
  };
}
