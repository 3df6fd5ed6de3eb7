import * as z from 'zod/mini';
import { documented } from '../documented.ts';

/** A decision's id: 192 bits, random or made from the caller and their `Idempotency-Key`; tells nothing about anybody. */
export const decisionId = z
  .string()
  .check(z.regex(/^dc_[\w-]{32}$/))
  .apply(documented, {
    id: 'DecisionId',
    description: 'Id of a stored decision.',
    examples: ['dc_Zk3vQ1m0bX9yTgW2cRjL7uHn5sApEo4d'],
  });
