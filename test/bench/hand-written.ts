import type { SliceService } from './slice.ts';
import type { SliceFacts } from './slice-facts.ts';

/** Three values of Kleene, so that `and` is the least, `or` the greatest and `not` the distance to the other end. */
export type Kleene = number;
export const NO: Kleene = 0;
export const UNKNOWN: Kleene = 1;
export const YES: Kleene = 2;

const and = (a: Kleene, b: Kleene): Kleene => (a < b ? a : b);
const or = (a: Kleene, b: Kleene): Kleene => (a > b ? a : b);
const not = (a: Kleene): Kleene => YES - a;
const isTrue = (fact: boolean | null): Kleene => (fact === null ? UNKNOWN : fact ? YES : NO);
const isFalse = (fact: boolean | null): Kleene => (fact === null ? UNKNOWN : fact ? NO : YES);
const is = (fact: string | null, value: string): Kleene =>
  fact === null ? UNKNOWN : fact === value ? YES : NO;
const atLeast = (low: number, high: number, bound: number): Kleene =>
  low >= bound ? YES : high < bound ? NO : UNKNOWN;
const lessThan = (low: number, high: number, bound: number): Kleene => not(atLeast(low, high, bound));

/** What no source publishes. */
const NOT_PUBLISHED = UNKNOWN;
/** What rests on a rule that is no longer in force. */
const EXPIRED = UNKNOWN;

/**
 * The slice as someone would write it who needs nothing but the outcomes, on one day, of one version: read from the
 * pack's YAML by hand. It is the measure of how fast it could be, and the check that the pack says what it means.
 */
export function handWritten(facts: SliceFacts, outcomes: Record<SliceService, Kleene>): void {
  const valid = is(facts.permitStatus, 'valid');
  const validHere = and(valid, isTrue(facts.permitInCity));
  const mainland = is(facts.permitType, 'mainland');
  const hmt = is(facts.permitType, 'hmt');
  const mainlandPermit = and(validHere, mainland);
  const hmtPermit = and(validHere, hmt);
  // Whether "the residence permit" is that of Hong Kong, Macao and Taiwan as well, the city's own rules do not say.
  const cityPermit = and(valid, or(mainland, and(hmt, NOT_PUBLISHED)));
  const cityPermitHere = and(cityPermit, isTrue(facts.permitInCity));
  const foreignPermit = and(and(valid, is(facts.permitType, 'foreign-pr')), isTrue(facts.residenceInCity));
  const permitHolder = or(or(mainlandPermit, hmtPermit), and(foreignPermit, NOT_PUBLISHED));
  const hukouInCity = isTrue(facts.hukouInCity);
  const livesAtHukou = isTrue(facts.livesAtHukou);
  const localHukou = and(hukouInCity, or(livesAtHukou, EXPIRED));
  const permitOrLocal = or(permitHolder, localHukou);

  outcomes['rights.employment-and-insurance'] = permitOrLocal;
  outcomes['employment.basic-services'] = permitOrLocal;
  outcomes['documents.vehicle-registration'] = permitOrLocal;
  outcomes['education.compulsory'] = compulsoryEducation(
    facts,
    mainlandPermit,
    hmtPermit,
    hukouInCity,
    livesAtHukou,
  );
  const child = and(lessThan(facts.ageLow, facts.ageHigh, 18), isTrue(facts.parentHukouOrPermit));
  outcomes['health.resident-medical-insurance'] = and(
    or(or(or(or(mainlandPermit, hmtPermit), foreignPermit), hukouInCity), child),
    lessThan(facts.medicalMonthsLow, facts.medicalMonthsHigh, 1),
  );

  const registeredUnemployed = isTrue(facts.registeredUnemployed);
  outcomes['employment.unemployment-benefit'] = and(
    atLeast(facts.unemploymentMonthsLow, facts.unemploymentMonthsHigh, 12),
    and(isTrue(facts.involuntaryLoss), registeredUnemployed),
  );
  const supported = facts.supportClass === null ? UNKNOWN : facts.supportClass === 'none' ? NO : YES;
  // Some employees are supported as well; which ones is not published.
  const employee = and(is(facts.employmentStatus, 'employed'), NOT_PUBLISHED);
  outcomes['employment.support'] = and(
    or(or(mainlandPermit, hmtPermit), localHukou),
    or(or(supported, registeredUnemployed), employee),
  );

  outcomes['housing.public-rental'] = publicRental(facts, cityPermitHere, hukouInCity);
  outcomes['housing.affordable-rental'] = and(
    atLeast(facts.ageLow, facts.ageHigh, 18),
    and(isFalse(facts.ownsHomeInProjectCounty), isFalse(facts.receivesOtherHousingSupport)),
  );

  outcomes['elderly.transit-card'] = and(
    or(and(cityPermit, isTrue(facts.permitInTransitArea)), isTrue(facts.hukouInTransitArea)),
    atLeast(facts.ageLow, facts.ageHigh, 65),
  );
  outcomes['elderly.allowance'] = and(hukouInCity, atLeast(facts.ageLow, facts.ageHigh, 80));
  const hardship = facts.hardshipCause === null ? UNKNOWN : facts.hardshipCause === 'none' ? NO : YES;
  outcomes['assistance.temporary'] = and(
    or(cityPermitHere, hukouInCity),
    and(hardship, lessThan(facts.temporaryAidThisYearLow, facts.temporaryAidThisYearHigh, 20_000)),
  );
}

function compulsoryEducation(
  facts: SliceFacts,
  mainlandPermit: Kleene,
  hmtPermit: Kleene,
  hukouInCity: Kleene,
  livesAtHukou: Kleene,
): Kleene {
  const points = and(
    atLeast(facts.pointsTotalLow, facts.pointsTotalHigh, 10),
    and(
      atLeast(facts.pointsPensionLow, facts.pointsPensionHigh, 5),
      atLeast(facts.pointsResidenceLow, facts.pointsResidenceHigh, 5),
    ),
  );
  const employed = and(
    or(isTrue(facts.employmentContract), is(facts.employmentStatus, 'self-employed')),
    isTrue(facts.worksInSchoolUnit),
  );
  const residence = atLeast(facts.sameSchoolUnitMonthsLow, facts.sameSchoolUnitMonthsHigh, 6);
  // How many months without a break is not published; that there are some is.
  const insured = and(atLeast(facts.pensionMonthsInAllLow, facts.pensionMonthsInAllHigh, 1), NOT_PUBLISHED);
  const documents = and(and(employed, residence), insured);
  const sameUnit = isTrue(facts.hukouInSchoolUnit);
  const crossesUnits = and(and(hukouInCity, isTrue(facts.residenceInCity)), not(sameUnit));
  const permitHolder = or(and(mainlandPermit, or(points, documents)), and(hmtPermit, NOT_PUBLISHED));
  return or(permitHolder, or(and(crossesUnits, documents), and(hukouInCity, or(livesAtHukou, sameUnit))));
}

function publicRental(facts: SliceFacts, permitHere: Kleene, hukouInCity: Kleene): Kleene {
  const single = isTrue(facts.single);
  const centralHukou = isTrue(facts.hukouInCentralCity);
  const worksHere = and(isTrue(facts.employmentContract), isTrue(facts.worksInCentralCity));
  const mature = or(atLeast(facts.ageLow, facts.ageHigh, 35), isTrue(facts.adultOrphan));
  const homeless = and(isFalse(facts.ownsHomeInCentralCity), isFalse(facts.rentsPublicHousing));
  const incomeLimit = and(or(not(single), single), NOT_PUBLISHED);
  const family = and(centralHukou, atLeast(facts.householdSizeLow, facts.householdSizeHigh, 2));
  const alone = and(and(centralHukou, single), or(mature, worksHere));
  const insured = or(
    or(
      atLeast(facts.pensionMonthsLow, facts.pensionMonthsHigh, 1),
      atLeast(facts.medicalMonthsLow, facts.medicalMonthsHigh, 1),
    ),
    or(
      atLeast(facts.pensionMonthsToNowLow, facts.pensionMonthsToNowHigh, 1),
      atLeast(facts.medicalMonthsToNowLow, facts.medicalMonthsToNowHigh, 1),
    ),
  );
  const migrant = and(and(or(permitHere, and(hukouInCity, not(centralHukou))), worksHere), insured);
  return and(or(or(family, alone), migrant), and(homeless, incomeLimit));
}
