import { createApi } from '../../shared/http/create-api.ts';
import { createLog } from '../../shared/observability/log.ts';
import { readDecisionProblem } from '../decision-problems.ts';
import { readPolicyProblem } from '../policy-problems.ts';
import { readEnvironment } from '../read-environment.ts';
import { readRegisterProblem } from '../register-problems.ts';
import { counterDependencies } from './dependencies.ts';
import { environmentSchema } from './env.ts';
import { counterOperations } from './routes.ts';

const name = 'counter';
const log = createLog(name);
const dependencies = counterDependencies(name, readEnvironment(environmentSchema), log);

export const handler = createApi({
  name,
  operations: counterOperations(dependencies),
  readProblem: (error) =>
    readPolicyProblem(error) ?? readRegisterProblem(error) ?? readDecisionProblem(error),
  log,
  measures: dependencies.measures,
});
