import * as z from 'zod';
import { areaCode, civilDate, monthCount, yearCount } from '../values.ts';
import { eitherForm } from './either-form.ts';

/** Residence as a form can ask for it. */
const residenceSummary = z
  .strictObject({
    continuousYears: yearCount.optional(),
    continuousMonths: monthCount.optional(),
    cumulativeMonths: monthCount.optional(),
    sameAreaMonths: monthCount.optional().meta({
      description:
        'Months of continuous residence inside the area that the rule asks about (for school: the county, or the 5+2 districts as one).',
    }),
    areaCode: areaCode.optional(),
    registered: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the residence is registered (居住登记) at present.' }),
  })
  .meta({
    id: 'ResidenceSummary',
    description: 'How long the person has lived here, as counted by whoever asks.',
  });

const residencePeriod = z
  .strictObject({
    from: civilDate,
    to: civilDate.nullish().meta({
      description: 'The first day the registration no longer held; null or absent while it goes on.',
    }),
    areaCode: areaCode.optional(),
  })
  .meta({ id: 'ResidencePeriod' });

/** Residence as it was registered. */
const residenceHistory = z
  .strictObject({ periods: z.array(residencePeriod).max(500) })
  .meta({ id: 'ResidenceHistory', description: 'Registrations of residence (居住登记), in any order.' });

export const residence = eitherForm(residenceSummary, residenceHistory, 'periods');
