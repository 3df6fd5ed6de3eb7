import * as z from 'zod/mini';
import { parseCivilDate } from '../calendar/civil-date.ts';
import { expressionSchema } from './expression-schema.ts';

/**
 * The form of a policy pack. A pack file (`packFileSchema`) may extend another one; a `Pack` (`packSchema`) is what is
 * published: resolved, self-contained, plain JSON. docs/writing-a-policy.md explains every field for its authors.
 */
export const localizedTextSchema = z.strictObject({
  'zh-CN': z.string().check(z.minLength(1)),
  en: z.string().check(z.minLength(1)),
});

const dateSchema = z
  .string()
  .check(
    z.refine(
      (text) => parseCivilDate(text) !== null,
      'must be a date YYYY-MM-DD from 1900-01-01 to 2199-12-31',
    ),
  );
const dayOfYearSchema = z
  .string()
  .check(z.regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a day MM-DD'));
const idSchema = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9.+-]{0,63}$/, 'must be lower-case letters, digits and -'));
const areaCodeSchema = z
  .pipe(z.union([z.string(), z.int()]), z.transform(String))
  .check(
    z.refine(
      (code) => /^[0-9A-Z-]{2,12}\*?$/.test(code),
      'must be an area code, or its beginning followed by *',
    ),
  );

/** In force on both days; `until: null` is written where the text sets no end. */
export const periodSchema = z
  .strictObject({ from: dateSchema, until: z.nullable(dateSchema) })
  .check(
    z.refine(
      (period) => period.until === null || period.from <= period.until,
      'must not end before it starts',
    ),
  );

export const gradeSchema = z.enum(['law', 'secondary', 'inferred']);

const sourceSchema = z.strictObject({
  document: localizedTextSchema,
  inForce: periodSchema,
  /** `law`: its text was read; `secondary`: a report of it; `inferred`: concluded from other texts. */
  grade: gradeSchema,
});

const citationSchema = z.strictObject({
  from: idSchema,
  article: z.string().check(z.minLength(1)),
  quote: z.string().check(z.minLength(1)),
  /** Where this reading is weaker than its source. */
  grade: z.optional(gradeSchema),
});

const conditionSchema = z.strictObject({
  text: localizedTextSchema,
  source: citationSchema,
  /** What a person can do when the condition is not met. */
  remedy: z.optional(localizedTextSchema),
  test: expressionSchema,
});

/** How conditions, named by their ids, make up a route. */
export type RouteExpression =
  | string
  | { all: RouteExpression[] }
  | { any: RouteExpression[] }
  | { not: RouteExpression }
  | { atLeast: number; of: RouteExpression[] };

const routeExpressionSchema: z.ZodMiniType<RouteExpression> = z.lazy(() =>
  z.union(
    [
      idSchema,
      z.strictObject({ all: z.array(routeExpressionSchema).check(z.minLength(1)) }),
      z.strictObject({ any: z.array(routeExpressionSchema).check(z.minLength(1)) }),
      z.strictObject({ not: routeExpressionSchema }),
      z.strictObject({
        atLeast: z.int().check(z.minimum(1)),
        of: z.array(routeExpressionSchema).check(z.minLength(1)),
      }),
    ],
    'must be a condition id, or all, any, not, or atLeast with of',
  ),
);

const routeSchema = z.strictObject({ name: localizedTextSchema, when: routeExpressionSchema });
const routeOfServiceSchema = z.union(
  [
    z.strictObject({ id: idSchema, ...routeSchema.shape }),
    /** A route shared by services; `and` adds the service's own conditions to it. */
    z.strictObject({ use: idSchema, and: z.optional(z.array(routeExpressionSchema).check(z.minLength(1))) }),
  ],
  'must be a route with id, name and when, or use with a shared route',
);

const entitlementSchema = z.strictObject({
  id: idSchema,
  text: localizedTextSchema,
  source: citationSchema,
  test: expressionSchema,
  value: z.nullable(
    z.strictObject({
      amount: z.number().check(z.nonnegative()),
      unit: z.enum(['month', 'yuan-per-month', 'yuan-per-year', 'percent', 'rides-per-month']),
    }),
  ),
});

export const CATEGORIES = [
  'education',
  'employment',
  'health',
  'culture',
  'documents',
  'housing',
  'elderly',
  'welfare',
  'assistance',
  'legal',
  'rural',
] as const;

const serviceSchema = z.strictObject({
  name: localizedTextSchema,
  category: z.enum(CATEGORIES),
  /** A: with the permit; B: grows with residence and insurance; C: with the child's schooling; null: outside the tiers. */
  tier: z.nullable(z.enum(['A', 'B', 'C'])),
  authority: localizedTextSchema,
  apply: z.strictObject({
    text: localizedTextSchema,
    /** When applications are taken each year, both days included; absent: at any time. */
    windows: z.optional(z.array(z.strictObject({ from: dayOfYearSchema, to: dayOfYearSchema }))),
  }),
  conditions: z._default(z.record(idSchema, conditionSchema), {}),
  routes: z.array(routeOfServiceSchema).check(z.minLength(1)),
  /** What an eligible person gets, where it comes in degrees (months, yuan); the first that is met applies. */
  entitlements: z._default(z.array(entitlementSchema), []),
});

export const LAPSE_POLICIES = ['restart', 'pause', 'bridge', 'ambiguous-art10'] as const;

const lapsePolicySchema = z.union([
  z.enum(LAPSE_POLICIES),
  z.strictObject({ graceThenRestart: z.strictObject({ days: z.int().check(z.minimum(0)) }) }),
]);
const anniversarySchema = z.enum(['make-up-date', 'issue-date']);
const endorsementWindowSchema = z.union([
  z.strictObject({ months: z.int().check(z.minimum(1)) }),
  z.strictObject({ days: z.int().check(z.minimum(1)) }),
]);

const parametersSchema = z.strictObject({
  /** How continuous residence is counted after a late endorsement (国令第663号 art. 10(3)); semantics section 3. */
  lapsePolicy: z._default(lapsePolicySchema, 'ambiguous-art10'),
  anniversaryAfterMakeUp: z._default(anniversarySchema, 'make-up-date'),
  /** Length of the window before each anniversary in which to endorse. */
  endorsementWindow: z._default(endorsementWindowSchema, { months: 1 }),
});

/** Without defaults: what a file leaves out comes from the pack it extends. */
const ownParametersSchema = z.strictObject({
  lapsePolicy: z.optional(lapsePolicySchema),
  anniversaryAfterMakeUp: z.optional(anniversarySchema),
  endorsementWindow: z.optional(endorsementWindowSchema),
});

const areasSchema = z.strictObject({
  /** Named sets of area codes; `5101*` stands for all that begin so. `city` and `province` serve `place`. */
  sets: z._default(z.record(idSchema, z.array(areaCodeSchema).check(z.minLength(1))), {}),
  /** Groups of areas that count as one unit; an area in no group is a unit of its own. */
  units: z._default(z.record(idSchema, z.array(z.array(areaCodeSchema).check(z.minLength(1)))), {}),
});

const packHeadShape = {
  schema: z.literal(1),
  policy: idSchema,
  version: z.string().check(z.regex(/^[\w.-]{1,32}$/)),
  title: localizedTextSchema,
  effective: periodSchema,
};

export const packSchema = z.strictObject({
  ...packHeadShape,
  parameters: parametersSchema,
  areas: areasSchema,
  sources: z.record(idSchema, sourceSchema),
  conditions: z.record(idSchema, conditionSchema),
  routes: z.record(idSchema, routeSchema),
  services: z.record(idSchema, serviceSchema),
});

/** A pack as its author writes it: what it leaves out it takes from the pack it extends; `null` takes a service out. */
export const packFileSchema = z.strictObject({
  ...packHeadShape,
  extends: z.optional(z.strictObject({ policy: idSchema, version: z.string() })),
  parameters: z.optional(ownParametersSchema),
  areas: z.optional(areasSchema),
  sources: z._default(z.record(idSchema, sourceSchema), {}),
  conditions: z._default(z.record(idSchema, conditionSchema), {}),
  routes: z._default(z.record(idSchema, routeSchema), {}),
  services: z._default(z.record(idSchema, z.nullable(serviceSchema)), {}),
});

export type Pack = z.infer<typeof packSchema>;
export type PackFile = z.infer<typeof packFileSchema>;
export type PackParameters = Pack['parameters'];
export type PackCondition = z.infer<typeof conditionSchema>;
export type PackCitation = z.infer<typeof citationSchema>;
export type PackService = z.infer<typeof serviceSchema>;
export type PackEntitlement = z.infer<typeof entitlementSchema>;
export type LocalizedText = z.infer<typeof localizedTextSchema>;
export type Language = keyof LocalizedText;
