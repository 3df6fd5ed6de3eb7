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

const IMPLIED = {
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
} satisfies Record<string, Implied>;

/** From which facts those follow, and years from the day they are counted from. */
const FROM: Readonly<Record<keyof typeof IMPLIED | 'education.seniorSecondaryYears', readonly string[]>> = {
  'household.single': ['household.size'],
  'household.personalAnnualIncome': ['household.annualIncome', 'household.single', 'household.size'],
  'housing.ownsHomeInCentralCity': ['housing.ownsHomeInCity'],
  'housing.ownsHomeInProjectCounty': ['housing.ownsHomeInCity'],
  'employment.registeredUnemployed': ['employment.status'],
  'employment.involuntaryLoss': ['employment.status'],
  'employment.contract': ['employment.status'],
  'housing.ownedAreaPerPerson': ['housing.ownsHomeInCity'],
  'housing.ownedHomesInCity': ['housing.ownsHomeInCity'],
  'education.seniorSecondaryYears': ['education.seniorSecondarySince'],
};

/** What follows for a fact from others where it is not given itself; null for a fact that nothing else implies. */
export function impliedFact(path: string): Implied | null {
  return Object.hasOwn(IMPLIED, path) ? IMPLIED[path as keyof typeof IMPLIED] : null;
}

/** The facts that one can follow from where it is not given itself. */
export function impliedFrom(path: string): readonly string[] {
  return Object.hasOwn(FROM, path) ? FROM[path as keyof typeof FROM] : [];
}
