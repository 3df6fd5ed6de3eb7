import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type * as z from 'zod/mini';
import { limits } from '../../shared/contract/limits.ts';
import { AnchorWatch } from '../../shared/domain/audit/anchor-watch.ts';
import { ResidentStoreUnavailable } from '../../shared/domain/register/resident-store.ts';
import type { Log } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { DynamoAnchorStore } from '../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { DynamoConsentStore } from '../../shared/stores/dynamodb/dynamo-consent-store.ts';
import { DynamoDecisionStore } from '../../shared/stores/dynamodb/dynamo-decision-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { DynamoPartnerUsage } from '../../shared/stores/dynamodb/dynamo-partner-usage.ts';
import { databaseClient } from '../database-client.ts';
import { policyDependencies } from '../policy-dependencies.ts';
import { registerDependencies } from '../register-dependencies.ts';
import type { PartnersDependencies } from './asking.ts';
import type { environmentSchema } from './env.ts';
import { readPartnersProblem } from './problems.ts';

/** The dependencies of the running function: tables, keys, and the system's clocks and randomness. */
export function partnersDependencies(
  name: string,
  environment: z.infer<typeof environmentSchema>,
  log: Log,
): PartnersDependencies & { readonly anchorWatch: AnchorWatch } {
  const { DECISIONS_TABLE: decisions, PARTNERS_TABLE: partners, AUDIT_TABLE: audit } = environment;
  const client = databaseClient(environment);
  const { residents, keyStore, index } = registerDependencies(environment, client);
  return {
    ...policyDependencies(environment, log, client),
    residents,
    consents: new DynamoConsentStore(client, decisions, keyStore),
    decisions: new DynamoDecisionStore(client, { decisions, audit }, keyStore, residents),
    audit: new DynamoAuditStore(client, audit),
    anchorWatch: new AnchorWatch(new DynamoAnchorStore(client, audit), Date.now),
    terms: new DynamoPartnerTerms(client, partners),
    usage: new DynamoPartnerUsage({ client, table: partners }),
    personIndex: async (document) => {
      const opened = await index.open();
      // A register that never held anybody has no index to count persons by.
      if (opened === null) throw new ResidentStoreUnavailable('The register has no index yet.');
      return opened.of(document);
    },
    randomBytes,
    pace: {
      clock: () => performance.now(),
      sleep: setTimeout,
      floor: limits.partnerAnswerMilliseconds,
    },
    readProblem: readPartnersProblem,
    log,
    measures: createMeasures(name),
  };
}
