import { createApi } from '../../shared/http/create-api.ts';
import { createLog } from '../../shared/observability/log.ts';
import { readAnchorProblem } from '../anchor-problems.ts';
import { readAuditProblem } from '../audit-problems.ts';
import { readDecisionProblem } from '../decision-problems.ts';
import { readPolicyProblem } from '../policy-problems.ts';
import { readEnvironment } from '../read-environment.ts';
import { readRegisterProblem } from '../register-problems.ts';
import { readReviewProblem } from '../review-problems.ts';
import { whileAnchored } from '../while-anchored.ts';
import { counterDependencies } from './dependencies.ts';
import { environmentSchema } from './env.ts';
import { counterOperations } from './routes.ts';

const name = 'counter';
const log = createLog(name);
const environment = readEnvironment(environmentSchema);
const { anchorWatch, ...dependencies } = counterDependencies(name, environment, log);

export const handler = createApi({
  name,
  operations: whileAnchored(anchorWatch, counterOperations(dependencies)),
  readProblem: (error) =>
    readPolicyProblem(error) ??
    readRegisterProblem(error) ??
    readDecisionProblem(error) ??
    readAuditProblem(error) ??
    readReviewProblem(error) ??
    readAnchorProblem(error),
  log,
  measures: dependencies.measures,
  allowedOrigins: environment.ALLOWED_ORIGINS,
});
