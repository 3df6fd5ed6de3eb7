import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumption, consumption, type MeasuredCall } from '../../infra/cost/consumption.ts';
import { measureConsumption } from '../support/cost/measure-consumption.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';

let dynamoDb: TestDynamoDb;
let measured: Record<MeasuredCall, Consumption>;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  measured = await measureConsumption(dynamoDb.client);
});
afterAll(() => dynamoDb.stop());

/** Ids and keys are random, so what is compressed differs by some bytes from run to run, and a life may cross a unit's edge. */
const tolerated = {
  readUnits: () => 0.3,
  writeUnits: () => 0.4,
  storedBytes: (bytes: number) => bytes / 20,
  changes: () => 0.01,
  keyRequests: () => 0.1,
  answerBytes: (bytes: number) => bytes / 20,
} as const satisfies Record<keyof Consumption, (figure: number) => number>;

describe.each(Object.keys(consumption) as MeasuredCall[])('what the cost page says of %s', (call) => {
  it('is what the product takes', () => {
    const differing = Object.entries(tolerated).flatMap(([name, tolerance]) => {
      const [said, is] = [consumption[call], measured[call]].map((one) => one[name as keyof Consumption]);
      return Math.abs(said! - is!) <= tolerance(is!) ? [] : [`${name} is ${is}, not ${said}`];
    });
    expect(differing).toEqual([]);
  });
});
