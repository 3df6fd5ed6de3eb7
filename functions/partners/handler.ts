import { createApi } from '../../shared/http/create-api.ts';
import { createLog } from '../../shared/observability/log.ts';
import { readEnvironment } from '../read-environment.ts';
import { whileAnchored } from '../while-anchored.ts';
import { partnersDependencies } from './dependencies.ts';
import { environmentSchema } from './env.ts';
import { partnersOperations } from './routes.ts';

const name = 'partners';
const log = createLog(name);
const environment = readEnvironment(environmentSchema);
const { anchorWatch, ...dependencies } = partnersDependencies(name, environment, log);

export const handler = createApi({
  name,
  operations: whileAnchored(anchorWatch, partnersOperations(dependencies)),
  readProblem: dependencies.readProblem,
  log,
  measures: dependencies.measures,
});
