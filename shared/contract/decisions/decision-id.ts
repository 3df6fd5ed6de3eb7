import * as z from 'zod';

/** A decision's id: 192 bits, random or made from the caller and their `Idempotency-Key`; tells nothing about anybody. */
export const decisionId = z
  .string()
  .regex(/^dc_[\w-]{32}$/)
  .meta({
    id: 'DecisionId',
    description: 'Id of a stored decision.',
    examples: ['dc_Zk3vQ1m0bX9yTgW2cRjL7uHn5sApEo4d'],
  });
