import { randomBytes } from 'node:crypto';
import { createApi } from '../../shared/http/create-api.ts';
import { PageTokens } from '../../shared/http/page-token.ts';
import { createLog } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { DynamoConsentStore } from '../../shared/stores/dynamodb/dynamo-consent-store.ts';
import { DynamoDecisionStore } from '../../shared/stores/dynamodb/dynamo-decision-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { DynamoReviewStore } from '../../shared/stores/dynamodb/dynamo-review-store.ts';
import { readAuditProblem } from '../audit-problems.ts';
import { readConsentProblem } from '../consent-problems.ts';
import { databaseClient } from '../database-client.ts';
import { readDecisionProblem } from '../decision-problems.ts';
import { readPartnerProblem } from '../partner-problems.ts';
import { policyDependencies } from '../policy-dependencies.ts';
import { readPolicyProblem } from '../policy-problems.ts';
import { readEnvironment } from '../read-environment.ts';
import { registerDependencies } from '../register-dependencies.ts';
import { readRegisterProblem } from '../register-problems.ts';
import { readReviewProblem } from '../review-problems.ts';
import { environmentSchema } from './env.ts';
import { residentsOperations } from './routes.ts';

const name = 'residents';
const log = createLog(name);
const environment = readEnvironment(environmentSchema);
const client = databaseClient(environment);
const { DECISIONS_TABLE: decisionsTable, AUDIT_TABLE: auditTable } = environment;
const { residents, keyStore } = registerDependencies(environment, client);

export const handler = createApi({
  name,
  operations: residentsOperations({
    ...policyDependencies(environment, log, client),
    residents,
    pageTokens: new PageTokens(keyStore),
    audit: new DynamoAuditStore(client, auditTable),
    decisions: new DynamoDecisionStore(
      client,
      { decisions: decisionsTable, audit: auditTable },
      keyStore,
      residents,
    ),
    reviews: new DynamoReviewStore(client, decisionsTable),
    consents: new DynamoConsentStore(client, decisionsTable, keyStore),
    partners: new DynamoPartnerTerms(client, environment.PARTNERS_TABLE),
    randomBytes,
  }),
  readProblem: (error) =>
    readPolicyProblem(error) ??
    readRegisterProblem(error) ??
    readAuditProblem(error) ??
    readDecisionProblem(error) ??
    readReviewProblem(error) ??
    readConsentProblem(error) ??
    readPartnerProblem(error),
  log,
  measures: createMeasures(name),
  allowedOrigins: environment.ALLOWED_ORIGINS,
});
