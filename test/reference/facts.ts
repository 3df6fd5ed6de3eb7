import { continuousMonths, cumulativeMonths, type Possibilities } from './residence.ts';
import { permitArea, permitStatus, residenceArea, residenceRegistered, type Situation } from './situation.ts';

/** A fact of the vocabulary by its path: null where it is missing. Months of residence have their own reading. */
export function factOf(path: string, situation: Situation): unknown {
  switch (path) {
    case 'permit.type':
      return situation.resident.permit ? (situation.resident.permit.type ?? 'mainland') : null;
    case 'permit.status':
      return permitStatus(situation);
    case 'permit.areaCode':
      return permitArea(situation);
    case 'residence.areaCode':
      return residenceArea(situation);
    case 'residence.registered':
      return residenceRegistered(situation);
  }
  let value: unknown = situation.resident;
  for (const step of path.split('.')) {
    if (value === null || value === undefined) return null;
    value = (value as Record<string, unknown>)[step];
  }
  return value ?? null;
}

/** What a fact that is a number could be. */
export function numbersOf(
  path: string,
  situation: Situation,
  groups: readonly (readonly string[])[] | undefined,
): Possibilities {
  if (path === 'residence.continuousMonths') return continuousMonths(situation, groups);
  if (path === 'residence.cumulativeMonths') return cumulativeMonths(situation, groups);
  const value = factOf(path, situation);
  return value === null ? [] : [[value as number]];
}
