import { routes } from '../../shared/contract/routes.ts';
import { createLog } from '../../shared/observability/log.ts';
import { createMeasures } from '../../shared/observability/measures.ts';
import { readEnvironment } from '../read-environment.ts';
import { createAuthorizer } from './create-authorizer.ts';
import { verifiersOf } from './dependencies.ts';
import { environmentSchema } from './env.ts';

const name = 'authorizer';
const log = createLog(name);
const measures = createMeasures(name);

export const handler = createAuthorizer({
  routes,
  verifiers: verifiersOf(readEnvironment(environmentSchema), log, measures),
  log,
  measures,
});
