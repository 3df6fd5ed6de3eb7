import * as z from 'zod/mini';
import { documented } from '../documented.ts';
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
  .apply(documented, {
    id: 'PolicyReference',
    description: 'The version of the policy the answer was given under.',
  });

/** How well a source was read: a page that reports a rule is not the rule. */
export const sourceGrade = z.enum(['law', 'secondary', 'inferred']).apply(documented, {
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
  .apply(documented, { id: 'Source', description: 'Where a rule is written.' });

const because = z
  .nullable(z.enum(['missing', 'ambiguous-law', 'not-published', 'basis-expired', 'unavailable']))
  .apply(documented, {
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
    actual: z.nullable(z.string()),
    source,
  })
  .apply(documented, {
    id: 'Condition',
    description: 'One condition of one route, with what is asked, what is, and where it is written.',
  });

const keepBy = z
  .strictObject({
    action: z.enum(['endorse-permit', 'pay-insurance']),
    from: z
      .nullable(civilDate)
      .apply(documented, { description: 'First day on which it can be done; null when at once.' }),
    by: civilDate.apply(documented, { description: 'Last day on which it helps, inclusive.' }),
    month: z
      .nullable(civilMonth)
      .apply(documented, { description: 'The month to pay for (`pay-insurance`).' }),
    kinds: z
      .array(z.string())
      .apply(documented, { description: 'The kinds of insurance to pay (`pay-insurance`).' }),
    text: z.string(),
  })
  .apply(documented, {
    id: 'KeepBy',
    description: 'What must be done, and by when, not to lose the service.',
  });

const entitlement = z
  .strictObject({
    id: z.string(),
    outcome: conditionOutcome,
    because,
    text: z.string(),
    value: z.nullable(z.strictObject({ amount: z.number(), unit: z.string() })),
    source,
  })
  .apply(documented, {
    id: 'Entitlement',
    description: 'What exactly the service grants, such as months of benefit or yuan a month.',
  });

export const serviceAnswer = z
  .strictObject({
    code: serviceCode,
    name: z.string(),
    category: serviceCategory,
    tier: z.nullable(serviceTier),
    outcome: z.enum(['eligible', 'not_eligible', 'undetermined']),
    route: z
      .nullable(z.string())
      .apply(documented, { description: 'The route that qualifies, when one does.' }),
    eligibleFrom: z.nullable(civilDate).apply(documented, {
      description:
        'The first day after `asOf` on which the service is had if life goes on as it is; null when there is none within 50 years.',
    }),
    eligibleUntil: z.nullable(civilDate).apply(documented, {
      description:
        'The last day on which the service is still had if life goes on as it is; null when it does not end.',
    }),
    keepBy: z.array(keepBy),
    missing: z.array(z.string()).apply(documented, {
      description: 'Facts that could change the outcome, smallest deciding set first.',
    }),
    entitlements: z.array(entitlement),
    conditions: z.optional(z.array(condition)),
    nextSteps: z.optional(z.array(z.string())),
  })
  .apply(documented, { id: 'ServiceAnswer' });

export const finding = z
  .strictObject({ code: z.string(), pointer: z.string(), detail: z.string() })
  .apply(documented, {
    id: 'Finding',
    description: 'Something noticed in the facts that does not stop the evaluation.',
  });

const factValue = z
  .union([
    z.number(),
    z.string(),
    z.boolean(),
    z.null(),
    z.strictObject({ restart: z.number(), pause: z.number() }).apply(documented, {
      description: 'Both readings of art. 10(3) of 居住证暂行条例, where they differ.',
    }),
  ])
  .apply(documented, { id: 'FactValue' });

const derivedFacts = z.catchall(z.object({ findings: z.array(finding) }), factValue).apply(documented, {
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
  .apply(documented, { id: 'Evaluation' });

export type Evaluation = z.infer<typeof evaluation>;
