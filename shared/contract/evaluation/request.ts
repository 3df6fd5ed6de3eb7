import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { resident } from '../resident/resident.ts';
import { civilDate, policyId, serviceCode } from '../values.ts';

/** How much of the reasoning an answer shows. */
export const explain = z.enum(['none', 'summary', 'full']).apply(documented, {
  description:
    '`none`: outcomes only. `summary`: the conditions that decide. `full` (default): every condition, with its source.',
});

/** The day an answer is for. */
export const asOf = z
  .optional(civilDate)
  .apply(documented, { description: 'The day to answer for; today in Asia/Shanghai when absent.' });

/** The services an answer is for. */
export const services = z
  .optional(z.array(serviceCode).check(z.minLength(1), z.maxLength(100)))
  .apply(documented, { description: 'The services to answer for; all of the policy when absent.' });

/** The body of `POST /v1/evaluations`. */
export const evaluationRequest = z
  .strictObject({
    asOf,
    policy: z
      .optional(policyId)
      .apply(documented, { description: 'The policy to answer under; the default policy when absent.' }),
    services,
    explain: z.optional(explain),
    resident,
  })
  .apply(documented, { id: 'EvaluationRequest' });

export type EvaluationRequest = z.infer<typeof evaluationRequest>;
