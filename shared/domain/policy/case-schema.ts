import * as z from 'zod';

/**
 * The form of `<version>.cases.yaml`: what a version must answer. A case names a resident (or writes one out), may
 * `set` facts on it by path (null takes a fact away), and states what it expects of each service it is about.
 */
const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date YYYY-MM-DD');
const outcomeSchema = z.enum(['eligible', 'not_eligible', 'undetermined']);

export const serviceExpectationSchema = z.strictObject({
  outcome: outcomeSchema,
  route: z.string().nullable().optional(),
  /** Condition id to its outcome, or to the reason why it is unknown. */
  conditions: z
    .record(
      z.string(),
      z.enum(['met', 'unmet', 'missing', 'ambiguous-law', 'not-published', 'basis-expired', 'unavailable']),
    )
    .optional(),
  missing: z.array(z.string()).optional(),
  eligibleFrom: dateSchema.nullable().optional(),
  eligibleUntil: dateSchema.nullable().optional(),
  /** Ids of the entitlements that apply. */
  entitlements: z.array(z.string()).optional(),
});

export const policyCaseSchema = z.strictObject({
  name: z.string().min(1),
  asOf: dateSchema,
  resident: z.union([z.string(), z.record(z.string(), z.unknown())]),
  set: z.record(z.string(), z.unknown()).optional(),
  expect: z.record(z.string(), z.union([outcomeSchema, serviceExpectationSchema])),
});

export const caseFileSchema = z.strictObject({
  residents: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  cases: z.array(policyCaseSchema).min(1),
});

export type PolicyCase = z.infer<typeof policyCaseSchema>;
export type CaseFile = z.infer<typeof caseFileSchema>;
export type ServiceExpectation = z.infer<typeof serviceExpectationSchema>;
