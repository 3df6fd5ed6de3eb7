import { type Consumption, consumption } from './consumption.ts';
import { type CostLine, type MakeLine, rounded, secondsLine, sum } from './cost-line.ts';
import type { Inventory } from './inventory.ts';
import {
  authorizationsPerCheck,
  changesPerBatch,
  functionMilliseconds,
  functionOfCheck,
  load,
  monthsKept,
} from './load.ts';
import { checkKinds, type Volumes } from './volumes.ts';

const gigabyte = 2 ** 30;
const secondsAMonth = 730 * 3_600;
const averageDaysAMonth = 365 / 12;

/** What grows with what is asked for and kept. */
export function linesByUse(
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
      `${rounded(calls)} checks, ${rounded(authorizations)} authorizations, ${rounded(batches)} batches of changes`,
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
          `${rounded(checks[kind])} × ${milliseconds} ms`,
        );
      }),
    secondsLine(
      inventory,
      'authorizer',
      (authorizations * functionMilliseconds.authorizer) / 1_000,
      'Running authorizer',
      line,
      `${rounded(authorizations)} × ${functionMilliseconds.authorizer} ms`,
    ),
    secondsLine(
      inventory,
      'stream',
      (batches * functionMilliseconds.stream) / 1_000,
      'Running stream',
      line,
      `${rounded(batches)} × ${functionMilliseconds.stream} ms`,
    ),
    ...(events > 0
      ? [
          secondsLine(
            inventory,
            'import',
            imported,
            'Running import',
            line,
            `${rounded(events)} events × ${load.importSecondsPerThousandEvents.value} ms`,
          ),
        ]
      : []),
    line('tableRead', 'Reads of tables', readUnits, 'units', 'checks and events, as measured'),
    line(
      'tableWrite',
      'Writes of tables',
      writeUnits,
      'units',
      `checks and events, as measured, and ${rounded(changes)} changes in the audit × ${audited.writeUnits}`,
    ),
    line(
      'tableStorage',
      'Stored in tables',
      stored,
      'GB',
      `${monthsKept} months of what is added, and ${rounded(residents)} lives so far × ${rounded(consumption.newResident.storedBytes)} bytes`,
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
      `${rounded(calls + authorizations + batches)} runs × ${rounded(load.logBytesPerCall.value)} bytes`,
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
