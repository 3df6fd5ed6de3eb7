import type { Log } from '../../shared/observability/log.ts';
import type { LogMessageName } from '../../shared/observability/log-messages.ts';
import type { Measures } from '../../shared/observability/measures.ts';

/** A log and measures that remember what they were told. */
export function recordingObservers() {
  const messages: { name: LogMessageName; fields: Readonly<Record<string, unknown>> }[] = [];
  const problems: string[] = [];
  const durations: string[] = [];
  const nearLimits: string[] = [];
  let published = 0;
  let decisionFaults = 0;
  let outsideDistrict = 0;
  let keysExpireSoon = 0;
  const log: Log = {
    identify: () => {},
    write: (name, fields) => {
      messages.push({ name, fields });
    },
  };
  const measures: Measures = {
    countProblem: (code) => {
      problems.push(code);
    },
    countPartnerLimit: (limited) => {
      nearLimits.push(limited);
    },
    countDecisionFault: () => {
      decisionFaults++;
    },
    countOutsideDistrict: () => {
      outsideDistrict++;
    },
    countKeyExpiresSoon: () => {
      keysExpireSoon++;
    },
    recordDuration: (operationId) => {
      durations.push(operationId);
    },
    publish: () => {
      published++;
    },
  };
  return {
    log,
    measures,
    messages,
    problems,
    durations,
    nearLimits,
    publications: () => published,
    decisionFaults: () => decisionFaults,
    keysExpireSoon: () => keysExpireSoon,
    looksOutsideDistrict: () => outsideDistrict,
  };
}
