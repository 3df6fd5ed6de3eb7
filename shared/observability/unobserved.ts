import type { Log } from './log.ts';
import type { Measures } from './measures.ts';

/** For whoever runs operations where nobody looks on: tools and documents. */
export const unobserved: { readonly log: Log; readonly measures: Measures } = {
  log: { identify() {}, write() {} },
  measures: {
    countProblem() {},
    countDecisionFault() {},
    countOutsideDistrict() {},
    countPartnerLimit() {},
    countKeyExpiresSoon() {},
    recordDuration() {},
    publish() {},
  },
};
