import { setTimeout as wait } from 'node:timers/promises';
import { createLog } from '../../shared/observability/log.ts';
import { databaseClient, feedPatience } from '../database-client.ts';
import { readEnvironment } from '../read-environment.ts';
import { registerDependencies } from '../register-dependencies.ts';
import { environmentSchema } from './env.ts';
import { importMessages } from './import-messages.ts';
import { lateImportBucket } from './late-import-bucket.ts';
import { recordInParts } from './record-in-parts.ts';

const environment = readEnvironment(environmentSchema);
const log = createLog('import');

// The bureaus' feed takes the same way into the register.
const { residents } = registerDependencies(environment, databaseClient(environment, feedPatience));

const longestPause = 20_000;

export const handler = importMessages({
  bucket: lateImportBucket(async () =>
    (await import('./open-import-bucket.ts')).openImportBucket(environment.IMPORT_BUCKET),
  ),
  record: recordInParts(residents, log),
  pause: (attempt) => wait(Math.min(longestPause, 500 * 2 ** attempt) * (0.5 + Math.random() / 2)),
  log,
});
