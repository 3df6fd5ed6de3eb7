import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { asOf, explain, services } from '../evaluation/request.ts';
import { document } from '../registry/document.ts';
import { resident } from '../resident/resident.ts';
import { caseNumber, counterPurpose, outsideDistrictReason } from './purpose.ts';

/** The body of `POST /v1/counter/checks`. */
export const counterCheckRequest = z
  .strictObject({
    document,
    purpose: counterPurpose,
    caseNumber,
    outsideDistrictReason: z.optional(outsideDistrictReason).apply(documented, {
      description:
        "Why the clerk looks up somebody of another district: required where neither the person's residence nor their permit nor their hukou is in the clerk's own.",
    }),
    asOf,
    services,
    explain: z.optional(explain),
    facts: z.optional(resident).apply(documented, {
      description:
        'What documents shown at the counter say. They add to the record for this check alone: `permit`, `residence` and each kind of insurance in place of what the record has, the other parts member by member. What was shown wins.',
    }),
  })
  .apply(documented, { id: 'CounterCheckRequest' });

export type CounterCheckRequest = z.infer<typeof counterCheckRequest>;
