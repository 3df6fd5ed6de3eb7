import { fullYears } from './calendar.ts';
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
    case 'household.single':
      return isSingle(situation);
    case 'household.personalAnnualIncome': {
      const { personalAnnualIncome, annualIncome } = situation.resident.household ?? {};
      // What a person alone earns is what the household earns.
      return personalAnnualIncome ?? (isSingle(situation) ? annualIncome : null) ?? null;
    }
    case 'housing.ownsHomeInCentralCity':
    case 'housing.ownsHomeInProjectCounty': {
      // Who owns no home in the city owns none in a part of it.
      const none = situation.resident.housing?.ownsHomeInCity === false ? false : null;
      return statedFact(path, situation) ?? none;
    }
    case 'housing.ownedHomesInCity':
    case 'housing.ownedAreaPerPerson':
      return statedFact(path, situation) ?? (situation.resident.housing?.ownsHomeInCity === false ? 0 : null);
    case 'employment.registeredUnemployed':
    case 'employment.involuntaryLoss': {
      // Who works has not lost the work.
      const status = situation.resident.employment?.status;
      const works = status === 'employed' || status === 'self-employed' || status === 'flexible';
      return statedFact(path, situation) ?? (works ? false : null);
    }
    case 'employment.contract': {
      const status = situation.resident.employment?.status;
      const none = status === 'unemployed' || status === 'not-working';
      return statedFact(path, situation) ?? (none ? false : null);
    }
    case 'education.seniorSecondaryYears': {
      const since = situation.resident.education?.seniorSecondarySince;
      return statedFact(path, situation) ?? (since == null ? null : fullYears(since, situation.on));
    }
  }
  return statedFact(path, situation);
}

function statedFact(path: string, situation: Situation): unknown {
  let value: unknown = situation.resident;
  for (const step of path.split('.')) {
    if (value === null || value === undefined) return null;
    value = (value as Record<string, unknown>)[step];
  }
  return value ?? null;
}

/** As stated; else a household of one is a single person. */
function isSingle({ resident }: Situation): boolean | null {
  const { single, size } = resident.household ?? {};
  return single ?? (size == null ? null : size === 1);
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
