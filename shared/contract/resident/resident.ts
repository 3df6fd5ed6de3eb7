import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { civilDate } from '../values.ts';
import {
  education,
  employment,
  hardship,
  household,
  housing,
  hukou,
  settlementPoints,
} from './circumstances.ts';
import { insurance } from './insurance.ts';
import { permit } from './permit.ts';
import { residence } from './residence.ts';

/**
 * A resident's facts on the wire. Every part is optional: what is absent is unknown and reported as `missing` where it
 * matters, never taken for "no". Whatever is not named here is refused.
 */
export const resident = z
  .strictObject({
    birthDate: z.optional(civilDate),
    sex: z.optional(z.enum(['male', 'female'])),
    hukou: z.optional(hukou),
    permit: z.optional(permit),
    residence: z.optional(residence),
    insurance: z.optional(insurance),
    employment: z.optional(employment),
    housing: z.optional(housing),
    household: z.optional(household),
    education: z.optional(education),
    points: z.optional(settlementPoints),
    hardship: z.optional(hardship),
  })
  .apply(documented, {
    id: 'Resident',
    description:
      'The facts about a resident, as summaries (what a form can ask) or as histories (what a bureau knows). Every part is optional: what is absent is reported as missing where it matters. No name, no number, no address: they decide nothing.',
  });
