import { setTimeout as wait } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { createLog } from '../../shared/observability/log.ts';
import { databaseClient, feedPatience } from '../database-client.ts';
import { readEnvironment } from '../read-environment.ts';
import { registerDependencies } from '../register-dependencies.ts';
import { environmentSchema } from './env.ts';
import { S3ImportBucket } from './import-bucket.ts';
import { importMessages } from './import-messages.ts';
import { recordInParts } from './record-in-parts.ts';

const environment = readEnvironment(environmentSchema);
const log = createLog('import');

// The bureaus' feed takes the same way into the register.
const { residents } = registerDependencies(environment, databaseClient(environment, feedPatience));

const s3 = new S3Client({
  // Nobody waits for the answer: the SDK's own pauses are right for a bucket that asks for patience.
  maxAttempts: 5,
  // The SDK compares a checksum when the last byte is there, long after the first lines are stored. TLS protects the way.
  responseChecksumValidation: 'WHEN_REQUIRED',
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
});

const longestPause = 20_000;

export const handler = importMessages({
  bucket: new S3ImportBucket(s3, environment.IMPORT_BUCKET),
  record: recordInParts(residents, log),
  pause: (attempt) => wait(Math.min(longestPause, 500 * 2 ** attempt) * (0.5 + Math.random() / 2)),
  log,
});
