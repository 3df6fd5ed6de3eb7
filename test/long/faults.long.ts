import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { measureAmplification } from '../support/faults/amplification.ts';
import { dependencies } from '../support/faults/dependencies.ts';
import { type FaultName, faultNames } from '../support/faults/fault-proxy.ts';
import { type FaultyProduct, openFaultyProduct, type ProductCell } from '../support/faults/faulty-product.ts';
import { type KmsStandIn, startKmsStandIn } from '../support/faults/kms-stand-in.ts';
import { type Cell, runCell } from '../support/faults/run-cell.ts';

const times = Number(process.env.FAULT_CALLS ?? 12);
const rounds = Number(process.env.FAULT_ROUNDS ?? 12);
const ms = (milliseconds: number) => Math.round(milliseconds);

describe('the matrix of faults', () => {
  let folder: string;
  let dynamoDb: TestDynamoDb;
  let kms: KmsStandIn;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faults-'));
    for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
      vi.stubEnv(name, 'local');
    vi.stubEnv('AWS_ENDPOINT_URL_KMS', '');
    dynamoDb = await startTestDynamoDb();
    kms = await startKmsStandIn();
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    kms?.stop();
    await dynamoDb?.stop();
    await rm(folder, { recursive: true });
  });

  it(`has no wrong answer in ${times} calls a cell, none later than 5 s, and none missing 30 s after`, async () => {
    const cells: Cell[] = [];
    for (const dependency of await dependencies(dynamoDb, kms, folder)) {
      for (const fault of Object.keys(dependency.faults) as FaultName[]) {
        cells.push(await runCell(dependency, fault, times));
      }
    }
    console.table(
      cells.map(({ dependency, fault, outcomes, slowestMilliseconds, recoveryMilliseconds }) => ({
        dependency,
        fault,
        right: outcomes.filter((outcome) => outcome === 'right').length,
        unavailable: outcomes.filter((outcome) => outcome === 'unavailable').length,
        'slowest ms': ms(slowestMilliseconds),
        'recovery ms': ms(recoveryMilliseconds),
      })),
    );
    expect(cells.length).toBeGreaterThan(50);
    expect(Math.max(...cells.map(({ slowestMilliseconds }) => slowestMilliseconds))).toBeLessThan(5_000);
    expect(Math.max(...cells.map(({ recoveryMilliseconds }) => recoveryMilliseconds))).toBeLessThan(30_000);
  }, 900_000);

  it('makes no total outage worse than 1.2 times what was offered, as patient as the product is', async () => {
    const figures: object[] = [];
    for (const fault of ['timeout', 'throttle', 'server-error', 'reset', 'garbage', 'cut'] as const) {
      for (const together of [1, 20]) {
        const { offered, arrived, slowestMilliseconds } = await measureAmplification(
          dynamoDb.endpoint,
          fault,
          { offered: 200, together },
        );
        const ratio = arrived / offered;
        figures.push({ fault, together, offered, arrived, ratio, 'slowest ms': ms(slowestMilliseconds) });
        expect(ratio).toBeLessThanOrEqual(1.2);
        expect(slowestMilliseconds).toBeLessThan(5_000);
      }
    }
    console.table(figures);
  }, 300_000);
});

describe('the whole product', () => {
  let product: FaultyProduct;

  beforeAll(async () => {
    product = await openFaultyProduct();
  }, 120_000);
  afterAll(() => product?.stop());

  it(`answers rightly or 503 at every door in ${rounds} rounds a cell, in time, and recovers`, async () => {
    const figures: object[] = [];
    const cells: ProductCell[] = [];
    for (const dependency of ['DynamoDB', 'KMS'] as const) {
      for (const fault of faultNames) {
        if (dependency === 'KMS' && fault === 'stale') continue;
        const cell = await product.run(dependency, fault, rounds);
        const { wrong: _, slowestMilliseconds, recoveryMilliseconds, amplification, ...counts } = cell;
        figures.push({
          ...counts,
          'slowest ms': ms(slowestMilliseconds),
          'recovery ms': ms(recoveryMilliseconds),
          amplification: Math.round(amplification * 100) / 100,
        });
        cells.push(cell);
      }
    }
    console.table(figures);
    for (const { dependency, fault, wrong, ...cell } of cells) {
      expect([dependency, fault, wrong]).toEqual([dependency, fault, []]);
      expect(cell.slowestMilliseconds).toBeLessThan(5_000);
      expect(cell.recoveryMilliseconds).toBeLessThan(30_000);
      expect([dependency, fault, cell.amplification <= 1.2]).toEqual([dependency, fault, true]);
    }
  }, 1_800_000);
});
