import { type BoundsInput, isNotPublished } from './bounds.ts';
import type { AgeTest, InsuranceTest, Test } from './expression-schema.ts';
import { NOT_PUBLISHED } from './not-published.ts';

/** A test as several that ask one thing each, so that what one of them decides is decided. */
export interface SimplerParts {
  readonly combine: 'all' | 'any';
  readonly parts: readonly Test[];
}

const BOUNDS = ['atLeast', 'atMost', 'moreThan', 'lessThan'] as const;

/**
 * Takes apart a test that asks several things at once; null for one that asks a single thing:
 * - each or any of several kinds of insurance: a test a kind;
 * - a figure that is published beside one that is not: what fails the first fails the test;
 * - months that must be paid beside a count: not paying fails the test, whatever the count.
 */
export function simplerParts(test: Test): SimplerParts | null {
  if ('insurance' in test) return partsOfInsurance(test);
  const bounded: BoundsInput = 'age' in test && !('count' in test) ? test.age : (test as BoundsInput);
  if (!isNotPublished(bounded)) return null;
  const published = withBounds(bounded, (value) => value !== NOT_PUBLISHED);
  if (published === null) return null;
  const open = withBounds(bounded, (value) => value === NOT_PUBLISHED)!;
  const rebuilt = (part: BoundsInput) =>
    (bounded === (test as BoundsInput) ? part : { age: part as AgeTest['age'] }) as Test;
  return { combine: 'all', parts: [rebuilt(published), rebuilt(open)] };
}

function partsOfInsurance(test: InsuranceTest): SimplerParts | null {
  const { kinds, combine, payingIn } = test.insurance;
  if (kinds.length > 1 && combine !== 'together') {
    const parts = kinds.map((kind) => ({ ...test, insurance: { ...test.insurance, kinds: [kind] } }));
    return { combine: combine === 'any' ? 'any' : 'all', parts };
  }
  const open = withBounds(test, (value) => value === NOT_PUBLISHED);
  const published = withBounds(test, (value) => value !== NOT_PUBLISHED);
  if (payingIn === undefined) {
    return open === null || published === null ? null : { combine: 'all', parts: [published, open] };
  }
  if (open === null) return null;
  // Not paying counts as fewer than no months: it fails any lower bound, even one that is not known.
  const paying = { insurance: test.insurance, atLeast: 0, ...published };
  const { payingIn: _asked, ...counted } = test.insurance;
  return { combine: 'all', parts: [paying, { ...open, insurance: counted }] };
}

/** The test with those of its bounds that are wanted; null when none is. */
function withBounds<T extends BoundsInput>(test: T, wanted: (value: unknown) => boolean): T | null {
  const kept = Object.entries(test).filter(
    ([key, value]) => !(BOUNDS as readonly string[]).includes(key) || (value !== undefined && wanted(value)),
  );
  return kept.some(([key]) => (BOUNDS as readonly string[]).includes(key))
    ? (Object.fromEntries(kept) as T)
    : null;
}
