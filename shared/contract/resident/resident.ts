import * as z from 'zod';
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
    birthDate: civilDate.optional(),
    sex: z.enum(['male', 'female']).optional(),
    hukou: hukou.optional(),
    permit: permit.optional(),
    residence: residence.optional(),
    insurance: insurance.optional(),
    employment: employment.optional(),
    housing: housing.optional(),
    household: household.optional(),
    education: education.optional(),
    points: settlementPoints.optional(),
    hardship: hardship.optional(),
  })
  .meta({
    id: 'Resident',
    description:
      'The facts about a resident, as summaries (what a form can ask) or as histories (what a bureau knows). Every part is optional: what is absent is reported as missing where it matters. No name, no number, no address: they decide nothing.',
  });
