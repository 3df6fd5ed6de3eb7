import { createApi } from '../../shared/http/create-api.ts';
import { createLog } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { databaseClient, feedPatience } from '../database-client.ts';
import { readEnvironment } from '../read-environment.ts';
import { registerDependencies } from '../register-dependencies.ts';
import { readRegisterProblem } from '../register-problems.ts';
import { environmentSchema } from './env.ts';
import { registryOperations } from './routes.ts';

const name = 'registry';
const log = createLog(name);
const environment = readEnvironment(environmentSchema);
const { residents } = registerDependencies(environment, databaseClient(environment, feedPatience));

export const handler = createApi({
  name,
  operations: registryOperations({ residents, log }),
  readProblem: readRegisterProblem,
  log,
  measures: createMeasures(name),
});
