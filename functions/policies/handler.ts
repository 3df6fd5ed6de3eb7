import { createApi } from '../../shared/http/create-api.ts';
import { createLog } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { readPolicyProblem } from '../policy-problems.ts';
import { publicPolicyDependencies } from '../public-policy-dependencies.ts';
import { readEnvironment } from '../read-environment.ts';
import { environmentSchema } from './env.ts';
import { policiesOperations } from './routes.ts';

const name = 'policies';
const log = createLog(name);
const dependencies = publicPolicyDependencies(readEnvironment(environmentSchema), log);

export const handler = createApi({
  name,
  operations: policiesOperations(dependencies),
  readProblem: readPolicyProblem,
  log,
  measures: createMeasures(name),
});
