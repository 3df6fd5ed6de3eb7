import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { areaCode, civilDate, monthCount, yearCount } from '../values.ts';

/** Residence as a form can ask for it. */
const residenceSummary = z
  .strictObject({
    continuousYears: z.optional(yearCount),
    continuousMonths: z.optional(monthCount),
    cumulativeMonths: z.optional(monthCount),
    sameAreaMonths: z.optional(monthCount).apply(documented, {
      description:
        'Months of continuous residence inside the area that the rule asks about (for school: the county, or the 5+2 districts as one).',
    }),
    areaCode: z.optional(areaCode),
    registered: z
      .optional(z.boolean())
      .apply(documented, { description: 'Whether the residence is registered (居住登记) at present.' }),
  })
  .apply(documented, {
    id: 'ResidenceSummary',
    description: 'How long the person has lived here, as counted by whoever asks.',
  });

const residencePeriod = z
  .strictObject({
    from: civilDate,
    to: z.nullish(civilDate).apply(documented, {
      description: 'The first day the registration no longer held; null or absent while it goes on.',
    }),
    areaCode: z.optional(areaCode),
  })
  .apply(documented, { id: 'ResidencePeriod' });

/** Residence as it was registered. */
const residenceHistory = z
  .strictObject({ periods: z.array(residencePeriod).check(z.maxLength(500)) })
  .apply(documented, {
    id: 'ResidenceHistory',
    description: 'Registrations of residence (居住登记), in any order.',
  });

/** Never both; `xor`, unlike `union`, reports what is wrong with either. */
export const residence = z.xor([residenceSummary, residenceHistory]);
