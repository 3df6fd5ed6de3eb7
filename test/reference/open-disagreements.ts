import type { Disagreement } from './compare.ts';
import type { ForecastFault } from './compare-forecast.ts';

/**
 * Where both call a condition unknown and differ only in which of two reasons they name: an area that was not told and
 * a lapse that the law leaves open at once. Which is named first is no question of semantics.
 */
export function isOpen({ condition, product, reference }: Disagreement): boolean {
  if (condition === null || !/school-residence|in-one-school-unit|in-the-city/.test(condition)) return false;
  return product.startsWith('unknown') && reference.startsWith('unknown');
}

/**
 * Whether months of residence in all go on where the summary says that none is registered now: continuous months do
 * under both engines, months in all do under the reference only.
 */
export function isOpenForecast({ service, resident }: ForecastFault): boolean {
  const { residence } = resident;
  return (
    service.startsWith('test.cumulative-') &&
    residence !== undefined &&
    !('periods' in residence) &&
    residence.registered === false
  );
}
