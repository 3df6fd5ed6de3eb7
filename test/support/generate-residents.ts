import {
  addDays,
  type CivilDate,
  formatCivilDate,
  parseCivilDate,
} from '../../shared/domain/calendar/civil-date.ts';
import { EMPLOYMENT_SUPPORT_CLASSES, type Resident } from '../../shared/domain/resident/resident.ts';
import { type Chooser, chance, pick, seededChooser, withOmissions } from './chooser.ts';
import { anyArea, areaInCity } from './residents/areas.ts';
import { asOfDay, birthDate, pastDay } from './residents/dates.ts';
import { insuranceOf } from './residents/insurance.ts';
import { permitHistory, permitSummary } from './residents/permit.ts';
import { residenceHistory, residenceSummary } from './residents/residence.ts';

export interface GeneratorOptions {
  /** The day their lives are led up to; edges of thresholds and of days lie around it. */
  readonly asOf?: string;
  readonly facts?: 'histories' | 'summaries' | 'mixed';
  /** How many of 100 facts are left out. */
  readonly omit?: number;
}

export interface GeneratedCase {
  readonly asOf: string;
  readonly resident: Resident;
}

/** Plausible residents, free of contradictions: the same `count`, `seed` and options give the same, everywhere. */
export function generateResidents(count: number, seed: number, options: GeneratorOptions = {}): Resident[] {
  const chooser = seededChooser(seed);
  const asOf = parseCivilDate(options.asOf ?? '2024-06-01');
  if (asOf === null) throw new RangeError(`not a date: ${options.asOf}`);
  return Array.from({ length: count }, () => residentOf(chooser, asOf, options));
}

/** Residents, each with a day of their own to ask about. */
export function generateCases(count: number, seed: number, options: GeneratorOptions = {}): GeneratedCase[] {
  const chooser = seededChooser(seed);
  return Array.from({ length: count }, () => caseOf(chooser, options));
}

export function caseOf(chooser: Chooser, options: GeneratorOptions = {}): GeneratedCase {
  const asOf = options.asOf === undefined ? asOfDay(chooser) : parseCivilDate(options.asOf)!;
  return { asOf: formatCivilDate(asOf), resident: residentOf(chooser, asOf, options) };
}

export function residentOf(chooser: Chooser, asOf: CivilDate, options: GeneratorOptions = {}): Resident {
  const omit = options.omit ?? 8;
  const facts = options.facts ?? 'mixed';
  const formOf = () => {
    if (facts === 'mixed') return chance(chooser, 65) ? 'history' : 'summary';
    return facts === 'histories' ? 'history' : 'summary';
  };
  const born = birthDate(chooser, asOf, 14, 102);
  const resident = {
    birthDate: formatCivilDate(born),
    sex: pick(chooser, ['male', 'female'] as const),
    permit: formOf() === 'history' ? permitHistory(chooser, asOf, omit) : permitSummary(chooser, omit),
    residence:
      formOf() === 'history' ? residenceHistory(chooser, asOf, born, omit) : residenceSummary(chooser, omit),
    insurance: insuranceOf(chooser, asOf, omit, formOf),
    ...circumstances(chooser, asOf, born, omit),
  };
  return withOmissions(chooser, resident, omit / 2);
}

/** What is stated and not counted. Numbers lie at, below and above those that rules name. */
function circumstances(chooser: Chooser, asOf: CivilDate, born: CivilDate, omit: number) {
  const boolean = () => chance(chooser, 50);
  const ownsHome = boolean();
  const beside = (...values: number[]) => pick(chooser, values) + chooser.int(-1, 1);
  const since = () => {
    const day = pastDay(chooser, asOf, 8);
    return formatCivilDate(day < born ? born : day);
  };
  const some = <T extends object>(value: T) => withOmissions(chooser, value, omit);
  return {
    hukou: some({
      areaCode: anyArea(chooser),
      kind: pick(chooser, ['agricultural', 'non-agricultural'] as const),
      previousAreaCode: anyArea(chooser),
      previousKind: pick(chooser, ['agricultural', 'non-agricultural'] as const),
      since: since(),
    }),
    employment: some({
      status: pick(chooser, [
        'employed',
        'employed',
        'self-employed',
        'flexible',
        'unemployed',
        'not-working',
      ] as const),
      contract: boolean(),
      areaCode: anyArea(chooser),
      since: since(),
      involuntaryLoss: boolean(),
      registeredUnemployed: boolean(),
      stableMonthsBeforeLoss: chooser.int(0, 12),
      supportClass: pick(chooser, EMPLOYMENT_SUPPORT_CLASSES),
    }),
    housing: some({
      tenure: pick(chooser, ['owned', 'rented', 'rented', 'dormitory', 'other'] as const),
      leaseFiled: boolean(),
      ownsHomeInCity: ownsHome,
      ownsHomeInCentralCity: boolean(),
      ownsHomeInProjectCounty: boolean(),
      ownedHomesInCity: ownsHome ? chooser.int(1, 3) : 0,
      ownedAreaPerPerson: pick(chooser, [0, 15.99, 16, 16.01, 30]),
      rentsPublicHousing: chance(chooser, 20),
      receivesOtherHousingSupport: chance(chooser, 20),
      purchaseArea: pick(chooser, [89, 90, 90.01, 143.99, 144, 144.01]),
      purchaseAreaCode: areaInCity(chooser),
      areaCode: anyArea(chooser),
    }),
    household: some({
      size: chooser.int(1, 6),
      annualIncome: Math.max(0, beside(0, 50_000, 70_000, 100_000, 150_000)),
      personalAnnualIncome: Math.max(0, beside(0, 35_000, 50_000, 70_000)),
      single: boolean(),
      adultOrphan: chance(chooser, 5),
      minimumLivingRecipient: chance(chooser, 20),
      parentHukouOrPermit: boolean(),
      marriedSince: since(),
      children: Array.from({ length: chooser.int(0, 3) }, () => ({
        birthDate: formatCivilDate(birthDate(chooser, addDays(asOf, 60), 0, 20)),
      })),
    }),
    education: some({
      seniorSecondarySince: since(),
      seniorSecondaryYears: chooser.int(0, 4),
      juniorSecondaryInCity: boolean(),
      juniorSecondaryYears: chooser.int(0, 4),
      parentStableJobInProvince: boolean(),
      parentStableDwellingInProvince: boolean(),
      vocationalEnrolled: boolean(),
      hardshipRecognised: boolean(),
    }),
    points: some({ total: chooser.int(0, 130), pension: chooser.int(0, 60), residence: chooser.int(0, 60) }),
    hardship: some({
      cause: pick(chooser, ['none', 'accident', 'sudden-illness', 'other'] as const),
      category: pick(chooser, ['none', 'minimum-living', 'extreme-hardship', 'other-defined'] as const),
      temporaryAidThisYear: Math.max(0, beside(0, 5_000, 20_000)),
    }),
  };
}
