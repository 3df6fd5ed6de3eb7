import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { asOf, explain } from '../evaluation/request.ts';

/** The query of `GET /v1/me/eligibility`. */
export const myEligibilityQuery = z.strictObject({
  asOf,
  services: z
    .optional(z.string().check(z.regex(/^[a-z0-9][a-z0-9.+-]{0,63}(?:,[a-z0-9][a-z0-9.+-]{0,63}){0,99}$/)))
    .apply(documented, {
      description:
        'Codes of the services to answer for, with commas between, 100 at most; all of the policy when absent.',
      examples: ['housing.public-rental,legal.aid'],
    }),
  explain: z.optional(explain),
});
