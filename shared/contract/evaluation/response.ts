import * as z from 'zod';
import {
  civilDate,
  civilMonth,
  digest,
  policyId,
  policyVersion,
  serviceCategory,
  serviceCode,
  serviceTier,
} from '../values.ts';

/** The version of a policy an answer was given under. */
export const policyReference = z
  .strictObject({ id: policyId, version: policyVersion, digest })
  .meta({ id: 'PolicyReference', description: 'The version of the policy the answer was given under.' });

/** How well a source was read: a page that reports a rule is not the rule. */
export const sourceGrade = z.enum(['law', 'secondary', 'inferred']).meta({
  description:
    '`law`: the text itself. `secondary`: a page that reports it. `inferred`: concluded from other rules.',
});

export const source = z
  .strictObject({
    document: z.string(),
    article: z.string(),
    quote: z.string(),
    grade: sourceGrade,
  })
  .meta({ id: 'Source', description: 'Where a rule is written.' });

const because = z
  .enum(['missing', 'ambiguous-law', 'not-published', 'basis-expired', 'unavailable'])
  .nullable()
  .meta({
    description:
      'Why a condition is unknown: `missing` a fact was not given; `ambiguous-law` the text can be read in two ways and they differ; `not-published` the threshold is not public; `basis-expired` its legal basis was no longer in force; `unavailable` a source did not answer. Null unless unknown.',
  });

const conditionOutcome = z.enum(['met', 'unmet', 'unknown']);

export const condition = z
  .strictObject({
    id: z.string(),
    route: z.string(),
    outcome: conditionOutcome,
    because,
    required: z.string(),
    actual: z.string().nullable(),
    source,
  })
  .meta({
    id: 'Condition',
    description: 'One condition of one route, with what is asked, what is, and where it is written.',
  });

const keepBy = z
  .strictObject({
    action: z.enum(['endorse-permit', 'pay-insurance']),
    from: civilDate.nullable().meta({ description: 'First day on which it can be done; null when at once.' }),
    by: civilDate.meta({ description: 'Last day on which it helps, inclusive.' }),
    month: civilMonth.nullable().meta({ description: 'The month to pay for (`pay-insurance`).' }),
    kinds: z.array(z.string()).meta({ description: 'The kinds of insurance to pay (`pay-insurance`).' }),
    text: z.string(),
  })
  .meta({ id: 'KeepBy', description: 'What must be done, and by when, not to lose the service.' });

const entitlement = z
  .strictObject({
    id: z.string(),
    outcome: conditionOutcome,
    because,
    text: z.string(),
    value: z.strictObject({ amount: z.number(), unit: z.string() }).nullable(),
    source,
  })
  .meta({
    id: 'Entitlement',
    description: 'What exactly the service grants, such as months of benefit or yuan a month.',
  });

export const serviceAnswer = z
  .strictObject({
    code: serviceCode,
    name: z.string(),
    category: serviceCategory,
    tier: serviceTier.nullable(),
    outcome: z.enum(['eligible', 'not_eligible', 'undetermined']),
    route: z.string().nullable().meta({ description: 'The route that qualifies, when one does.' }),
    eligibleFrom: civilDate.nullable().meta({
      description:
        'The first day after `asOf` on which the service is had if life goes on as it is; null when there is none within 50 years.',
    }),
    eligibleUntil: civilDate.nullable().meta({
      description:
        'The last day on which the service is still had if life goes on as it is; null when it does not end.',
    }),
    keepBy: z.array(keepBy),
    missing: z
      .array(z.string())
      .meta({ description: 'Facts that could change the outcome, smallest deciding set first.' }),
    entitlements: z.array(entitlement),
    conditions: z.array(condition).optional(),
    nextSteps: z.array(z.string()).optional(),
  })
  .meta({ id: 'ServiceAnswer' });

export const finding = z
  .strictObject({ code: z.string(), pointer: z.string(), detail: z.string() })
  .meta({ id: 'Finding', description: 'Something noticed in the facts that does not stop the evaluation.' });

const factValue = z
  .union([
    z.number(),
    z.string(),
    z.boolean(),
    z.null(),
    z.strictObject({ restart: z.number(), pause: z.number() }).meta({
      description: 'Both readings of art. 10(3) of 居住证暂行条例, where they differ.',
    }),
  ])
  .meta({ id: 'FactValue' });

const derivedFacts = z
  .object({ findings: z.array(finding) })
  .catchall(factValue)
  .meta({
    id: 'DerivedFacts',
    description: 'What was derived from the facts given, by name, with findings.',
  });

/** The 200 of `POST /v1/evaluations`. */
export const evaluation = z
  .strictObject({
    asOf: civilDate,
    policy: policyReference,
    engine: z.string(),
    facts: derivedFacts,
    services: z.array(serviceAnswer),
  })
  .meta({ id: 'Evaluation' });

export type Evaluation = z.infer<typeof evaluation>;
