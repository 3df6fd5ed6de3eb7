import * as z from 'zod';
import { civilDate, serviceCategory, serviceCode, serviceTier } from '../values.ts';

const asOf = civilDate.optional().meta({
  description: 'The day whose policy is meant; today in Asia/Shanghai when absent.',
});

/** Query of `GET /v1/services`. */
export const servicesQuery = z.strictObject({
  asOf,
  category: serviceCategory.optional(),
  tier: serviceTier.optional(),
});

/** Query of `GET /v1/services/{code}`. */
export const serviceQuery = z.strictObject({ asOf });

/** Path of `GET /v1/services/{code}`. */
export const servicePath = z.strictObject({ code: serviceCode });
