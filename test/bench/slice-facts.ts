import type { CompiledPolicy } from '../../shared/domain/policy/compiled-policy.ts';
import type { CompiledFact } from '../../shared/domain/policy/facts/compiled-fact.ts';
import { EXACT, type FactVector, RANGE, READINGS } from '../../shared/domain/policy/facts/fact-vector.ts';
import type { InsuranceFact } from '../../shared/domain/policy/facts/insurance-fact.ts';
import { factDefinition } from '../../shared/domain/policy/vocabulary.ts';

const YES_OR_NO = {
  'permit.areaCode in city or absent': 'permitInCity',
  'permit.areaCode in transit-area': 'permitInTransitArea',
  'residence.areaCode in city': 'residenceInCity',
  'residence.registered': 'residenceRegistered',
  'hukou.areaCode in city': 'hukouInCity',
  'hukou.areaCode in central-city': 'hukouInCentralCity',
  'hukou.areaCode in transit-area': 'hukouInTransitArea',
  'hukou.areaCode with residence.areaCode in area': 'livesAtHukou',
  'hukou.areaCode with residence.areaCode in school': 'hukouInSchoolUnit',
  'employment.contract': 'employmentContract',
  'employment.areaCode with residence.areaCode in school': 'worksInSchoolUnit',
  'employment.areaCode in central-city': 'worksInCentralCity',
  'employment.involuntaryLoss': 'involuntaryLoss',
  'employment.registeredUnemployed': 'registeredUnemployed',
  'household.single': 'single',
  'household.adultOrphan': 'adultOrphan',
  'household.parentHukouOrPermit': 'parentHukouOrPermit',
  'housing.ownsHomeInCentralCity': 'ownsHomeInCentralCity',
  'housing.ownsHomeInProjectCounty': 'ownsHomeInProjectCounty',
  'housing.rentsPublicHousing': 'rentsPublicHousing',
  'housing.receivesOtherHousingSupport': 'receivesOtherHousingSupport',
} as const;

const NAMED = {
  'permit.status': 'permitStatus',
  'permit.type': 'permitType',
  'employment.status': 'employmentStatus',
  'employment.supportClass': 'supportClass',
  'hardship.cause': 'hardshipCause',
} as const;

const NUMBERS = {
  'points.total': 'pointsTotal',
  'points.pension': 'pointsPension',
  'points.residence': 'pointsResidence',
  'residence.continuousMonths@school': 'sameSchoolUnitMonths',
  'insurance:pension in all to as-of-month': 'pensionMonthsInAll',
  'insurance:pension to previous-month': 'pensionMonths',
  'insurance:pension to as-of-month': 'pensionMonthsToNow',
  'insurance:medical to previous-month': 'medicalMonths',
  'insurance:medical to as-of-month': 'medicalMonthsToNow',
  'insurance:unemployment in all to as-of-month': 'unemploymentMonths',
  'household.size': 'householdSize',
  'age@as-of': 'age',
  'hardship.temporaryAidThisYear': 'temporaryAidThisYear',
} as const;

type NameIn<Table> = Table[keyof Table] & string;

/**
 * What was derived of one resident, flat: the other engines and the hand-written function are given this, because none
 * of them can derive the status of a permit or months of insurance from a history. Null: not known. A number lies from
 * `…Low` to `…High`: the same when it is known, as far apart as can be when nothing is.
 */
export type SliceFacts = {
  readonly [name in NameIn<typeof YES_OR_NO>]: boolean | null;
} & {
  readonly [name in NameIn<typeof NAMED>]: string | null;
} & {
  readonly [name in `${NameIn<typeof NUMBERS>}${'Low' | 'High'}`]: number;
};

/** Below and above every number of a resident (not paying counts as -1); JSON has no infinity. */
const LEAST = -1;
const MOST = 1_000_000_000;

/** Under which name the slice's rules know a fact of the policy. */
export function factName(fact: CompiledFact): string {
  const key = 'counter' in fact ? insuranceKey(fact as InsuranceFact) : fact.key;
  const name: string | undefined = { ...YES_OR_NO, ...NAMED, ...NUMBERS }[key as keyof typeof YES_OR_NO];
  if (name === undefined)
    throw new Error(`the bench has no name for the fact ${fact.key}: name it in slice-facts.ts`);
  return name;
}

function insuranceKey({ spec: { kinds, mode, cutOff } }: InsuranceFact): string {
  const counted = mode === 'cumulative' ? `${kinds} in all` : kinds;
  return `insurance:${counted} to ${typeof cutOff === 'string' ? cutOff : `month ${cutOff.fixed}`}`;
}

/** The value of a fact as the other engines hold it, from the number that stands for it in a column. */
export function factValue(fact: CompiledFact, value: number): boolean | string {
  if (fact.key in YES_OR_NO) return value !== 0;
  const { type } = factDefinition(fact.key)!;
  if (type.kind !== 'enum') throw new Error(`not a named value: ${fact.key}`);
  return type.values[value]!;
}

/** Turns the columns of a policy into the facts of its slice. */
export function sliceFactsReader(policy: CompiledPolicy): (vector: FactVector) => SliceFacts {
  const published = new Set(policy.tests.filter((test) => !test.notPublished).map(({ fact }) => fact));
  const columns = policy.facts
    .map((fact, index) => ({ fact, index }))
    .filter(({ index }) => published.has(index))
    .map(({ fact, index }) => ({ fact, index, name: factName(fact), isNumber: fact.step > 0 }));
  return ({ low, high, state }) => {
    const facts: Record<string, boolean | string | number | null> = {};
    for (const { fact, index, name, isNumber } of columns) {
      const known = state[index] === EXACT || state[index] === READINGS || state[index] === RANGE;
      if (isNumber) {
        facts[`${name}Low`] = known ? Math.max(low[index]!, LEAST) : LEAST;
        facts[`${name}High`] = known ? Math.min(high[index]!, MOST) : MOST;
      } else {
        facts[name] = known ? factValue(fact, low[index]!) : null;
      }
    }
    // Copied, because the runtime reads an object that was filled key by key as a dictionary, ten times as slowly.
    return { ...facts } as SliceFacts;
  };
}
