import { NOT_PUBLISHED } from './not-published.ts';

/** Between two numbers; which may be infinite. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
  /** Whether `low` and `high` themselves lie outside. */
  readonly lowExcluded: boolean;
  readonly highExcluded: boolean;
}

/** Bounds as a pack writes them. */
export type BoundsInput = { readonly [bound in 'atLeast' | 'atMost' | 'moreThan' | 'lessThan']?: unknown };

export const EVERYTHING: Bounds = {
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  lowExcluded: false,
  highExcluded: false,
};

/** Whether one of the bounds is a figure that is not published. */
export function isNotPublished({ atLeast, atMost, moreThan, lessThan }: BoundsInput): boolean {
  return [atLeast, atMost, moreThan, lessThan].includes(NOT_PUBLISHED);
}

/** At least and at most include the bound; more than and less than do not (以上、以下 / 超过、不满). */
export function bounds({ atLeast, atMost, moreThan, lessThan }: BoundsInput): Bounds {
  const number = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
  const [from, above] = [
    number(atLeast, Number.NEGATIVE_INFINITY),
    number(moreThan, Number.NEGATIVE_INFINITY),
  ];
  const [to, below] = [number(atMost, Number.POSITIVE_INFINITY), number(lessThan, Number.POSITIVE_INFINITY)];
  return {
    low: Math.max(from, above),
    high: Math.min(to, below),
    lowExcluded: Number.isFinite(above) && above >= from,
    highExcluded: Number.isFinite(below) && below <= to,
  };
}

/** Whether a value lies inside. */
export function isInside(range: Bounds, value: number): boolean {
  return (
    (range.lowExcluded ? value > range.low : value >= range.low) &&
    (range.highExcluded ? value < range.high : value <= range.high)
  );
}

/** The limits among several bounds: where a value that grows goes in or out. */
export function limitsOf(...bounds: readonly Bounds[]): number[] {
  return bounds.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
}
