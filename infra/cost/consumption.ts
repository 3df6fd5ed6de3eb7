/**
 * What one call of each kind takes of what is paid by use. Measured with the product's own stores on the embedded DynamoDB
 * (`test/integration/cost-consumption.test.ts`, which holds these figures to the code): change them when it says so.
 */
export interface Consumption {
  /** DynamoDB read request units: 4 KB each, consistent reads. */
  readonly readUnits: number;
  /** DynamoDB write request units: 1 KB each, two in a transaction. */
  readonly writeUnits: number;
  /** Bytes that stay behind in tables, with the 100 that DynamoDB adds to each item. */
  readonly storedBytes: number;
  /** Changes of items of tables with a stream: the audit records each of them a moment later. */
  readonly changes: number;
  /** Calls of KMS by the product itself: data keys made and opened. */
  readonly keyRequests: number;
  /** Bytes of the answer's body; 0 where a call does not answer by itself. */
  readonly answerBytes: number;
}

/** A kind of call that has a consumption of its own. */
export type MeasuredCall =
  | 'publicEvaluation'
  | 'ownEligibility'
  | 'counterCheck'
  | 'partnerCheck'
  | 'event'
  | 'newResident'
  | 'auditedChange';

const nothing = { readUnits: 0, writeUnits: 0, storedBytes: 0, changes: 0, keyRequests: 0, answerBytes: 0 };

/** Averages over a dozen lives of the sample city, hence the fractions. Checks ask about three services with all reasons. */
export const consumption = {
  /** From facts in the request and policies in memory. */
  publicEvaluation: { ...nothing, answerBytes: 19_000 },
  /** The record, and the look at it in the audit. */
  ownEligibility: {
    readUnits: 1.08,
    writeUnits: 4,
    storedBytes: 850,
    changes: 0,
    keyRequests: 1.08,
    answerBytes: 19_800,
  },
  /** The record; decision and look in one transaction. */
  counterCheck: {
    readUnits: 1.08,
    writeUnits: 14,
    storedBytes: 5_840,
    changes: 1,
    keyRequests: 1.08,
    answerBytes: 20_500,
  },
  /** Under a key. Terms, key and what was used of the day, record and consents; decision and look in one transaction. Answers with outcome and dates alone. */
  partnerCheck: {
    readUnits: 5.08,
    writeUnits: 17.83,
    storedBytes: 3_620,
    changes: 1,
    keyRequests: 1.08,
    answerBytes: 347,
  },
  /** One more event of somebody who is known, by itself: the record, then event and record in one transaction. */
  event: { ...nothing, readUnits: 1, writeUnits: 4.33, storedBytes: 403, changes: 2, keyRequests: 1 },
  /** Somebody's whole life so far, brought in together. */
  newResident: {
    ...nothing,
    readUnits: 1,
    writeUnits: 34.2,
    storedBytes: 8_520,
    changes: 16.92,
    keyRequests: 1,
  },
  /** A change that is told to the audit: entry and place. */
  auditedChange: { ...nothing, writeUnits: 4, storedBytes: 790 },
} as const satisfies Record<MeasuredCall, Consumption>;
