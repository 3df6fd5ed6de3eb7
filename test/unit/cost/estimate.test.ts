import { describe, expect, it } from 'vitest';
import { consumption } from '../../../infra/cost/consumption.ts';
import { totalOf } from '../../../infra/cost/cost-line.ts';
import { bringingIn, estimate } from '../../../infra/cost/estimate.ts';
import type { FunctionInventory, Inventory } from '../../../infra/cost/inventory.ts';
import { checkShares, functionMilliseconds, load } from '../../../infra/cost/load.ts';
import { type PriceItem, type PriceList, priceLists } from '../../../infra/cost/prices.ts';
import { checksOf, mixedChecks, monthOf } from '../../../infra/cost/volumes.ts';

const oneFunction = (name: string, over: Partial<FunctionInventory> = {}): FunctionInventory => ({
  name,
  memoryMegabytes: 1024,
  architecture: 'arm64',
  timeoutSeconds: 10,
  ...over,
});
const names = ['eligibility', 'residents', 'counter', 'partners', 'authorizer', 'stream', 'import', 'anchor'];
const inventory: Inventory = {
  functions: Object.fromEntries(names.map((name) => [name, oneFunction(name)])),
  traced: true,
  tables: { count: 5, withStream: 3, restorable: 5 },
  keys: { count: 3, rotated: 2 },
  logRetentionDays: [365],
  alarmMetrics: 10,
  compositeAlarms: 0,
  dashboards: 1,
  buckets: 1,
  queues: 1,
  topics: 1,
  schedules: 1,
  webAcls: 0,
  webAclRules: 0,
};
/** A unit of everything costs one. */
const ones: PriceList = {
  region: 'nowhere',
  currency: 'USD',
  readOn: '2026-01-01',
  prices: Object.fromEntries(
    Object.keys(priceLists['ap-southeast-1']!.prices).map((item) => [
      item,
      {
        steps: [{ from: 0, price: 1 }],
        per: 1,
        certainty: 'assumed',
        source: 'https://example.org/',
        note: '',
      },
    ]),
  ) as unknown as PriceList['prices'],
};
const nothing = { checks: mixedChecks(0), events: 0, residents: 0 };
const gigabyte = 2 ** 30;

function quantities(from: ReturnType<typeof estimate>, item: PriceItem): number {
  return [...from.fixed, ...from.byUse]
    .filter((line) => line.item === item)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

describe('the fixed part', () => {
  it('is the same whatever happens', () => {
    expect(estimate(inventory, nothing, ones).fixed).toEqual(estimate(inventory, monthOf(1_000), ones).fixed);
  });

  it('counts two earlier versions of a key that rotates', () => {
    // 3 keys, and 2 more of each of the 2 that rotate.
    expect(quantities(estimate(inventory, nothing, ones), 'kmsKey')).toBe(7);
  });

  it('has web ACLs and composite alarms where the templates have them', () => {
    const items = (of: Inventory) => estimate(of, nothing, ones).fixed.map(({ item }) => item);
    expect(items(inventory)).not.toContain('webAcl');
    const more = { ...inventory, webAcls: 1, webAclRules: 4, compositeAlarms: 2 };
    expect(items(more)).toEqual(expect.arrayContaining(['webAcl', 'webAclRule', 'compositeAlarm']));
    expect(quantities(estimate(more, nothing, ones), 'webAclRule')).toBe(4);
  });
});

describe('what a thousand checks at a counter take', () => {
  const found = estimate(inventory, { ...nothing, checks: checksOf('counterCheck', 1_000) }, ones);
  const { counterCheck, auditedChange } = consumption;

  it.each<[PriceItem, number]>([
    ['apiRequest', 1_000],
    // 1,000 checks, 500 authorizations, 1,000 changes in batches of 50.
    ['lambdaRequest', 1_520],
    // 1,000 x 80 ms and 500 x 20 ms at 1 GB, 20 batches of 500 ms; and 4,380 runs of 3 s that are fixed.
    ['lambdaSecondArm', 80 + 10 + 10 + 13_140],
    ['tableRead', 1_000 * counterCheck.readUnits],
    ['tableWrite', 1_000 * (counterCheck.writeUnits + auditedChange.writeUnits)],
    ['tableStorage', (36 * 1_000 * (counterCheck.storedBytes + auditedChange.storedBytes)) / gigabyte],
    ['tableRecovery', (36 * 1_000 * (counterCheck.storedBytes + auditedChange.storedBytes)) / gigabyte],
    ['kmsRequest', 1_000 * counterCheck.keyRequests],
    ['logIngestion', (1_520 * 2_000) / gigabyte],
    // A year is twelve months.
    ['logStorage', (12 * 1_520 * 2_000) / gigabyte],
    // All of them are the first of their second.
    ['trace', 1_000],
    ['transferOut', (1_000 * counterCheck.answerBytes) / gigabyte],
  ])('%s', (item, quantity) => {
    expect(quantities(found, item)).toBeCloseTo(quantity, 6);
  });

  it('is paid by the memory and the kind of processor of the template', () => {
    const functions = {
      ...inventory.functions,
      counter: oneFunction('counter', { memoryMegabytes: 2048, architecture: 'x86_64' }),
    };
    const changed = estimate(
      { ...inventory, functions },
      { ...nothing, checks: checksOf('counterCheck', 1_000) },
      ones,
    );
    expect(quantities(changed, 'lambdaSecondX86')).toBe((2 * 1_000 * functionMilliseconds.counter) / 1_000);
  });
});

describe('traces', () => {
  it.each([
    // A month has 2,628,000 seconds.
    [2_628_000, 2_628_000],
    [2_628_100, 2_628_005],
  ])('of %i requests', (requests, traced) => {
    const volumes = { ...nothing, checks: checksOf('publicEvaluation', requests) };
    expect(quantities(estimate(inventory, volumes, ones), 'trace')).toBeCloseTo(traced, 6);
    expect(quantities(estimate({ ...inventory, traced: false }, volumes, ones), 'trace')).toBe(0);
  });
});

describe('a month of a city', () => {
  it('has a twelfth of the checks and events of a year, by the stated shares', () => {
    const { checks, events } = monthOf(12_000);
    expect(checks.counterCheck).toBeCloseTo(
      1_000 * load.checksPerResidentAYear.value * checkShares.counterCheck,
      6,
    );
    expect(events).toBe(1_000 * load.eventsPerResidentAYear.value);
  });

  it('keeps the lives so far of its residents from the first day', () => {
    const idle = { ...nothing, residents: 1_000 };
    expect(quantities(estimate(inventory, idle, ones), 'tableStorage')).toBeCloseTo(
      (1_000 * consumption.newResident.storedBytes) / gigabyte,
      9,
    );
  });

  it('has shares that are one in all', () => {
    expect(Object.values(checkShares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

it('bringing residents in is writes, what the audit is told of them, and keys', () => {
  const { writeUnits, changes } = consumption.newResident;
  const lines = bringingIn(10, ones);
  const writes = lines.find(({ item }) => item === 'tableWrite');
  expect(writes?.quantity).toBeCloseTo(10 * (writeUnits + 4 * changes), 6);
});

it('a price that is not known is not put at nothing: the line and the sum say so', () => {
  const lines = estimate(inventory, nothing, {
    ...ones,
    prices: { ...ones.prices, alarm: null, dashboard: null },
  }).fixed;
  expect(lines.find(({ item }) => item === 'alarm')?.sum).toBeNull();
  const complete = totalOf(estimate(inventory, nothing, ones).fixed);
  expect(complete.unknown).toBe(0);
  expect(totalOf(lines)).toEqual({ known: complete.known - 11, unknown: 2 });
});
