import * as z from 'zod';
import { explain } from '../evaluation/request.ts';
import { document } from '../registry/document.ts';
import { resident } from '../resident/resident.ts';
import { civilDate, serviceCode } from '../values.ts';
import { caseNumber, counterPurpose } from './purpose.ts';

/** The body of `POST /v1/counter/checks`. */
export const counterCheckRequest = z
  .strictObject({
    document,
    purpose: counterPurpose,
    caseNumber,
    asOf: civilDate
      .optional()
      .meta({ description: 'The day to answer for; today in Asia/Shanghai when absent.' }),
    services: z
      .array(serviceCode)
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'The services to answer for; all of the policy when absent.' }),
    explain: explain.optional(),
    facts: resident.optional().meta({
      description:
        'What documents shown at the counter say. They add to the record for this check alone: `permit`, `residence` and each kind of insurance in place of what the record has, the other parts member by member. What was shown wins.',
    }),
  })
  .meta({ id: 'CounterCheckRequest' });

export type CounterCheckRequest = z.infer<typeof counterCheckRequest>;
