import { EmbeddedMetrics } from './embedded-metrics.ts';

/** The namespace of every metric; alarms and dashboards read it from here. */
export const metricsNamespace = 'PermitEligibility';

/** Counts answers with a problem: one metric a code, so that each can have its alarm. */
export function problemMetric(code: string): string {
  return `problem.${code}`;
}

/** Counts decisions that do not come out as they are stored, or cannot be opened: there must never be any. */
export const decisionFaultMetric = 'decision.fault';

/** Counts checks of people of another district than the clerk's. */
export const outsideDistrictMetric = 'counter.outside-district';

/** What the functions count. Numbers only, by operation: no dimension can hold a personal value. */
export interface Measures {
  countProblem(code: string): void;
  countDecisionFault(): void;
  countOutsideDistrict(): void;
  recordDuration(operationId: string, milliseconds: number): void;
  /** Writes what was counted since; once a request. */
  publish(): void;
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
      metrics.addMetric(problemMetric(code), 'Count', 1);
    },
    countDecisionFault() {
      metrics.addMetric(decisionFaultMetric, 'Count', 1);
    },
    countOutsideDistrict() {
      metrics.addMetric(outsideDistrictMetric, 'Count', 1);
    },
    recordDuration(operationId, milliseconds) {
      metrics.addMetric(`duration.${operationId}`, 'Milliseconds', milliseconds);
    },
    publish() {
      metrics.publish();
    },
  };
}
