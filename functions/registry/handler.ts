import { createApi } from '../../shared/http/create-api.ts';
import { createLog } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { readEnvironment } from '../read-environment.ts';
import { registerDependencies } from '../register-dependencies.ts';
import { readRegisterProblem } from '../register-problems.ts';
import { environmentSchema } from './env.ts';
import { registryOperations } from './routes.ts';

const name = 'registry';
const log = createLog(name);
// A transaction of a hundred items takes longer than a read, and a feed waits longer than a person.
const patience = { tryTimeoutMilliseconds: 2_000, deadlineMilliseconds: 6_000 };
const { residents } = registerDependencies(readEnvironment(environmentSchema), patience);

export const handler = createApi({
  name,
  operations: registryOperations({ residents, log }),
  readProblem: readRegisterProblem,
  log,
  measures: createMeasures(name),
});
