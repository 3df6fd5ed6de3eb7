import type { Disagreement } from './compare.ts';

/**
 * Where both call a condition unknown and differ only in which of two reasons they name: an area that was not told and
 * a lapse that the law leaves open at once. Which is named first is no question of semantics.
 */
export function isOpen({ condition, product, reference }: Disagreement): boolean {
  if (condition === null || !/school-residence|in-one-school-unit|in-the-city/.test(condition)) return false;
  return product.startsWith('unknown') && reference.startsWith('unknown');
}
