import type { Resident } from '../../resident/resident.ts';
import type { CompiledFact } from './compiled-fact.ts';
import { setExact, setUnknown } from './fact-vector.ts';
import { plainFact } from './plain-fact.ts';

const HOUSEHOLD = 'household';

/** Whether the applicant is single: as given, else told by the size of the household. */
function isSingle({ household }: Resident): boolean | null {
  if (household?.single !== undefined) return household.single;
  return household?.size === undefined ? null : household.size === 1;
}

/** Own income: as given; of a person alone it is the income of the household. */
function personalIncome(resident: Resident): number | null {
  const { household } = resident;
  if (household?.personalAnnualIncome !== undefined) return household.personalAnnualIncome;
  return isSingle(resident) === true ? (household?.annualIncome ?? null) : null;
}

/** 单身居民: a household of one where nothing else is said. */
export const singleFact: CompiledFact = {
  ...plainFact('household.single'),
  read(life, _day, vector, index) {
    const single = isSingle(life.resident);
    if (single === null) setUnknown(vector, index, life, HOUSEHOLD);
    else setExact(vector, index, single ? 1 : 0);
  },
  missing: (life) => (isSingle(life.resident) === null ? ['household.single'] : []),
};

/** 个人年收入. */
export const personalIncomeFact: CompiledFact = {
  ...plainFact('household.personalAnnualIncome'),
  read(life, _day, vector, index) {
    const income = personalIncome(life.resident);
    if (income === null) setUnknown(vector, index, life, HOUSEHOLD);
    else setExact(vector, index, income);
  },
  missing: (life) => (personalIncome(life.resident) === null ? ['household.personalAnnualIncome'] : []),
};
