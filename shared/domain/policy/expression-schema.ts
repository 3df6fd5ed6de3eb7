import * as z from 'zod/mini';
import { englishIssues } from '../issues/english-issues.ts';
import { INSURANCE_KINDS } from '../resident/resident.ts';
import { NOT_PUBLISHED } from './not-published.ts';
import { factDefinition } from './vocabulary.ts';

const thresholdSchema = z.union([z.number(), z.literal(NOT_PUBLISHED)], 'must be a number or not-published');
const boundShape = {
  atLeast: z.optional(thresholdSchema),
  atMost: z.optional(thresholdSchema),
  moreThan: z.optional(thresholdSchema),
  lessThan: z.optional(thresholdSchema),
};
/** Bounds whose figures are all known. */
const publishedBoundShape = {
  atLeast: z.optional(z.number()),
  atMost: z.optional(z.number()),
  moreThan: z.optional(z.number()),
  lessThan: z.optional(z.number()),
};
const ageThresholdSchema = z.union(
  [thresholdSchema, z.strictObject({ male: z.number(), female: z.number() })],
  'must be a number of years, { male, female } or not-published',
);
const ageBoundShape = {
  atLeast: z.optional(ageThresholdSchema),
  atMost: z.optional(ageThresholdSchema),
  moreThan: z.optional(ageThresholdSchema),
  lessThan: z.optional(ageThresholdSchema),
};
const hasBound = (test: object) =>
  ['atLeast', 'atMost', 'moreThan', 'lessThan'].some((bound) => Object.hasOwn(test, bound));
const BOUND_MISSING = 'needs a bound: atLeast, atMost, moreThan or lessThan';

const factPathSchema = z.string().check(
  z.refine((path) => factDefinition(path) !== null, {
    error: (issue) => `is not a fact of the vocabulary: ${String(issue.input)}`,
  }),
);
const monthOfYearSchema = z.int().check(z.minimum(1), z.maximum(12));
const dayOfYearSchema = z
  .string()
  .check(z.regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a day MM-DD'));

/** The day on which an age is read: asOf, the last day of the month before (申请日上月底), or a day of asOf's year. */
export const ageReferenceSchema = z._default(
  z.union([z.enum(['as-of', 'previous-month-end']), dayOfYearSchema]),
  'as-of',
);

export const insuranceSpecSchema = z.strictObject({
  kinds: z.array(z.enum(INSURANCE_KINDS)).check(z.minLength(1)),
  /** `each` kind by itself, `any` one of them, or `together`: a month counts if all kinds are paid in it. */
  combine: z._default(z.enum(['each', 'any', 'together']), 'each'),
  mode: z.enum(['continuous', 'cumulative']),
  backPaid: z._default(z.enum(['counts', 'excluded']), 'excluded'),
  /** Months a gap may last and still not break the run; gap months themselves never count. */
  maxGap: z._default(z.int().check(z.minimum(0), z.maximum(24)), 0),
  /** Only the last n months up to the cut-off count. */
  window: z.optional(z.int().check(z.minimum(1), z.maximum(600))),
  /** Months that must be paid: 0 is the month of asOf, 3 that and the three before. */
  payingIn: z.optional(z.int().check(z.minimum(0), z.maximum(24))),
  /** A number is `fixed`: the latest such month on or before asOf. */
  cutOff: z._default(
    z.union([
      z.enum(['as-of-month', 'previous-month', 'previous-year-end']),
      z.strictObject({ fixed: monthOfYearSchema }),
    ]),
    'previous-month',
  ),
  /** Where the months must have been paid: `area`, the resident's own area unit, or a named area set of the pack. */
  place: z.optional(z.string()),
  /** Which units `place: area` means; absent: every area is its own. */
  units: z.optional(z.string()),
});
export type InsuranceSpec = z.infer<typeof insuranceSpecSchema>;

const FORMS = {
  fact: z
    .strictObject({
      fact: factPathSchema,
      is: z.optional(z.union([z.boolean(), z.string()])),
      oneOf: z.optional(z.array(z.string()).check(z.minLength(1))),
      ...boundShape,
      /** Residence only: within one area unit, from the day of the move into it. */
      sameArea: z.optional(z.string()),
    })
    .check(
      z.refine(
        (test) =>
          [test.is !== undefined, test.oneOf !== undefined, hasBound(test)].filter(Boolean).length === 1,
        'needs exactly one of: is, oneOf, or bounds (atLeast, atMost, moreThan, lessThan)',
      ),
    ),
  // Before `age`: a count may have an age of its own, and the first key that is there tells the form.
  count: z
    .strictObject({
      count: z.literal('household.children'),
      age: z.optional(
        z
          .strictObject({ on: ageReferenceSchema, ...publishedBoundShape })
          .check(z.refine(hasBound, BOUND_MISSING)),
      ),
      ...boundShape,
    })
    .check(z.refine(hasBound, BOUND_MISSING)),
  age: z.strictObject({
    age: z
      .strictObject({ on: ageReferenceSchema, ...ageBoundShape })
      .check(z.refine(hasBound, BOUND_MISSING)),
  }),
  since: z
    .strictObject({
      /** Full months from a date fact to asOf. */
      since: factPathSchema,
      ...boundShape,
    })
    .check(z.refine(hasBound, BOUND_MISSING)),
  insurance: z.strictObject({ insurance: insuranceSpecSchema, ...boundShape }).check(
    z.refine(hasBound, BOUND_MISSING),
    z.refine(
      ({ insurance, atMost, lessThan }) =>
        insurance.payingIn === undefined || (atMost === undefined && lessThan === undefined),
      'payingIn goes with atLeast or moreThan: who pays is not asked for having paid little',
    ),
  ),
  area: z.strictObject({
    area: factPathSchema,
    in: z.string(),
    /** Whether an area that is not given is taken to lie in the set, as the wire's own convention says it does. */
    whenAbsent: z.optional(z.literal('in')),
  }),
  sameArea: z.strictObject({
    sameArea: z.tuple([factPathSchema, factPathSchema]),
    units: z.optional(z.string()),
  }),
  /** A window of the year, both days included; it may run over the new year. */
  calendar: z.strictObject({ calendar: z.strictObject({ from: dayOfYearSchema, to: dayOfYearSchema }) }),
} as const;

export type FactTest = z.infer<typeof FORMS.fact>;
export type AgeTest = z.infer<typeof FORMS.age>;
export type SinceTest = z.infer<typeof FORMS.since>;
export type CountTest = z.infer<typeof FORMS.count>;
export type InsuranceTest = z.infer<typeof FORMS.insurance>;
export type AreaTest = z.infer<typeof FORMS.area>;
export type SameAreaTest = z.infer<typeof FORMS.sameArea>;
export type CalendarTest = z.infer<typeof FORMS.calendar>;
export type Test =
  | FactTest
  | AgeTest
  | SinceTest
  | CountTest
  | InsuranceTest
  | AreaTest
  | SameAreaTest
  | CalendarTest;

export type Expression =
  | typeof NOT_PUBLISHED
  | Test
  | { all: Expression[] }
  | { any: Expression[] }
  | { not: Expression }
  | { atLeast: number; of: Expression[] };

const COMBINATIONS = {
  all: z.strictObject({ all: z.array(z.lazy(() => expressionSchema)).check(z.minLength(1)) }),
  any: z.strictObject({ any: z.array(z.lazy(() => expressionSchema)).check(z.minLength(1)) }),
  not: z.strictObject({ not: z.lazy(() => expressionSchema) }),
  of: z.strictObject({
    atLeast: z.int().check(z.minimum(1)),
    of: z.array(z.lazy(() => expressionSchema)).check(z.minLength(1)),
  }),
};

/**
 * What a condition asks. The form is told by its key (`fact`, `age`, `insurance`, `all` …), so that a fault is
 * reported for the form that was meant and not once for every form there is.
 */
export const expressionSchema: z.ZodMiniType<Expression> = z.pipe(
  z.unknown(),
  z.transform((value, { issues }): Expression => {
    if (value === NOT_PUBLISHED) return NOT_PUBLISHED;
    const key =
      typeof value === 'object' && value !== null
        ? [...Object.keys(COMBINATIONS), ...Object.keys(FORMS)].find((form) => Object.hasOwn(value, form))
        : undefined;
    if (key === undefined) {
      const forms = [...Object.keys(COMBINATIONS), ...Object.keys(FORMS)].join(', ');
      issues.push({ code: 'custom', message: `must be not-published or one of: ${forms}`, input: value });
      return z.NEVER;
    }
    const form = { ...FORMS, ...COMBINATIONS }[key as keyof typeof FORMS | keyof typeof COMBINATIONS];
    const result = (form as z.ZodMiniType<Expression>).safeParse(value, englishIssues);
    if (result.success) return result.data;
    for (const issue of result.error.issues) issues.push({ ...issue, input: undefined } as never);
    return z.NEVER;
  }),
);
