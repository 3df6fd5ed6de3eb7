import { randomBytes } from 'node:crypto';
import type * as z from 'zod/mini';
import { AnchorWatch } from '../../shared/domain/audit/anchor-watch.ts';
import type { Log } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { DynamoAnchorStore } from '../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { DynamoDecisionStore } from '../../shared/stores/dynamodb/dynamo-decision-store.ts';
import { DynamoReviewStore } from '../../shared/stores/dynamodb/dynamo-review-store.ts';
import { databaseClient } from '../database-client.ts';
import { policyDependencies } from '../policy-dependencies.ts';
import { registerDependencies } from '../register-dependencies.ts';
import type { environmentSchema } from './env.ts';
import type { CounterDependencies } from './routes.ts';

/** The dependencies of the running function: tables, keys, and the system's clock and randomness. */
export function counterDependencies(
  name: string,
  environment: z.infer<typeof environmentSchema>,
  log: Log,
): CounterDependencies & { readonly anchorWatch: AnchorWatch } {
  const client = databaseClient(environment);
  const { residents, keyStore } = registerDependencies(environment, client);
  return {
    ...policyDependencies(environment, log, client),
    residents,
    decisions: new DynamoDecisionStore(
      client,
      { decisions: environment.DECISIONS_TABLE, audit: environment.AUDIT_TABLE },
      keyStore,
      residents,
    ),
    audit: new DynamoAuditStore(client, environment.AUDIT_TABLE),
    reviews: new DynamoReviewStore(client, environment.DECISIONS_TABLE),
    anchorWatch: new AnchorWatch(new DynamoAnchorStore(client, environment.AUDIT_TABLE), Date.now),
    randomBytes,
    log,
    measures: createMeasures(name),
  };
}
