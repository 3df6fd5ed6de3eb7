import { EmbeddedMetrics } from './embedded-metrics.ts';

/** The namespace of every metric; alarms and dashboards read it from here. */
export const metricsNamespace = 'PermitEligibility';

/** Counts answers with a problem: one metric a code, so that each can have its alarm. */
export function problemMetric(code: string): string {
  return `problem.${code}`;
}

/**
 * Those by which a new version is told from the one before: what it answers when it cannot do its work, and, of the
 * authorizer, what it refuses.
 */
export const problemsByVersion: readonly string[] = ['internal-error', 'unauthorized', 'unavailable'];

/** Counts decisions that do not come out as they are stored, or cannot be opened: there must never be any. */
export const decisionFaultMetric = 'decision.fault';

/** Counts checks of people of another district than the clerk's. */
export const outsideDistrictMetric = 'counter.outside-district';
/** Seconds since the newest root of the audit was made; since anchoring began, when there is none. */
export const anchorAgeMetric = 'anchor.age';

/** What the anchoring of the audit measures. */
export interface AnchorMeasures {
  recordAnchorAge(seconds: number): void;
  /** Writes what was measured since. */
  publish(): void;
}
/** Counts limits of a day that third parties have used up to 80 %, once each: of checks, or of persons. */
export function partnerLimitMetric(limited: 'checks' | 'persons'): string {
  return `partner.near-limit.${limited}`;
}

/** Counts uses of API keys that expire soon. */
export const keyExpiresSoonMetric = 'api-key.expires-soon';

/** What the functions count. Numbers only, by operation: no dimension can hold a personal value. */
export interface Measures {
  countProblem(code: string): void;
  countDecisionFault(): void;
  countOutsideDistrict(): void;
  countPartnerLimit(limited: 'checks' | 'persons'): void;
  countKeyExpiresSoon(): void;
  recordDuration(operationId: string, milliseconds: number): void;
  /** Writes what was counted since; once a request. */
  publish(): void;
}

/** The metrics of the function that anchors the audit, as {@link createMeasures}. */
export function createAnchorMeasures(
  service: string,
  metrics = new EmbeddedMetrics({ namespace: metricsNamespace, service }),
): AnchorMeasures {
  return {
    recordAnchorAge(seconds) {
      metrics.addMetric(anchorAgeMetric, 'Seconds', seconds);
    },
    publish() {
      metrics.publish();
    },
  };
}

/**
 * The metrics of a function, written to its log in CloudWatch's embedded format.
 *
 * @param metrics replaced in tests.
 */
export function createMeasures(
  service: string,
  metrics = new EmbeddedMetrics({ namespace: metricsNamespace, service }),
): Measures {
  return {
    countProblem(code) {
      metrics.addMetric(problemMetric(code), 'Count', 1, problemsByVersion.includes(code));
    },
    countDecisionFault() {
      metrics.addMetric(decisionFaultMetric, 'Count', 1);
    },
    countOutsideDistrict() {
      metrics.addMetric(outsideDistrictMetric, 'Count', 1);
    },
    countPartnerLimit(limited) {
      metrics.addMetric(partnerLimitMetric(limited), 'Count', 1);
    },
    countKeyExpiresSoon() {
      metrics.addMetric(keyExpiresSoonMetric, 'Count', 1);
    },
    recordDuration(operationId, milliseconds) {
      metrics.addMetric(`duration.${operationId}`, 'Milliseconds', milliseconds);
    },
    publish() {
      metrics.publish();
    },
  };
}
