import type { Disagreement } from './compare.ts';
import type { ForecastFault } from './compare-forecast.ts';

/**
 * Where product and reference are known to differ, until the product follows. Each has a failing example in
 * test/unit/domain-agreement/open-disagreements.test.ts: what is put right there comes off this list.
 */
const OPEN: readonly RegExp[] = [
  // Upper bounds on months of insurance that `payingIn` or several kinds apply to.
  /^test\.insurance-(6|7|9|10|11|15|17)-below /,
  // An open threshold beside a bound that already decides.
  /^test\.(income-open|age-open|children-open) |\/school-insurance$/,
  // Kinds counted together, one of which is not given.
  /^test\.insurance-5-/,
  // Residence in one area unit where a registration states no area.
  /^test\.(in-one-school-unit|in-the-city) |\/school-residence$/,
  // A prefecture within a group that holds all of it.
  /^test\.one-city /,
  // Residence in all where the summary is silent and the permit tells.
  /^test\.cumulative-\d+ /,
];

/** A service is told apart by its conditions: education.compulsory asks two that are open. */
const OPEN_SERVICES: readonly string[] = ['education.compulsory'];

export function isOpen({ service, condition }: Disagreement): boolean {
  if (condition === null && OPEN_SERVICES.includes(service)) return true;
  const name = `${service} ${condition ?? ''}`;
  return OPEN.some((pattern) => pattern.test(name));
}

/** Days of change that are missed, on top of those of conditions that are open. */
const OPEN_FORECASTS: readonly RegExp[] = [
  // A source that comes into force changes what it carries.
  /^assistance\.later /,
  // The longer of two counts that do not grow alike.
  /^test\.insurance-15-/,
];

export function isOpenForecast({ service }: ForecastFault): boolean {
  const name = `${service} `;
  return (
    [...OPEN, ...OPEN_FORECASTS].some((pattern) => pattern.test(name)) || OPEN_SERVICES.includes(service)
  );
}
