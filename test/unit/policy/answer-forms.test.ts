import { describe, expect, it } from 'vitest';
import { evaluateEligibility } from '../../../shared/domain/policy/evaluate-eligibility.ts';
import { bothEngines, civil } from '../../reference/compare.ts';
import { type GeneratedCase, generateCases } from '../../support/generate-residents.ts';
import { combinedDraft, packOf } from '../../support/packs/every-form.ts';
import { everyTest } from '../../support/packs/versions.ts';

const freshHistory = () => bothEngines(packOf({ ...combinedDraft, tests: everyTest })).history;
const cases = generateCases(40, 11);

describe.each(['zh-CN', 'en'] as const)('an answer in %s', (language) => {
  const options = ({ asOf }: GeneratedCase) => ({ asOf: civil(asOf), explain: 'full', language }) as const;

  it('is the same whoever was answered before', () => {
    const warm = freshHistory();
    for (const each of cases.toReversed()) evaluateEligibility(warm, each.resident, options(each));
    for (const each of cases.slice(0, 10)) {
      expect(evaluateEligibility(warm, each.resident, options(each))).toBe(
        evaluateEligibility(freshHistory(), each.resident, options(each)),
      );
    }
  });
});
