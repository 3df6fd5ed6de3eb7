import type { ProductFunctionName } from '../function-names.ts';

/** A figure somebody has stated, and why it is that one: to be replaced by what is measured in operation. */
export interface Stated {
  readonly value: number;
  /** What it counts, as the page names it. */
  readonly what: string;
  readonly why: string;
}

/** A kind of check that is asked for through a door of its own. */
export type CheckKind = 'publicEvaluation' | 'ownEligibility' | 'counterCheck' | 'partnerCheck';

/** The load the page is computed for. */
export const load = {
  residents: {
    value: 21_000_000,
    what: 'residents in the register',
    why: 'a city of the size of Chengdu: all who live there',
  },
  checksPerResidentAYear: {
    value: 2,
    what: 'checks a resident a year, through all doors',
    why: 'one life event in which a service is asked about, looked up once before and once at the counter',
  },
  eventsPerResidentAYear: {
    value: 13,
    what: 'events of bureaus a resident a year',
    why: 'twelve months of insurance, one of everything else; those who pay none have fewer',
  },
  customMetrics: {
    value: 94,
    what: 'metrics of our own that have values in a month',
    why: 'one for the duration of each operation, one for each problem a function answered with, and of three problems one for the version of each of eight functions',
  },
  logBytesPerCall: {
    value: 2_000,
    what: 'bytes of logs a call',
    why: 'a line of the gateway (400), one of the function and its metrics (700), and what Lambda writes of each run (900)',
  },
  importSecondsPerThousandEvents: {
    value: 1,
    what: 'seconds of the import function for a thousand events',
    why: 'half as fast as on two cores beside an embedded database (docs/performance.md)',
  },
  anchorSeconds: {
    value: 3,
    what: 'seconds of a run of the anchoring',
    why: 'a signature, two objects and the entries of ten minutes, 30 µs each (ADR 9)',
  },
} as const satisfies Record<string, Stated>;

/** What part of the checks comes through which door; one in all. */
export const checkShares = {
  publicEvaluation: 0.2,
  ownEligibility: 0.45,
  counterCheck: 0.3,
  partnerCheck: 0.05,
} as const satisfies Record<CheckKind, number>;

/** Milliseconds a run of a function is charged for, on average and starts included. Stated: nothing was measured on AWS. */
export const functionMilliseconds = {
  eligibility: 15,
  residents: 60,
  counter: 80,
  /** Every answer is held back to 200 ms (ADR 10), and Lambda is paid for the wait. */
  partners: 220,
  authorizer: 20,
  stream: 500,
} as const satisfies Partial<Record<ProductFunctionName, number>>;

/** Which function answers a check. */
export const functionOfCheck = {
  publicEvaluation: 'eligibility',
  ownEligibility: 'residents',
  counterCheck: 'counter',
  partnerCheck: 'partners',
} as const satisfies Record<CheckKind, keyof typeof functionMilliseconds>;

/**
 * Runs of the authorizer a check: the gateway keeps its answer for thirty seconds. A resident calls once and is asked about
 * once; a clerk's token or a third party's key serves several checks.
 */
export const authorizationsPerCheck = {
  publicEvaluation: 0,
  ownEligibility: 1,
  counterCheck: 0.5,
  partnerCheck: 0.2,
} as const satisfies Record<CheckKind, number>;

/** Changes that reach the stream function in one run, of the hundred that a batch may have. */
export const changesPerBatch = 50;

/** Months for which decisions and entries of the audit are kept. The page is computed for when they are all there. */
export const monthsKept = 36;

/** Runs of the anchoring a month, one every ten minutes; objects put and signatures made by each. */
export const anchoring = { runsAMonth: 4_380, objects: 2, signatures: 1 } as const;
