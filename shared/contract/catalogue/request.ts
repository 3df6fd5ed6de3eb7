import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { civilDate, serviceCategory, serviceCode, serviceTier } from '../values.ts';

const asOf = z.optional(civilDate).apply(documented, {
  description: 'The day whose policy is meant; today in Asia/Shanghai when absent.',
});

/** Query of `GET /v1/services`. */
export const servicesQuery = z.strictObject({
  asOf,
  category: z.optional(serviceCategory),
  tier: z.optional(serviceTier),
});

/** Query of `GET /v1/services/{code}`. */
export const serviceQuery = z.strictObject({ asOf });

/** Path of `GET /v1/services/{code}`. */
export const servicePath = z.strictObject({ code: serviceCode });
