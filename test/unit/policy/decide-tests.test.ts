import { describe, expect, it } from 'vitest';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { decideTests, testOutcome } from '../../../shared/domain/policy/decide-tests.ts';
import {
  type FactVector,
  factVector,
  RANGE,
  READINGS,
  setExact,
  setSpan,
  setUnknown,
} from '../../../shared/domain/policy/facts/fact-vector.ts';
import type { ResidentLife } from '../../../shared/domain/policy/resident-life.ts';
import { combinedDraft, packOf } from '../../support/packs/every-form.ts';
import { everyTest } from '../../support/packs/versions.ts';

const policy = compilePolicy(packOf({ ...combinedDraft, tests: everyTest }));
const life = (...unavailable: string[]) => ({ unavailable: new Set(unavailable) }) as unknown as ResidentLife;

/** Writes one and the same fact into every column. */
type Write = (vector: FactVector, index: number) => void;
const exact =
  (value: number): Write =>
  (vector, index) =>
    setExact(vector, index, value);

describe('what tests say of a fact by its code', () => {
  it.each<[string, Write]>([
    ...[-1, 0, 1, 2, 6, 11.5, 12, 24, 60, 89.99, 250, 251, 252, 253, 1_800, 90_000].map(
      (value): [string, Write] => [`exactly ${value}`, exact(value)],
    ),
    ['not given', (vector, index) => setUnknown(vector, index, life(), 'permit')],
    [
      'from a source that did not answer',
      (vector, index) => setUnknown(vector, index, life('permit'), 'permit'),
    ],
    ['two readings', (vector, index) => setSpan(vector, index, 3, 70, READINGS)],
    ['a range', (vector, index) => setSpan(vector, index, 5, 15, RANGE)],
    ['a range without an end', (vector, index) => setSpan(vector, index, 0, Number.POSITIVE_INFINITY, RANGE)],
  ])('is what they say of the fact itself: %s', (_name, write) => {
    const vector = factVector(policy.facts.length);
    for (let index = 0; index < policy.facts.length; index++) write(vector, index);
    const outcomes = new Uint8Array(policy.nodeKind.length);
    decideTests(policy, vector, outcomes);
    const byFact = policy.tests.map((_test, test) => testOutcome(policy, test, vector));
    expect(policy.tests.map((_test, test) => outcomes[policy.testNode[test]!])).toEqual(byFact);
  });
});
