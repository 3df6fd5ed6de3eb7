import { type Consumption, consumption } from './consumption.ts';
import type { Inventory } from './inventory.ts';
import {
  anchoring,
  authorizationsPerCheck,
  type CheckKind,
  changesPerBatch,
  checkShares,
  functionMilliseconds,
  functionOfCheck,
  load,
  monthsKept,
} from './load.ts';
import { type PriceItem, type PriceList, sumOf } from './prices.ts';

/** What happens in a month. */
export interface Volumes {
  readonly checks: Readonly<Record<CheckKind, number>>;
  readonly events: number;
  /** In the register, whatever happens to them. */
  readonly residents: number;
}

/** One line of the page: so many of something, at its price. */
export interface CostLine {
  readonly item: PriceItem;
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  /** How the quantity comes about. */
  readonly arithmetic: string;
  /** Null: the price is not known. */
  readonly sum: number | null;
}

export interface Estimate {
  /** Is paid without a single call. */
  readonly fixed: readonly CostLine[];
  /** Grows with what is asked for and kept. */
  readonly byUse: readonly CostLine[];
}

const checkKinds = Object.keys(checkShares) as CheckKind[];
const gigabyte = 2 ** 30;
const secondsAMonth = 730 * 3_600;
const averageDaysAMonth = 365 / 12;

/** So many checks a month in the stated mixture. */
export function mixedChecks(count: number): Record<CheckKind, number> {
  return Object.fromEntries(checkKinds.map((kind) => [kind, count * checkShares[kind]])) as Record<
    CheckKind,
    number
  >;
}

/** Checks of one kind alone. */
export function checksOf(kind: CheckKind, count: number): Record<CheckKind, number> {
  return { ...mixedChecks(0), [kind]: count };
}

/** What happens in a month among so many residents. */
export function monthOf(residents: number): Volumes {
  const aMonth = (aYear: number) => (residents * aYear) / 12;
  return {
    checks: mixedChecks(aMonth(load.checksPerResidentAYear.value)),
    events: aMonth(load.eventsPerResidentAYear.value),
    residents,
  };
}

/**
 * What a month costs, when it has been like this for as long as things are kept: what the templates have, times what happens,
 * times the prices. Free tiers are not taken off: the account may have used them elsewhere.
 */
export function estimate(inventory: Inventory, volumes: Volumes, list: PriceList): Estimate {
  const line = pricedBy(list);
  return { fixed: fixedLines(inventory, line), byUse: linesByUse(inventory, volumes, line) };
}

/** What it costs once to bring in the lives so far of so many residents; keeping them is in the estimate of a month. */
export function bringingIn(residents: number, list: PriceList): CostLine[] {
  const line = pricedBy(list);
  const { readUnits, writeUnits, changes, keyRequests } = consumption.newResident;
  const how = `${count(residents)} lives`;
  return [
    line('tableRead', 'Reads of tables', residents * readUnits, 'units', `${how} × ${readUnits}`),
    line(
      'tableWrite',
      'Writes of tables',
      residents * (writeUnits + changes * consumption.auditedChange.writeUnits),
      'units',
      `${how} × (${writeUnits} + ${changes} changes in the audit × ${consumption.auditedChange.writeUnits})`,
    ),
    line('kmsRequest', 'Requests to KMS', residents * keyRequests, 'requests', `${how} × ${keyRequests}`),
  ];
}

/** What lines cost in all, as far as it is known, and of how many the price is not. */
export function totalOf(lines: readonly CostLine[]): { readonly known: number; readonly unknown: number } {
  const known = sum(lines.map((line) => line.sum ?? 0));
  return { known, unknown: lines.filter((line) => line.sum === null).length };
}

function pricedBy(list: PriceList): MakeLine {
  return (item, what, quantity, unit, arithmetic) => {
    const price = list.prices[item];
    return { item, what, quantity, unit, arithmetic, sum: price === null ? null : sumOf(price, quantity) };
  };
}

type MakeLine = (
  item: PriceItem,
  what: string,
  quantity: number,
  unit: string,
  arithmetic: string,
) => CostLine;

function fixedLines(inventory: Inventory, line: MakeLine): CostLine[] {
  const { keys, webAcls, webAclRules, compositeAlarms } = inventory;
  const anchorSeconds = anchoring.runsAMonth * load.anchorSeconds.value;
  return [
    line(
      'kmsKey',
      'KMS keys',
      keys.count + 2 * keys.rotated,
      'keys',
      `${keys.count} keys and 2 earlier versions of the ${keys.rotated} that rotate, from the second year on`,
    ),
    line('alarm', 'Alarms', inventory.alarmMetrics, 'metrics', 'metrics that alarms watch'),
    ...(compositeAlarms > 0
      ? [line('compositeAlarm', 'Composite alarms', compositeAlarms, 'alarms', 'in the templates')]
      : []),
    line('dashboard', 'Dashboards', inventory.dashboards, 'dashboards', 'in the templates'),
    line('customMetric', 'Metrics of our own', load.customMetrics.value, 'metrics', 'stated'),
    secondsLine(
      inventory,
      'anchor',
      anchorSeconds,
      'Anchoring, running',
      line,
      `${anchoring.runsAMonth} runs × ${load.anchorSeconds.value} s`,
    ),
    line(
      'objectPut',
      'Anchoring, objects',
      anchoring.runsAMonth * anchoring.objects,
      'requests',
      `${anchoring.runsAMonth} runs × ${anchoring.objects}`,
    ),
    line(
      'kmsSignature',
      'Anchoring, signatures',
      anchoring.runsAMonth * anchoring.signatures,
      'requests',
      `${anchoring.runsAMonth} runs × ${anchoring.signatures}`,
    ),
    ...(webAcls > 0
      ? [
          line('webAcl', 'Web ACLs', webAcls, 'ACLs', 'in the templates'),
          line('webAclRule', 'Rules of web ACLs', webAclRules, 'rules', 'in the templates'),
        ]
      : []),
  ];
}

function linesByUse(
  inventory: Inventory,
  { checks, events, residents }: Volumes,
  line: MakeLine,
): CostLine[] {
  const calls = sum(checkKinds.map((kind) => checks[kind]));
  const changes = consumed('changes', checks, events);
  const authorizations = sum(checkKinds.map((kind) => checks[kind] * authorizationsPerCheck[kind]));
  const batches = changes / changesPerBatch;
  const imported = (events / 1_000) * load.importSecondsPerThousandEvents.value;
  const audited = consumption.auditedChange;
  const readUnits = consumed('readUnits', checks, events);
  const writeUnits = consumed('writeUnits', checks, events) + changes * audited.writeUnits;
  const grown = (consumed('storedBytes', checks, events) + changes * audited.storedBytes) * monthsKept;
  const stored = (grown + residents * consumption.newResident.storedBytes) / gigabyte;
  const logged = ((calls + authorizations + batches) * load.logBytesPerCall.value) / gigabyte;
  const restorable = inventory.tables.restorable === inventory.tables.count ? stored : 0;
  return [
    line('apiRequest', 'Requests of the API', calls, 'requests', 'checks'),
    line(
      'lambdaRequest',
      'Runs of functions',
      calls + authorizations + batches,
      'runs',
      `${count(calls)} checks, ${count(authorizations)} authorizations, ${count(batches)} batches of changes`,
    ),
    ...checkKinds
      .filter((kind) => checks[kind] > 0)
      .map((kind) => {
        const name = functionOfCheck[kind];
        const milliseconds = functionMilliseconds[name];
        return secondsLine(
          inventory,
          name,
          (checks[kind] * milliseconds) / 1_000,
          `Running ${name}`,
          line,
          `${count(checks[kind])} × ${milliseconds} ms`,
        );
      }),
    secondsLine(
      inventory,
      'authorizer',
      (authorizations * functionMilliseconds.authorizer) / 1_000,
      'Running authorizer',
      line,
      `${count(authorizations)} × ${functionMilliseconds.authorizer} ms`,
    ),
    secondsLine(
      inventory,
      'stream',
      (batches * functionMilliseconds.stream) / 1_000,
      'Running stream',
      line,
      `${count(batches)} × ${functionMilliseconds.stream} ms`,
    ),
    ...(events > 0
      ? [
          secondsLine(
            inventory,
            'import',
            imported,
            'Running import',
            line,
            `${count(events)} events × ${load.importSecondsPerThousandEvents.value} ms`,
          ),
        ]
      : []),
    line('tableRead', 'Reads of tables', readUnits, 'units', 'checks and events, as measured'),
    line(
      'tableWrite',
      'Writes of tables',
      writeUnits,
      'units',
      `checks and events, as measured, and ${count(changes)} changes in the audit × ${audited.writeUnits}`,
    ),
    line(
      'tableStorage',
      'Stored in tables',
      stored,
      'GB',
      `${monthsKept} months of what is added, and ${count(residents)} lives so far × ${count(consumption.newResident.storedBytes)} bytes`,
    ),
    line('tableRecovery', 'Restorable to any second', restorable, 'GB', 'the same again, as a backup'),
    line(
      'kmsRequest',
      'Requests to KMS',
      consumed('keyRequests', checks, events),
      'requests',
      'checks and events, as measured',
    ),
    line(
      'logIngestion',
      'Logs written',
      logged,
      'GB',
      `${count(calls + authorizations + batches)} runs × ${count(load.logBytesPerCall.value)} bytes`,
    ),
    line(
      'logStorage',
      'Logs kept',
      logged * monthsOfLogs(inventory),
      'GB',
      `${monthsOfLogs(inventory).toFixed(1)} months of them, not compressed`,
    ),
    ...(inventory.traced
      ? [
          line(
            'trace',
            'Traces',
            traces(calls),
            'traces',
            'the first request of a second and 5 % of the others: at the most',
          ),
        ]
      : []),
    line(
      'transferOut',
      'Answers, to the internet',
      consumed('answerBytes', checks, events) / gigabyte,
      'GB',
      'their bodies, as measured',
    ),
    ...(inventory.webAcls > 0
      ? [line('webAclRequest', 'Requests seen by the web ACL', calls, 'requests', 'checks')]
      : []),
  ];
}

function secondsLine(
  { functions }: Inventory,
  name: string,
  seconds: number,
  what: string,
  line: MakeLine,
  how: string,
): CostLine {
  const found = functions[name];
  if (found === undefined) throw new RangeError(`The templates have no function ${name}.`);
  const { memoryMegabytes, architecture } = found;
  return line(
    architecture === 'arm64' ? 'lambdaSecondArm' : 'lambdaSecondX86',
    what,
    (seconds * memoryMegabytes) / 1_024,
    'GB-s',
    `${how} × ${memoryMegabytes} MB, ${architecture}`,
  );
}

/** What checks and events take of something in a month, by what was measured of one. */
function consumed(what: keyof Consumption, checks: Volumes['checks'], events: number): number {
  const ofChecks = checkKinds.map((kind) => checks[kind] * consumption[kind][what]);
  return sum(ofChecks) + events * consumption.event[what];
}

/** X-Ray's rule of its own: the first request of each second, and five in a hundred of the others. */
function traces(requests: number): number {
  const first = Math.min(requests, secondsAMonth);
  return first + (requests - first) * 0.05;
}

/** How long logs are kept: as long as the group that keeps them for the longest. */
function monthsOfLogs({ logRetentionDays }: Inventory): number {
  const days = logRetentionDays.map((one) => {
    if (one === null) throw new RangeError('A group of logs is kept for ever.');
    return one;
  });
  return Math.max(...days) / averageDaysAMonth;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}
