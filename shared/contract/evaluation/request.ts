import * as z from 'zod';
import { resident } from '../resident/resident.ts';
import { civilDate, policyId, serviceCode } from '../values.ts';

/** How much of the reasoning an answer shows. */
export const explain = z.enum(['none', 'summary', 'full']).meta({
  description:
    '`none`: outcomes only. `summary`: the conditions that decide. `full` (default): every condition, with its source.',
});

/** The day an answer is for. */
export const asOf = civilDate
  .optional()
  .meta({ description: 'The day to answer for; today in Asia/Shanghai when absent.' });

/** The services an answer is for. */
export const services = z
  .array(serviceCode)
  .min(1)
  .max(100)
  .optional()
  .meta({ description: 'The services to answer for; all of the policy when absent.' });

/** The body of `POST /v1/evaluations`. */
export const evaluationRequest = z
  .strictObject({
    asOf,
    policy: policyId
      .optional()
      .meta({ description: 'The policy to answer under; the default policy when absent.' }),
    services,
    explain: explain.optional(),
    resident,
  })
  .meta({ id: 'EvaluationRequest' });

export type EvaluationRequest = z.infer<typeof evaluationRequest>;
