import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { readAdminProblem } from '../../functions/admin/problems.ts';
import { adminOperations } from '../../functions/admin/routes.ts';
import { tables } from '../../infra/tables.ts';
import { createApi } from '../../shared/http/create-api.ts';
import { PageTokens } from '../../shared/http/page-token.ts';
import { ApiKeyHashes } from '../../shared/security/api-keys/api-key-hashes.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { CachedPolicyHistories } from '../../shared/stores/cached-policy-histories.ts';
import { DynamoHashKeyStore } from '../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoPartnerStore } from '../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';
import { cityPack } from './city-pack.ts';
import { MemoryPolicyStore } from './memory-policy-store.ts';
import { lambdaContext, proxyEvent } from './proxy-event.ts';
import { recordingObservers } from './recording-log.ts';

export const operator = { kind: 'staff', subject: 'operator-1', roles: 'operator' } as const;

interface Sent {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The function of the operators' door, over a partners table and policies in memory. */
export function adminApi(client: DynamoDBDocumentClient, keyStore: KeyStore = memoryKeyStore()) {
  const observers = recordingObservers();
  const clock = { now: Date.parse('2026-06-01T08:00:00Z') };
  const table = tables.partners.name;
  const hashes = new ApiKeyHashes(new DynamoHashKeyStore(client, table), keyStore);
  const partners = new DynamoPartnerStore(client, table);
  const policies = new MemoryPolicyStore();
  const published = policies.seed(cityPack());
  const handler = createApi({
    name: 'admin',
    operations: adminOperations({
      histories: new CachedPolicyHistories(policies, { maxAgeMilliseconds: 0, maxStaleMilliseconds: -1 }),
      defaultPolicy: 'city',
      partners,
      terms: new DynamoPartnerTerms(client, table),
      hashes,
      keyEnvironment: 'test',
      pageTokens: new PageTokens(keyStore),
      now: () => clock.now,
      log: observers.log,
    }),
    readProblem: readAdminProblem,
    ...observers,
  });
  return {
    ...observers,
    clock,
    hashes,
    partners,
    policies,
    send: async (method: string, resource: string, { body, headers, ...rest }: Sent = {}) => {
      await published;
      const answer = await handler(
        proxyEvent({
          method,
          resource: `/v1/admin/partners${resource}`,
          authorizer: operator,
          ...(body !== undefined && { body: JSON.stringify(body) }),
          headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
          ...rest,
        }),
        lambdaContext(),
      );
      return { status: answer.statusCode, headers: answer.headers ?? {}, json: JSON.parse(answer.body) };
    },
  };
}
