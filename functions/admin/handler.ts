import { createApi } from '../../shared/http/create-api.ts';
import { createLog } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { readEnvironment } from '../read-environment.ts';
import { adminDependencies } from './dependencies.ts';
import { environmentSchema } from './env.ts';
import { readAdminProblem } from './problems.ts';
import { adminOperations } from './routes.ts';

const name = 'admin';
const log = createLog(name);
const environment = readEnvironment(environmentSchema);

export const handler = createApi({
  name,
  operations: adminOperations(adminDependencies(environment, log)),
  readProblem: readAdminProblem,
  log,
  measures: createMeasures(name),
  allowedOrigins: environment.ALLOWED_ORIGINS,
});
