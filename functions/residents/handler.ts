import { createApi } from '../../shared/http/create-api.ts';
import { createLog } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { databaseClient } from '../database-client.ts';
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
const { residents } = registerDependencies(environment, client);

export const handler = createApi({
  name,
  operations: residentsOperations({ ...policyDependencies(environment, log, client), residents }),
  readProblem: (error) => readPolicyProblem(error) ?? readRegisterProblem(error),
  log,
  measures: createMeasures(name),
  allowedOrigins: environment.ALLOWED_ORIGINS,
});
