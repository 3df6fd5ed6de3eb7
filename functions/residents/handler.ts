import { randomBytes } from 'node:crypto';
import { createApi } from '../../shared/http/create-api.ts';
import { createLog } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { DynamoConsentStore } from '../../shared/stores/dynamodb/dynamo-consent-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { readConsentProblem } from '../consent-problems.ts';
import { databaseClient } from '../database-client.ts';
import { readPartnerProblem } from '../partner-problems.ts';
import { policyDependencies } from '../policy-dependencies.ts';
import { readPolicyProblem } from '../policy-problems.ts';
import { readEnvironment } from '../read-environment.ts';
import { registerDependencies } from '../register-dependencies.ts';
import { readRegisterProblem } from '../register-problems.ts';
import { environmentSchema } from './env.ts';
import { residentsOperations } from './routes.ts';

const name = 'residents';
const log = createLog(name);
const environment = readEnvironment(environmentSchema);
const client = databaseClient(environment);
const { residents, keyStore } = registerDependencies(environment, client);

export const handler = createApi({
  name,
  operations: residentsOperations({
    ...policyDependencies(environment, log, client),
    residents,
    consents: new DynamoConsentStore(client, environment.DECISIONS_TABLE, keyStore),
    partners: new DynamoPartnerTerms(client, environment.PARTNERS_TABLE),
    randomBytes,
  }),
  readProblem: (error) =>
    readPolicyProblem(error) ??
    readRegisterProblem(error) ??
    readConsentProblem(error) ??
    readPartnerProblem(error),
  log,
  measures: createMeasures(name),
});
