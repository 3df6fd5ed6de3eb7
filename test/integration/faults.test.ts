import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { measureAmplification } from '../support/faults/amplification.ts';
import { type Dependency, dependencies } from '../support/faults/dependencies.ts';
import { faultNames } from '../support/faults/fault-proxy.ts';
import { type KmsStandIn, startKmsStandIn } from '../support/faults/kms-stand-in.ts';
import { runCell } from '../support/faults/run-cell.ts';

/**
 * Every dependency with every fault, one call each; `npm run check:long` asks on and on, and through all of the product.
 */
let folder: string;
let dynamoDb: TestDynamoDb;
let kms: KmsStandIn;
let matrix: readonly Dependency[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faults-'));
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', '');
  dynamoDb = await startTestDynamoDb();
  kms = await startKmsStandIn();
  matrix = await dependencies(dynamoDb, kms, folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  kms?.stop();
  await dynamoDb?.stop();
  await rm(folder, { recursive: true });
});

describe('the matrix of faults', () => {
  it('says of every dependency and every fault what comes of it, or why it cannot be', () => {
    for (const { name, faults, cannot = {} } of matrix) {
      expect([name, [...Object.keys(faults), ...Object.keys(cannot)].sort()]).toEqual([
        name,
        faultNames.toSorted(),
      ]);
    }
    expect(matrix.map(({ name }) => name.split(':')[0])).toEqual(
      expect.arrayContaining(['DynamoDB', 'KMS', 'key store', 'JWKS', 'stream', 'S3']),
    );
  });

  it.each(faultNames)(
    'is never answered wrongly, nor late, nor for longer than it lasts: %s',
    async (fault) => {
      const cells = await Promise.all(
        matrix.filter(({ faults }) => fault in faults).map((dependency) => runCell(dependency, fault, 1)),
      );
      expect(cells.length).toBeGreaterThan(3);
      for (const { dependency, outcomes, slowestMilliseconds, recoveryMilliseconds } of cells) {
        const expected = matrix.find(({ name }) => name === dependency)!.faults[fault];
        if (expected !== 'either') expect([dependency, outcomes]).toEqual([dependency, [expected]]);
        expect(slowestMilliseconds).toBeLessThan(5_000);
        expect(recoveryMilliseconds).toBeLessThan(30_000);
      }
    },
  );
});

describe('a total outage', () => {
  const outages = ['timeout', 'throttle', 'server-error', 'reset', 'garbage', 'cut'] as const;

  it.each(outages.flatMap((fault) => [1, 20].map((together) => ({ fault, together }))))(
    'is not made worse by retries: $fault, $together calls at a time',
    async ({ fault, together }) => {
      const { offered, arrived, slowestMilliseconds } = await measureAmplification(dynamoDb.endpoint, fault, {
        offered: 60,
        together,
        tryTimeoutMilliseconds: 30,
        deadlineMilliseconds: 150,
      });
      expect(arrived).toBeGreaterThan(0);
      expect(arrived / offered).toBeLessThanOrEqual(1.2);
      expect(slowestMilliseconds).toBeLessThan(5_000);
    },
  );
});
