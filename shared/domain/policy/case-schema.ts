import * as z from 'zod/mini';

/**
 * The form of `<version>.cases.yaml`: what a version must answer. A case names a resident (or writes one out), may
 * `set` facts on it by path (null takes a fact away), and states what it expects of each service it is about.
 */
const dateSchema = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date YYYY-MM-DD'));
const outcomeSchema = z.enum(['eligible', 'not_eligible', 'undetermined']);

export const serviceExpectationSchema = z.strictObject({
  outcome: outcomeSchema,
  route: z.optional(z.nullable(z.string())),
  /** Condition id to its outcome, or to the reason why it is unknown. */
  conditions: z.optional(
    z.record(
      z.string(),
      z.enum(['met', 'unmet', 'missing', 'ambiguous-law', 'not-published', 'basis-expired', 'unavailable']),
    ),
  ),
  missing: z.optional(z.array(z.string())),
  eligibleFrom: z.optional(z.nullable(dateSchema)),
  eligibleUntil: z.optional(z.nullable(dateSchema)),
  /** Ids of the entitlements that apply. */
  entitlements: z.optional(z.array(z.string())),
});

export const policyCaseSchema = z.strictObject({
  name: z.string().check(z.minLength(1)),
  asOf: dateSchema,
  resident: z.union([z.string(), z.record(z.string(), z.unknown())]),
  set: z.optional(z.record(z.string(), z.unknown())),
  expect: z.record(z.string(), z.union([outcomeSchema, serviceExpectationSchema])),
});

export const caseFileSchema = z.strictObject({
  residents: z._default(z.record(z.string(), z.record(z.string(), z.unknown())), {}),
  cases: z.array(policyCaseSchema).check(z.minLength(1)),
});

export type PolicyCase = z.infer<typeof policyCaseSchema>;
export type CaseFile = z.infer<typeof caseFileSchema>;
export type ServiceExpectation = z.infer<typeof serviceExpectationSchema>;
