import * as z from 'zod/mini';
import { documented } from '../documented.ts';

/** Id of a request for review: random, or made from the resident and their `Idempotency-Key`. */
export const reviewId = z
  .string()
  .check(z.regex(/^rv_[\w-]{32}$/))
  .apply(documented, {
    id: 'ReviewId',
    description: 'Id of a request for review.',
    examples: ['rv_Zk3vQ1m0bX9yTgW2cRjL7uHn5sApEo4d'],
  });
