import type { Resident } from '../../resident/resident.ts';

type Implied = (resident: Resident) => boolean | number | undefined;

/** 单身居民: told by the size of the household. */
const single: Implied = ({ household }) =>
  household?.single ?? (household?.size === undefined ? undefined : household.size === 1);

/** Somebody who owns no home in the city owns none in a part of it. */
const noHomeInCity: Implied = ({ housing }) => (housing?.ownsHomeInCity === false ? false : undefined);

const WORKING: readonly unknown[] = ['employed', 'self-employed', 'flexible'];
const NOT_EMPLOYED: readonly unknown[] = ['unemployed', 'not-working'];

/** Somebody who works is not registered as unemployed. */
const notUnemployed: Implied = ({ employment }) => (WORKING.includes(employment?.status) ? false : undefined);

const IMPLIED: Record<string, Implied> = {
  'household.single': single,
  // The income of a person alone is the income of the household.
  'household.personalAnnualIncome': (resident) =>
    single(resident) === true ? resident.household?.annualIncome : undefined,
  'housing.ownsHomeInCentralCity': noHomeInCity,
  'housing.ownsHomeInProjectCounty': noHomeInCity,
  'employment.registeredUnemployed': notUnemployed,
  'employment.involuntaryLoss': notUnemployed,
  // Somebody without employment has no employment contract.
  'employment.contract': ({ employment }) => (NOT_EMPLOYED.includes(employment?.status) ? false : undefined),
  'housing.ownedAreaPerPerson': ({ housing }) => (housing?.ownsHomeInCity === false ? 0 : undefined),
  'housing.ownedHomesInCity': ({ housing }) => (housing?.ownsHomeInCity === false ? 0 : undefined),
};

/** What follows for a fact from others where it is not given itself; null for a fact that nothing else implies. */
export function impliedFact(path: string): Implied | null {
  return IMPLIED[path] ?? null;
}
