/**
 * A resident as the rules see one: the structural type of the `resident` of a request. Every part is optional; what
 * is absent is unknown, never "no". Dates are `YYYY-MM-DD`, months `YYYY-MM`, both already checked for existence.
 */
export interface Resident {
  readonly birthDate?: string | undefined;
  readonly sex?: 'male' | 'female' | undefined;
  readonly hukou?: Hukou | undefined;
  readonly permit?: PermitSummary | PermitHistory | undefined;
  readonly residence?: ResidenceSummary | ResidenceHistory | undefined;
  readonly insurance?:
    | { readonly [kind in InsuranceKind]?: InsuranceSummary | InsuranceHistory | undefined }
    | undefined;
  readonly employment?: Employment | undefined;
  readonly housing?: Housing | undefined;
  readonly household?: Household | undefined;
  readonly education?: Education | undefined;
  readonly points?: SettlementPoints | undefined;
  readonly hardship?: Hardship | undefined;
}

/** 户籍: where and as what the person is registered. */
export interface Hukou {
  readonly areaCode?: string | undefined;
  readonly kind?: 'agricultural' | 'non-agricultural' | undefined;
  /** The registration before the present one: tells who moved from the countryside into a town (seed III(四)). */
  readonly previousAreaCode?: string | undefined;
  readonly previousKind?: 'agricultural' | 'non-agricultural' | undefined;
  /** First day of the present registration. */
  readonly since?: string | undefined;
}

/** `mainland` 居住证, `hmt` 港澳台居民居住证, `foreign-pr` 外国人永久居留身份证, `temporary` 临时居住证. */
export const PERMIT_TYPES = ['mainland', 'hmt', 'foreign-pr', 'temporary'] as const;
export type PermitType = (typeof PERMIT_TYPES)[number];
/** `expired`: past the expiry date of a permit that is not endorsed. */
export const PERMIT_STATUSES = ['none', 'valid', 'suspended', 'cancelled', 'expired'] as const;
export type PermitStatus = (typeof PERMIT_STATUSES)[number];

export interface PermitSummary {
  readonly type?: PermitType | undefined;
  readonly status?: PermitStatus | undefined;
  readonly areaCode?: string | undefined;
}

export type PermitEventType = 'issued' | 'endorsed' | 'cancelled' | 'replaced' | 'moved';

export interface PermitEvent {
  readonly type: PermitEventType;
  readonly on: string;
  /** The area the permit is for from this event on (`issued`, `moved`). */
  readonly areaCode?: string | undefined;
  /** Last day of validity, inclusive; only for permits without endorsement (all but `mainland`). */
  readonly expiresOn?: string | undefined;
}

export interface PermitHistory {
  readonly type?: PermitType | undefined;
  readonly events: readonly PermitEvent[];
}

export interface ResidenceSummary {
  readonly continuousYears?: number | undefined;
  readonly continuousMonths?: number | undefined;
  readonly cumulativeMonths?: number | undefined;
  /** Months of continuous residence inside the area unit that the rule asks about. */
  readonly sameAreaMonths?: number | undefined;
  readonly areaCode?: string | undefined;
  /** Whether the residence is registered (居住登记) at present. */
  readonly registered?: boolean | undefined;
}

/** A registration of residence `[from, to)`: `to` is the first day it no longer holds; null or absent: it goes on. */
export interface ResidencePeriod {
  readonly from: string;
  readonly to?: string | null | undefined;
  readonly areaCode?: string | undefined;
}

export interface ResidenceHistory {
  readonly periods: readonly ResidencePeriod[];
}

export const INSURANCE_KINDS = [
  'pension',
  'medical',
  'unemployment',
  'injury',
  'maternity',
  'housingFund',
] as const;
export type InsuranceKind = (typeof INSURANCE_KINDS)[number];

/** Months as counted under the rule that asks. */
export interface InsuranceSummary {
  readonly continuousMonths?: number | undefined;
  readonly cumulativeMonths?: number | undefined;
}

/** Contributions for the months `from` to `to`, both included. */
export interface ContributionPeriod {
  readonly from: string;
  readonly to: string;
  readonly kind: 'paid' | 'back-paid';
  readonly areaCode?: string | undefined;
}

export interface InsuranceHistory {
  readonly contributions: readonly ContributionPeriod[];
}

/** Classes of people whose way into work is supported; whoever looks after them assigns the class. */
export const EMPLOYMENT_SUPPORT_CLASSES = [
  'none',
  'poor-family-child',
  'graduate',
  'school-leaver',
  'rural-transfer-worker',
  'registered-unemployed',
] as const;
export type EmploymentSupportClass = (typeof EMPLOYMENT_SUPPORT_CLASSES)[number];

export interface Employment {
  readonly status?: 'employed' | 'self-employed' | 'flexible' | 'unemployed' | 'not-working' | undefined;
  readonly contract?: boolean | undefined;
  readonly areaCode?: string | undefined;
  /** First day of the present employment; with `status` unemployed: first day without. */
  readonly since?: string | undefined;
  readonly involuntaryLoss?: boolean | undefined;
  readonly registeredUnemployed?: boolean | undefined;
  /** Whether the person had been stably employed six months where they usually live before losing the job. */
  readonly stableMonthsBeforeLoss?: number | undefined;
  readonly supportClass?: EmploymentSupportClass | undefined;
}

export interface Housing {
  readonly tenure?: 'owned' | 'rented' | 'dormitory' | 'other' | undefined;
  readonly leaseFiled?: boolean | undefined;
  readonly ownsHomeInCity?: boolean | undefined;
  readonly ownsHomeInCentralCity?: boolean | undefined;
  /** Whether a home is owned in the county of the project applied for. */
  readonly ownsHomeInProjectCounty?: boolean | undefined;
  readonly ownedHomesInCity?: number | undefined;
  readonly ownedAreaPerPerson?: number | undefined;
  readonly rentsPublicHousing?: boolean | undefined;
  readonly receivesOtherHousingSupport?: boolean | undefined;
  readonly purchaseArea?: number | undefined;
  readonly purchaseAreaCode?: string | undefined;
  readonly areaCode?: string | undefined;
}

export interface Household {
  readonly size?: number | undefined;
  /** Whole yuan a year, of all members. */
  readonly annualIncome?: number | undefined;
  /** Whole yuan a year, of the applicant alone. */
  readonly personalAnnualIncome?: number | undefined;
  readonly single?: boolean | undefined;
  readonly adultOrphan?: boolean | undefined;
  readonly minimumLivingRecipient?: boolean | undefined;
  /** Whether a parent of the person has a hukou or a valid residence permit of the city, of whichever kind. */
  readonly parentHukouOrPermit?: boolean | undefined;
  readonly marriedSince?: string | undefined;
  readonly children?: readonly { readonly birthDate: string }[] | undefined;
}

/** Facts about the pupil the service is asked for. */
export interface Education {
  /** First day of continuous enrolment (学籍) in a senior secondary school of the province. */
  readonly seniorSecondarySince?: string | undefined;
  readonly seniorSecondaryYears?: number | undefined;
  readonly juniorSecondaryInCity?: boolean | undefined;
  readonly juniorSecondaryYears?: number | undefined;
  readonly parentStableJobInProvince?: boolean | undefined;
  readonly parentStableDwellingInProvince?: boolean | undefined;
  readonly vocationalEnrolled?: boolean | undefined;
  /** Whether the school has recognised the family as in economic hardship (家庭经济困难认定). */
  readonly hardshipRecognised?: boolean | undefined;
}

/** Points of 居住证积分 as declared and confirmed. */
export interface SettlementPoints {
  readonly total?: number | undefined;
  readonly pension?: number | undefined;
  readonly residence?: number | undefined;
}

export interface Hardship {
  readonly cause?: 'none' | 'accident' | 'sudden-illness' | 'other' | undefined;
  readonly category?: 'none' | 'minimum-living' | 'extreme-hardship' | 'other-defined' | undefined;
  /** Whole yuan of temporary assistance already received this calendar year. */
  readonly temporaryAidThisYear?: number | undefined;
}
