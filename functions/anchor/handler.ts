import { createLog } from '../../shared/observability/log.ts';
import { createAnchorMeasures } from '../../shared/observability/measures.ts';
import { readEnvironment } from '../read-environment.ts';
import { anchorAudit } from './anchor-audit.ts';
import { anchorDependencies } from './dependencies.ts';
import { environmentSchema } from './env.ts';

const name = 'anchor';

export const handler = anchorAudit({
  ...anchorDependencies(readEnvironment(environmentSchema)),
  log: createLog(name),
  measures: createAnchorMeasures(name),
});
